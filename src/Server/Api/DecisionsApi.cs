using System.Buffers;
using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Records.Auditing;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;

namespace MaySend.Server.Api;

/// <summary>The question: about whom, and about which message.</summary>
sealed record DecisionAsked
{
    /// <summary>The recipient: an email address, or a telephone number with + and country code.</summary>
    public required string Address { get; init; }

    /// <summary>The campaign: its id, or the campaign itself as an object.</summary>
    public required JsonElement Campaign { get; init; }

    /// <summary>Decide with the law as it was known on this day; the day of sending when left out.</summary>
    public DateOnly? KnownAt { get; init; }
}

/// <summary><c>/v1/decisions</c>: may this message go to this person, and why?</summary>
static class DecisionsApi
{
    static readonly string[] Details = ["none", "brief", "full"];

    public static void MapDecisions(this WebApplication app)
    {
        var group = app.MapScoped("/v1/decisions", ApiScopes.Decide, "decisions");
        group
            .MapPost("", AskAsync)
            .Produces<DecisionAnswer>()
            .ReadsQuery("explain", "How much of the reasons: `none`, `brief` (the default) or `full`.", Details)
            .WithSummary("May this message go to this person, and why?")
            .Accepts<DecisionAsked>("application/json");
        group
            .MapPost("/batch", DecisionBatch.AskAsync)
            .Produces<DecisionLine>(StatusCodes.Status200OK, "application/x-ndjson")
            .ReadsQuery("explain", "How much of the reasons: `none` (the default), `brief` or `full`.", Details)
            .ReadsQuery("campaign", "The campaign for every line that names none.")
            .WithSummary("Ask for many people at once: NDJSON in, NDJSON out, streamed")
            .Accepts<DecisionAsked>("application/x-ndjson");
    }

    static async Task AskAsync(HttpContext context, Answers answers)
    {
        using var document = await JsonBody.ParseAsync(context.Request);
        var mistakes = new Mistakes();
        var asked = JsonBody.Read<DecisionAsked>(document.RootElement, "", mistakes);
        var detail = DetailOf(context, Detail.Brief, mistakes);
        // What can be read is looked at even where something else cannot, so that everything wrong is said at once.
        var (to, about) = (Given(document, "address", mistakes), Given(document, "campaign", mistakes));
        var address = to is { ValueKind: JsonValueKind.String } text ? mistakes.Address("address", text.GetString()) : null;
        var campaign = about is { } given ? await CampaignAsync(given, "campaign", answers, mistakes, context) : null;
        mistakes.ThrowIfAny();
        var answer = await answers.DecideAsync(address!, campaign!, asked!.KnownAt, context.RequestAborted);
        if (detail == Detail.Full)
            await context.ShownAsync(Viewed.Decision, answer.Dossier.Contact.OrNobody(), about: $"campaign {answer.Campaign.Id}");
        var body = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(body, Json.Writer))
        {
            json.WriteStartObject();
            answers.Write(json, answer, detail);
            json.WriteEndObject();
        }
        // Only now, as a whole: whatever fails before leaves no half of an answer that says "send".
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    /// <summary>A member that is there and that nothing is wrong with so far.</summary>
    static JsonElement? Given(JsonDocument document, string name, Mistakes mistakes) =>
        document.RootElement.ValueKind == JsonValueKind.Object
        && document.RootElement.TryGetProperty(name, out var member)
        && mistakes.List.All(mistake => mistake.Field != name)
            ? member
            : null;

    /// <summary><c>?explain=none|brief|full</c>.</summary>
    internal static Detail DetailOf(HttpContext context, Detail otherwise, Mistakes mistakes)
    {
        switch (context.Request.Query["explain"].ToString())
        {
            case "":
                return otherwise;
            case "none":
                return Detail.None;
            case "brief":
                return Detail.Brief;
            case "full":
                return Detail.Full;
            default:
                mistakes.Add("explain", "is not an allowed value", "one of none, brief, full");
                return otherwise;
        }
    }

    /// <summary>A campaign by its id or as given.</summary>
    internal static async ValueTask<CampaignAsked?> CampaignAsync(
        JsonElement given,
        string field,
        Answers answers,
        Mistakes mistakes,
        HttpContext context
    )
    {
        if (given.ValueKind == JsonValueKind.Object)
        {
            if (JsonBody.Read<Campaign>(given, field, mistakes) is not { } inline)
                return null;
            CampaignsApi.Check(inline, field, mistakes);
            // A judgement is a signature: from a key that may not sign it is none.
            var counts = context.By().May(Rights.Sign) ? inline : inline with { Judged = null };
            return new(counts, await answers.CampaignAsync(inline.Id, context));
        }
        if (JsonBody.TextOf(given) is not { } id)
        {
            mistakes.Add(field, "must be the id of a campaign, or a campaign");
            return null;
        }
        var campaign = await answers.CampaignAsync(id, context);
        if (campaign is null)
            mistakes.Add(field, "no campaign has that id", "PUT /v1/campaigns/{id} first, or give the campaign as an object");
        return campaign is null ? null : new(campaign, campaign);
    }
}
