using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Records.Keys;

namespace MaySend.Server.Tests;

/// <summary>Every kind of entry by every scope of key, over HTTP: the table of authority is what the doors do.</summary>
public sealed class AuthorityTests
{
    static readonly When Day = When.Of(new DateOnly(2026, 3, 1));
    static readonly Signature Signed = new("officer", new DateOnly(2026, 1, 5), "looked at it");

    /// <summary>One of each kind about a person.</summary>
    static readonly ImmutableArray<ContactEntry> OfContacts =
    [
        new DetailsStated(Day, "a-1"),
        new DetailsCollected(Day, "a-2"),
        new ConsentAnswered(Day, "a-3"),
        new RefusalMade(Day, "a-4"),
        new RefusalRetracted(Day, "a-5", "a-4"),
        new MessageSent(Day, "a-6", Shop.Name, "email", true),
        new SendIntended(Day, "a-7", Shop.Name, "email"),
        new SendAbandoned(Day, "a-8", "a-7", "next-hop"),
        new NoticeServed(Day, "a-9", true, true),
        new MessageRequested(Day, "a-10", "spring-2026"),
        new RegisterChecked(Day, "a-11", "gb/tps", false),
        new ContractEnded(Day, "a-12", "a-2"),
        new AddressFailed(Day, "a-13", true),
        new AddressLinked(Day, "a-14", "other"),
        new FactJudged(Day, "a-15", "recipient.minor", "no", "officer", "asked"),
        new JudgementWithdrawn(Day, "a-16", "a-15", "officer", "wrong"),
        new MessageWaiting(Day, "a-17"),
        new MessageSettled(Day, "a-18", "a-17", "nothing"),
        new RightsExercised(Day, "a-19", "access", ""),
        new DecisionMade(Day, "a-20"),
    ];

    /// <summary>What the sender says of itself: without a signature and with one.</summary>
    static readonly ImmutableArray<(string Path, ControllerEntry Plain, ControllerEntry Signed)> OfTheController =
    [
        Pair("senders", new SenderDeclared("b-1") { Name = "B Ltd" }, entry => entry with { Signature = Signed }),
        Pair(
            "collection-points",
            new CollectionPointVersion("b-2", "till") { From = Day.Day, Wording = "as shown" },
            entry => entry with { Signature = Signed }
        ),
        Pair(
            "templates",
            new TemplateVersion("b-3", "card") { Sender = Shop.Name, From = Day.Day },
            entry => entry with { Signature = Signed }
        ),
        Pair("product-map", new ProductMapSigned("b-4", [new("C9", "candles", "homeware")]), entry => entry with { Signature = Signed }),
        Pair(
            "statements",
            new StatementSigned("b-5", Shop.Name, StatementKind.SendsComplete) { Answer = true, Since = Day.Day },
            entry => entry with { Signature = Signed }
        ),
        Pair(
            "policy",
            new PolicySet("2026-03-01", ImmutableDictionary<string, bool>.Empty.Add("two-keys", true)),
            entry => entry with { Signature = Signed }
        ),
    ];

    static (string, ControllerEntry, ControllerEntry) Pair<T>(string path, T plain, Func<T, T> sign)
        where T : ControllerEntry => (path, plain, sign(plain));

