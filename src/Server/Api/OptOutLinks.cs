using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Records.Inbound;
using MaySend.Records.Keys;
using MaySend.Records.OptOuts;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;

namespace MaySend.Server.Api;

/// <summary>A link for one message to one recipient.</summary>
public sealed record OptOutLinkAsked
{
    /// <summary>The recipient, who must be on record.</summary>
    public required string Address { get; init; }

    /// <summary>The sender whom a press of the button binds.</summary>
    public required string Sender { get; init; }

    /// <summary>The channel it stops.</summary>
    public string Channel { get; init; } = "email";

    /// <summary>The topic it stops, one of the sender's on record; all topics when left out.</summary>
    public string? Topic { get; init; }

    /// <summary>
    /// The brand that the message shows: a press binds every sender that has it. When left out, every sender that shares a brand with this
    /// one.
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
            .WithSummary("The opt-out link of one message, with its headers")
            .Accepts<OptOutLinkAsked>("application/json");

    static async Task<IResult> MakeAsync(
        HttpContext context,
        EvidenceStore store,
        OptOutStamp stamp,
        InboundHooks hooks,
        ServerOptions options
    )
    {
        var known = (await store.ControllerAsync(cancellation: context.RequestAborted)).Names;
        var asked = await JsonBody.ReadAsync<OptOutLinkAsked>(
            context.Request,
            (given, mistakes) =>
            {
                mistakes.Address("address", given.Address);
                mistakes.Word("channel", given.Channel, Words.Channels);
                Check(given, known, mistakes);
            }
        );
        if ((await store.Ledger.RecogniseAsync(EvidenceApi.Required(asked.Address), context.RequestAborted)).Contact is not { } contact)
            return ProblemAnswer.Of(404, "This address is not on record", "Who is not on record cannot be mailed, and needs no link.");
        var stamped = await stamp.IssueAsync(
            contact,
            asked.Sender,
            asked.Channel,
            asked.Topic,
            asked.Brand,
            asked.Campaign,
            context.By(),
            context.RequestAborted
        );
        var url = new Uri(PublicUrl(options, context), $"o/{stamped.Token}").AbsoluteUri;
        var mailto = hooks.Current.Mail.Domain is { } domain
            ? $"mailto:{await stamp.MailboxAsync(stamped, context.RequestAborted)}@{domain}"
            : null;
        return Results.Json(
            new
            {
                url,
                headers = new Dictionary<string, string>
                {
                    ["List-Unsubscribe"] = mailto is null ? $"<{url}>" : $"<{url}>, <{mailto}>",
                    ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
                },
            },
            Json.Web,
            statusCode: 201
        );
    }

    /// <summary>A link is a promise: one whose sender or topic nobody bears would be pressed, and stop nothing that is sent.</summary>
    static void Check(OptOutLinkAsked asked, KnownNames known, Mistakes mistakes)
    {
        if (asked.Sender.Length == 0)
        {
            mistakes.Add("sender", "is blank");
            return;
        }
        if (!known.Senders(asked.Sender).Contains(asked.Sender, StringComparer.Ordinal))
        {
            mistakes.Add("sender", "is not a sender on record", "the id of a sender under /v1/senders");
            return;
        }
        if (asked.Topic is { } topic && !known.Topics(topic, NameSet.Of(asked.Sender)).Contains(topic, StringComparer.Ordinal))
            mistakes.Add("topic", "is not a topic of this sender on record", "leave it out to stop every topic");
        if (asked.Brand is { } brand && !known.Senders(brand).Contains(asked.Sender, StringComparer.Ordinal))
            mistakes.Add("brand", "is not a brand of this sender on record", "leave it out to bind whoever shares a brand with it");
    }

    internal static Uri PublicUrl(ServerOptions options, HttpContext context) =>
        options.PublicUrl is { } known
            ? (known.AbsoluteUri.EndsWith('/') ? known : new Uri(known.AbsoluteUri + "/"))
            : new Uri($"{context.Request.Scheme}://{context.Request.Host}/");
}
