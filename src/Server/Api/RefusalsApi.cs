using System.Security.Cryptography;
using System.Text.Json.Serialization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>
/// A request to stop that reached the sender by telephone, letter or otherwise. Whatever is left out is not narrowed: it applies to all.
/// </summary>
sealed record RefusalReported
{
    /// <summary>Whose: an email address, or a telephone number with + and country code.</summary>
    public required string Address { get; init; }

    /// <summary>When it was made; now when left out.</summary>
    public When? When { get; init; }

    /// <summary>The senders it binds; all when left out.</summary>
    public NameSet? Senders { get; init; }

    /// <summary>The channels; all when left out.</summary>
    public NameSet? Channels { get; init; }

    /// <summary>The topics; all when left out.</summary>
    public NameSet? Topics { get; init; }

    /// <summary>Its legal colour: refusal, objection, withdrawal.</summary>
    [JsonPropertyName("colour")]
    public string Kind { get; init; } = "refusal";

    /// <summary>How it reached the sender: phone, letter, form, reply.</summary>
    public required string How { get; init; }

    /// <summary><c>person</c> or <c>organisation</c>.</summary>
    public string MadeBy { get; init; } = "person";
}

/// <summary><c>/v1/refusals</c>: requests to stop by telephone, letter or otherwise.</summary>
static class RefusalsApi
{
    public static void MapRefusals(this WebApplication app) =>
        app.MapScoped("/v1/refusals", ApiScopes.Record, "refusals")
            .MapPost("", ReportAsync)
            .ReadsIdempotencyKey()
            .RecordsStops()
            .Refuses(409, 422)
            .WithSummary("Record a request to stop; it holds at the very next decision")
            .Accepts<RefusalReported>("application/json");

    static async Task<Results<Created<EntryOnRecord>, Ok<EntryOnRecord>, ProblemAnswer>> ReportAsync(
        HttpContext context,
        EvidenceStore store,
        TimeProvider clock
    )
    {
        var reported = await JsonBody.ReadAsync<RefusalReported>(
            context.Request,
            (given, mistakes) =>
            {
                mistakes.Address("address", given.Address);
                EntryChecks.Refusal(ToEntry(given, "", default), mistakes);
                if (given.How.Length is 0 or > 100)
                    mistakes.Add("how", "is blank or longer than 100 characters");
            }
        );
        // The same report again is one refusal if it carries the same key; otherwise two requests are two.
        var id =
            "reported "
            + (context.IdempotencyKey() is { } key ? Digest.Of(key) : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        return await EvidenceApi.AppendAsync(
            context,
            store,
            EvidenceApi.Required(reported.Address),
            ToEntry(reported, id, When.Of(clock.GetUtcNow())),
            isDatedHere: reported.When is null
        );
    }

    static RefusalMade ToEntry(RefusalReported given, string id, When now) =>
        new(given.When ?? now, id)
        {
            Senders = given.Senders ?? NameSet.Everything,
            Channels = given.Channels ?? NameSet.Everything,
            Topics = given.Topics ?? NameSet.Everything,
            Kind = given.Kind,
            How = given.How,
            MadeBy = given.MadeBy,
        };
}