    public static TheoryData<string> Scopes => [.. ApiScopes.Known];

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task Every_kind_about_a_person_is_taken_from_a_key_as_the_table_says_and_in_no_other_case(string scope)
    {
        await using var server = await Running.StartAsync();
        using var client = server.With(await KeyTests.IssueAsync(server, scope));
        var rights = ApiScopes.RightsOf([scope]);
        OfContacts.Select(EntryKinds.Of).ShouldBe(EntryKinds.OfContacts, ignoreOrder: true);
        foreach (var entry in OfContacts)
        {
            var row = Entitlements.Table.Single(row => row.Kind == EntryKinds.Of(entry));
            var before = (await server.EntriesAsync("dora@example.com")).Count;
            var (status, body) = await server.PostAsync("/v1/evidence/dora@example.com", Text(entry), client);
            var isTaken = scope is ApiScopes.Record or ApiScopes.Admin && row.Write != Rights.System && rights.HasFlag(row.Write);
            (status is 200 or 201).ShouldBe(isTaken, $"{row.Kind} by {scope}: {status} {body}");
            ((await server.EntriesAsync("dora@example.com")).Count - before).ShouldBe(isTaken ? 1 : 0, row.Kind);
            if (!isTaken)
                status.ShouldBeInRange(400, 403, $"{row.Kind} by {scope}");
        }
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task What_a_sender_says_of_itself_is_signed_only_by_a_key_that_may_sign(string scope)
    {
        await using var server = await Running.StartAsync();
        using var client = server.With(await KeyTests.IssueAsync(server, scope));
        foreach (var (path, plain, signed) in OfTheController)
        {
            var at = $"/v1/{path}/{plain.Id}";
            (await PutAsync(client, at, signed)).ShouldBe(scope == ApiScopes.Admin, $"signed {path} by {scope}");
            (await PutAsync(client, at, plain)).ShouldBe(scope is ApiScopes.Admin or ApiScopes.Record, $"{path} by {scope}");
        }
        var campaign = JsonDocument.Parse(Shop.Spring).RootElement.ToString();
        var judged = campaign.Replace("\"topics\"", "\"purpose\": \"service\", \"topics\"", StringComparison.Ordinal);
        (await PutAsync(client, "/v1/campaigns/spring-2026", judged)).ShouldBe(scope == ApiScopes.Admin, $"a judgement by {scope}");
        (await PutAsync(client, "/v1/campaigns/spring-2026", campaign)).ShouldBe(
            scope is ApiScopes.Admin or ApiScopes.Campaign,
            $"a campaign by {scope}"
        );
    }

    [Fact]
    public async Task Nothing_that_a_key_without_the_right_to_sign_records_lets_anybody_be_mailed_until_somebody_signs()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        using var clerk = server.With(
            await KeyTests.IssueAsync(server, ApiScopes.Record, ApiScopes.Campaign, ApiScopes.Decide, ApiScopes.Read)
        );
        foreach (var entry in new ContactEntry[] { Shop.InBritain, Shop.Order })
            (await server.PostAsync($"/v1/evidence/{Running.Anna}", Text(entry), clerk)).Status.ShouldBe(201);
        (await PutAsync(clerk, "/v1/campaigns/spring-2026", Shop.Spring)).ShouldBeTrue();
        foreach (var entry in Shop.Entries)
            (await PutAsync(clerk, At(entry), Text(Unsigned(entry)))).ShouldBeTrue(entry.Id);
        (await server.VerdictAsync()).ShouldNotBe("permitted");
        var verdicts = new List<string>();
        foreach (var entry in Shop.Entries)
        {
            (await PutAsync(clerk, At(entry), Text(entry))).ShouldBeFalse(entry.Id);
            verdicts.Add(await server.VerdictAsync());
            (await PutAsync(server.Client, At(entry), Text(entry))).ShouldBeTrue(entry.Id);
        }
        verdicts.ShouldAllBe(verdict => verdict != "permitted");
        (await server.VerdictAsync()).ShouldBe("permitted", "the control: the same entries, signed");
    }

    static string At(ControllerEntry entry) =>
        entry switch
        {
            SenderDeclared => $"/v1/senders/{entry.Id}",
            CollectionPointVersion => $"/v1/collection-points/{entry.Id}",
            TemplateVersion => $"/v1/templates/{entry.Id}",
            ProductMapSigned => $"/v1/product-map/{entry.Id}",
            StatementSigned => $"/v1/statements/{entry.Id}",
            AssessmentRecorded => $"/v1/assessments/{entry.Id}",
            _ => throw new ArgumentOutOfRangeException(nameof(entry), entry, "no resource"),
        };

    static ControllerEntry Unsigned(ControllerEntry entry) =>
        entry switch
        {
            SenderDeclared sender => sender with { Signature = null },
            CollectionPointVersion point => point with { Signature = null },
            TemplateVersion template => template with { Signature = null },
            ProductMapSigned map => map with { Signature = null },
            StatementSigned statement => statement with { Signature = null },
            AssessmentRecorded assessment => assessment with { Signature = null },
            _ => entry,
        };

    static string Text(ContactEntry entry) => Encoding.UTF8.GetString(EntryJson.Write(entry));

    static string Text(ControllerEntry entry) => Encoding.UTF8.GetString(EntryJson.Write(entry));

    static Task<bool> PutAsync(HttpClient client, string path, ControllerEntry entry) => PutAsync(client, path, Text(entry));

    static async Task<bool> PutAsync(HttpClient client, string path, string text)
    {
        using var answer = await client.PutAsync(path, Running.Json(text));
        if (!answer.IsSuccessStatusCode)
            ((int)answer.StatusCode).ShouldBe(403, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return answer.IsSuccessStatusCode;
    }
}
