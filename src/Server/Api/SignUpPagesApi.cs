using MaySend.Evidence.Entries;
using MaySend.Records;
using MaySend.Records.Keys;
using MaySend.Records.SignUps;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>A page on which people sign up, or come back.</summary>
sealed record SignUpPageAsked
{
    /// <summary>Its name in the address: a-z, 0-9 and hyphen.</summary>
    public required string Id { get; init; }

    /// <summary>The sender that people say yes to.</summary>
    public required string Sender { get; init; }

    /// <summary>The topics they may choose; left out for everything the sender writes about.</summary>
    public string[] Topics { get; init; } = [];

    /// <summary>An https address of the privacy notice.</summary>
    public string? Notice { get; init; }

    /// <summary>Who answers for what it asks, and how.</summary>
    public required string By { get; init; }

    /// <summary>Why it may ask this way.</summary>
    public required string Reason { get; init; }
}

/// <summary><c>/v1/sign-up-pages</c>: the pages served under <c>/s/</c>.</summary>
static class SignUpPagesApi
{
    public static void MapSignUpPages(this WebApplication app)
    {
        app.MapScoped("/v1/sign-up-pages", ApiScopes.Read, "sign-up").MapGet("", ListAsync).WithSummary("List the open sign-up pages");
        var signing = app.MapScoped("/v1/sign-up-pages", ApiScopes.Admin, "sign-up");
        signing
            .MapPost("", OpenAsync)
            .WithSummary("Open a sign-up page, or change what it asks for")
            .Accepts<SignUpPageAsked>("application/json");
        signing
            .MapDelete("/{id}", CloseAsync)
            .Refuses(404)
            .WithSummary("Close a sign-up page; links in confirmation mails already sent then no longer confirm");
    }

    static async Task<Ok<Page<SignUpPageShown>>> ListAsync(
        HttpContext context,
        SignUpPages pages,
        ServerOptions options,
        int limit = Page.Default,
        string after = ""
    ) =>
        TypedResults.Ok(
            Page.Of(
                (await pages.AllAsync(context.RequestAborted)).Where(page => string.CompareOrdinal(page.Id, after) > 0),
                limit,
                page => Shown(page, options, context),
                page => page.Id
            )
        );

    static async Task<Created<SignUpPageShown>> OpenAsync(HttpContext context, SignUpPages pages, ServerOptions options, TimeProvider clock)
    {
        var asked = await JsonBody.ReadAsync<SignUpPageAsked>(context.Request);
        var page = new SignUpPageOpened(
            asked.Id,
            asked.Sender,
            [.. asked.Topics],
            asked.Notice,
            new Signature(asked.By, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), asked.Reason)
        );
        var mistakes = new Mistakes();
        foreach (var fault in await pages.FaultsAsync(page, context.RequestAborted))
            mistakes.Add(fault.Field == "signature" ? "by" : fault.Field, fault.Says, fault.Help);
        mistakes.ThrowIfAny();
        await pages.OpenAsync(page, context.By(), context.RequestAborted);
        return TypedResults.Created((string?)null, Shown(page, options, context));
    }

    static async Task<Results<NoContent, ProblemAnswer>> CloseAsync(string id, HttpContext context, SignUpPages pages) =>
        await pages.CloseAsync(id, context.By(), context.RequestAborted)
            ? TypedResults.NoContent()
            : ProblemAnswer.Of(404, "No sign-up page has that id");

    static SignUpPageShown Shown(SignUpPageOpened page, ServerOptions options, HttpContext context)
    {
        var url = new Uri(OptOutLinks.PublicUrl(options, context), $"s/{page.Id}").AbsoluteUri;
        return new(page.Id, page.Sender, page.Topics, page.Notice, page.Signature, url, $"{url}/form");
    }
}
