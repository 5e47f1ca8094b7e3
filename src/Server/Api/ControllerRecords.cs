using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Server.Api.Reading;
using MaySend.Server.Hosting;
using MaySend.Server.Keys;

namespace MaySend.Server.Api;

/// <summary>
/// What the controller has on record: senders, collection points, templates, product maps, statements, assessments, house policy. Each PUT is a new entry that replaces the one of the
/// same id; nothing is overwritten. What carries a signature needs a key with the scope admin.
/// </summary>
static class ControllerRecords
{
    public static void MapControllerRecord(this WebApplication app)
    {
        app.Map<SenderDeclared>("senders", _ => null, (_, _) => { });
        app.Map<CollectionPointVersion>("collection-points", each => each.Signature, (each, mistakes) => Period(each.From, each.Until, mistakes));
        app.Map<TemplateVersion>("templates", _ => null, (each, mistakes) =>
        {
            Period(each.From, each.Until, mistakes);
            mistakes.Word("channel", each.Channel, Words.Channels);
            mistakes.Word("tracking", each.Tracking, Message.Tracking.Words);
        });
        app.Map<ProductMapSigned>("product-map", each => each.Signature, (each, mistakes) =>
        {
            foreach (var (product, index) in each.Products.Select((product, index) => (product, index)))
                if (product is null || product.Code.Length == 0 || product.Family.Length == 0 || product.Range.Length == 0) mistakes.Add($"products[{index}]", "code, family or range is blank");
        });
        app.Map<StatementSigned>("statements", each => each.Signature, (each, mistakes) => mistakes.Words("channels", each.Channels, Words.Channels));
        app.Map<AssessmentRecorded>("assessments", each => each.Signature, (each, mistakes) =>
        {
            mistakes.Words("channels", each.Channels, Words.Channels);
            mistakes.Words("audiences", each.Audiences, Words.Audiences);
            if (each is { Signature: not null, ReviewDue: null }) mistakes.Add("reviewDue", "is missing", "a signed assessment says when it is reviewed");
            if (each.Signature is not null && (each.PurposeTest is null || each.NecessityTest is null || each.BalancingTest is null)) mistakes.Add("signature", "stands before all three tests are done");
        });
        app.Map<PolicySet>("policy", each => each.Signature, (each, mistakes) =>
        {
            foreach (var name in each.Switches.Keys.Where(name => !HousePolicy.IsSwitch(name))) mistakes.Add($"switches.{name}", "is not a switch", $"one of {string.Join(", ", HousePolicy.Switches.Select(s => s.Name))}");
        });
    }

    static void Map<T>(this WebApplication app, string name, Func<T, Signature?> signature, Action<T, Mistakes> check) where T : ControllerEntry
    {
        var read = app.MapScoped($"/v1/{name}", ApiScopes.Read, name);
        read.MapGet("", async (HttpContext context, EvidenceStore store, int limit = Page.Default, string after = "") =>
        {
            var (entries, seq) = await LatestAsync<T>(store, context.RequestAborted);
            return Page.Of(entries.Where(each => string.CompareOrdinal(each.Id, after) > 0), limit, each => each, each => each.Id).WithTag(context, $"{seq}-{after}-{limit}");
        }).WithSummary($"Every one of the {name}, in its latest state");
        read.MapGet("/{id}", async (string id, HttpContext context, EvidenceStore store) =>
        {
            var (entries, seq) = await LatestAsync<T>(store, context.RequestAborted);
            return entries.FirstOrDefault(each => each.Id == id) is { } found ? (IResult)new Page.Tagged(found, $"{id}-{seq}") : Problem.Of(404, "There is none of that id");
        }).WithSummary("One of them");
        app.MapScoped($"/v1/{name}", ApiScopes.Record, name).MapPut("/{id}", (string id, HttpContext context, EvidenceStore store) => PutAsync(id, context, store, signature, check))
            .WithSummary("Record its new state").Accepts<T>("application/json");
    }

    static async Task<IResult> PutAsync<T>(string id, HttpContext context, EvidenceStore store, Func<T, Signature?> signature, Action<T, Mistakes> check) where T : ControllerEntry
    {
        var entry = await JsonBody.ReadAsync<T>(context.Request, (given, mistakes) =>
        {
            if (given.Id != id) mistakes.Add("id", "is not the id in the address");
            if (signature(given) is { } signed && (string.IsNullOrWhiteSpace(signed.By) || string.IsNullOrWhiteSpace(signed.Reason))) mistakes.Add("signature", "by or reason is blank", "a signature is a named person's, with a reason");
            check(given, mistakes);
        });
        if (signature(entry) is not null && !context.User.HasClaim("scope", ApiScopes.Admin)) return Problem.Of(403, "This key may not sign", "What carries a signature needs a key with the scope admin.");
        var known = (await LatestAsync<T>(store, context.RequestAborted)).Entries.FirstOrDefault(each => each.Id == id);
        if (known is null || !EntryJson.Write(known).AsSpan().SequenceEqual(EntryJson.Write(entry))) await store.RecordAsync(entry, context.By(), cancellation: context.RequestAborted);
        return Results.Json(new { id, outcome = known is null ? "added" : "replaced" }, Json.Web, statusCode: known is null ? 201 : 200);
    }

    static async Task<(IReadOnlyList<T> Entries, long Seq)> LatestAsync<T>(EvidenceStore store, CancellationToken cancellation) where T : ControllerEntry
    {
        var recorded = await store.Ledger.ReadControllerAsync(AsKnown.Now, cancellation);
        var entries = recorded.Where(each => EntryKinds.OfTheController.Contains(each.Kind) && each.Content is not null).Select(each => EntryJson.ReadController(each.Content!.Payload.Span)).OfType<T>();
        return ([.. entries.GroupBy(each => each.Id, StringComparer.Ordinal).Select(group => group.Last()).OrderBy(each => each.Id, StringComparer.Ordinal)], recorded.Count == 0 ? 0 : recorded[^1].Position.Seq);
    }

    static void Period(DateOnly from, DateOnly? until, Mistakes mistakes)
    {
        if (from == default) mistakes.Add("from", "is missing", "the first day on which it was in use");
        if (until is { } end && end <= from) mistakes.Add("until", "is not after `from`", "the first day on which it was in use no longer");
    }
}
