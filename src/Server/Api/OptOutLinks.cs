using MaySend.Records.Keys;
using MaySend.Records.Links;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>A link for one message to one recipient.</summary>
sealed record OptOutLinkAsked
{
    /// <summary>The recipient, who must be on record.</summary>
    public required string Address { get; init; }

    /// <summary>The sender that the button stops.</summary>
    public required string Sender { get; init; }

    /// <summary>The channel it stops.</summary>
    public string Channel { get; init; } = "email";

    /// <summary>The topic it stops, one of the sender's on record; all topics when left out.</summary>
    public string? Topic { get; init; }

    /// <summary>
    /// The brand that the message shows: pressing the button stops every sender that has it. If left out, every sender that shares a
    /// brand with this one.
    /// </summary>
    public string? Brand { get; init; }

    /// <summary>The campaign, kept in the link as evidence of which message it came with.</summary>
    public string? Campaign { get; init; }
}

/// <summary><c>/v1/opt-out-links</c>: the link of a message, and its headers (RFC 2369, RFC 8058).</summary>
static class OptOutLinks
{
    public static void MapOptOutLinks(this WebApplication app) =>
        app.MapScoped("/v1/opt-out-links", ApiScopes.Decide, "opt-out")
            .MapPost("", MakeAsync)
            .Refuses(404)
            .WithSummary("Make the opt-out link of one message, with its headers")
            .Accepts<OptOutLinkAsked>("application/json");

    static async Task<Results<Created<MessageLink>, ProblemAnswer>> MakeAsync(
        HttpContext context,
        MessageLinks links,
        ServerOptions options
    )
    {
        var asked = await JsonBody.ReadAsync<OptOutLinkAsked>(context.Request);
        var mistakes = new Mistakes();
        var address = mistakes.Address("address", asked.Address);
        foreach (var problem in await links.ProblemsAsync(address, ScopeOf(asked), asked.Campaign, context.RequestAborted))
            mistakes.Add(problem.Field, problem.Says, problem.Help);
        mistakes.ThrowIfAny();
        var link = await links.MakeAsync(
            address!,
            ScopeOf(asked),
            asked.Campaign,
            PublicUrl(options, context),
            context.By(),
            context.RequestAborted
        );
        return link is null
            ? ProblemAnswer.Of(404, "This address is not on record", "Somebody who is not on record cannot be mailed, and needs no link.")
            : TypedResults.Created((string?)null, link);
    }

    static LinkScope ScopeOf(OptOutLinkAsked asked) => new(asked.Sender, asked.Channel, asked.Topic, asked.Brand);

    internal static Uri PublicUrl(ServerOptions options, HttpContext context) =>
        options.PublicUrl is { } known
            ? (known.AbsoluteUri.EndsWith('/') ? known : new Uri(known.AbsoluteUri + "/"))
            : new Uri($"{context.Request.Scheme}://{context.Request.Host}/");
}
