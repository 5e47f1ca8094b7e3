using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Standards;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Provisions;

namespace MaySend.Evidence.Tests.Standards;

/// <summary>Consents as consent records of ISO/IEC TS 27560, held against the vocabulary's own terms and examples.</summary>
public sealed class PrivacyRecordsTests
{
    static readonly string Root = typeof(PrivacyRecordsTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot")
        .Value!;

    static readonly string Dpv = Path.Combine(Root, "tests", "Evidence.Tests", "Standards", "dpv");

    static readonly Lazy<LawBook> Law = new(() => LawReader.Read(Path.Combine(Root, "law")));

    static readonly HashSet<string> Terms =
    [
        .. File.ReadLines(Path.Combine(Dpv, "dpv-2.3-terms.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => $"{cells[0]}:{cells[1]}"),
    ];

    static readonly IReadOnlyList<JsonElement> Examples =
    [
        .. JsonDocument
            .Parse(File.ReadAllText(Path.Combine(Dpv, "iso27560-dpv-jsonld-examples.json")))
            .RootElement.EnumerateArray()
            .Where(example => example.GetProperty("valid_json").GetBoolean())
            .Select(example => JsonDocument.Parse(example.GetProperty("text").GetString()!).RootElement),
    ];

    static readonly When May = When.Of(new DateTimeOffset(2025, 5, 2, 10, 0, 0, TimeSpan.Zero));

    static When Later(int days) => When.Of(new DateTimeOffset(2025, 5, 2, 10, 0, 0, TimeSpan.Zero).AddDays(days));

    static ConsentAnswered Yes(string act = "unticked-box") =>
        new(May, "signup-7")
        {
            To = NameSet.Of("lampe"),
            Channels = NameSet.Of("email"),
            Topics = NameSet.Of("lamps", "candles"),
            Act = act,
            Point = "form",
            Confirmed = May,
        };

    static ControllerRecord Controller(string establishment) =>
        new([
            new SenderDeclared("lampe")
            {
                Name = "Lampe GmbH",
                Establishment = establishment,
                Signature = new("officer", new DateOnly(2025, 1, 1), "as registered"),
            },
            new CollectionPointVersion("form@1", "form")
            {
                From = new DateOnly(2025, 1, 1),
                Wording = "Write to me about lamps and candles",
                Shown = new()
                {
                    RefusalOffered = true,
                    RefusalSimple = true,
                    RefusalFree = true,
                },
                Signature = new("officer", new DateOnly(2025, 1, 1), "picture kept"),
            },
            new AssessmentRecorded("LIA-1")
            {
                Sender = "lampe",
                PurposeTest = true,
                NecessityTest = true,
                BalancingTest = true,
                Channels = NameSet.Of("email"),
                Signature = new("officer", new DateOnly(2025, 1, 5), "weighed"),
            },
            new AssessmentRecorded("LIA-2") { Sender = "lampe" },
        ]);

    static List<JsonElement> Records(string establishment, params ContactEntry[] entries)
    {
        var person = new PersonExport(
            "anna@example.com",
            new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero),
            "ledger",
            [
                new(
                    "anna@example.com",
                    DossierState.Known,
                    "0123",
                    [.. entries.Select(entry => new ExportedEntry("1:1", default, "test", null, null, entry))],
                    [],
                    []
                ),
            ]
        );
        var document = JsonDocument.Parse(new PrivacyRecords(Controller(establishment), Law.Value).Of(person)).RootElement;
        document.GetProperty("@context").GetProperty("dpv").GetString().ShouldBe("https://w3id.org/dpv#");
        return [.. document.GetProperty("@graph").EnumerateArray()];
    }

    static bool Is(JsonElement node, string kind) =>
        node.GetProperty("@type") is var type && type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(each => each.GetString() == kind)
            : type.GetString() == kind;

    [Fact]
    public void A_consent_is_a_consent_record_with_every_field_that_the_guide_requires()
    {
        var record = Records("de", Yes()).Single(node => Is(node, "dpv:ConsentRecord"));
        // The guide's example 39, a record with only the required fields, parses as no JSON; example 46 holds the same in a receipt.
        var required = Examples.Single(example =>
            Is(example, "dpv:ConsentReceipt") && example.ToString().Contains("hasRecordOfActivity\": {")
        );
        var names = required.GetProperty("dpv:hasRecordOfActivity").EnumerateObject().Select(member => member.Name).Distinct().ToList();
        names.Count.ShouldBeGreaterThan(10);
        // No processor acts for the sender here, and where consent is managed is in each message: the store does not know the address.
        foreach (var name in names.Except(["dpv:hasDataProcessor", "dpv:hasConsentControl"]))
            record.TryGetProperty(name, out _).ShouldBeTrue(name);
        foreach (var name in new[] { "dpv:hasRecipient", "dpv:hasPurpose", "dpv:hasPersonalData", "dpv:hasStorageCondition" })
            record.GetProperty("dpv:hasProcess").TryGetProperty(name, out _).ShouldBeTrue(name);
        record.GetProperty("dct:conformsTo").GetString().ShouldBe("https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr");
        record.GetProperty("dpv:hasApplicableLaw").GetString().ShouldBe("eu-gdpr:GDPR");
        record.GetProperty("dpv:hasJurisdiction").GetString().ShouldBe("loc:DE");
        record.GetProperty("dpv:hasNotice").GetProperty("dct:description").GetString().ShouldBe("Write to me about lamps and candles");
        Status(record, 0).ShouldBe("""["dpv:ConsentGiven","dpv:ExpressedConsent"]""");
    }

    [Fact]
    public void Every_term_is_one_of_the_vocabulary_and_stands_as_in_its_examples()
    {
        var graph = Records("de", [.. Everything(), new RefusalMade(Later(40), "stop") { How = "link" }]);
        var used = new HashSet<string>();
        foreach (var node in graph)
            Walk(node, used);
        used.Count(term => term.StartsWith("dpv:", StringComparison.Ordinal)).ShouldBeGreaterThan(25);
        used.Where(term => term.StartsWith("dpv:", StringComparison.Ordinal) || term.StartsWith("eu-gdpr:", StringComparison.Ordinal))
            .Where(term => term != "eu-gdpr:GDPR" && !Terms.Contains(term))
            .ShouldBeEmpty();
        // Our own few are published with the export.
        foreach (var term in used.Where(term => term.StartsWith("maysend:", StringComparison.Ordinal)))
            PrivacyRecords.Vocabulary.ShouldContain($"\"@id\": \"{term}\"");
        // What is a node in the examples is a node here, or its name; what is text is text.
        var theirs = Kinds(Examples);
        foreach (var (property, kinds) in Kinds(graph).Where(pair => theirs.ContainsKey(pair.Key)))
            kinds.Except(theirs[property]).Where(kind => kind != JsonValueKind.Object).ShouldBeEmpty(property);
    }

    [Fact]
    public void A_soft_opt_in_is_no_consent_record()
    {
        var graph = Records("gb", Sale());
        graph.ShouldNotContain(node => Is(node, "dpv:ConsentRecord"));
        var circumstances = graph.Single(node => Is(node, "maysend:SoftOptInCircumstances"));
        Is(circumstances, "dpv:Process").ShouldBeTrue();
        circumstances.TryGetProperty("dpv:hasConsentStatus", out _).ShouldBeFalse();
        circumstances.GetProperty("maysend:refusalOffered").GetBoolean().ShouldBeTrue();
        circumstances.GetProperty("maysend:refusalUsed").GetBoolean().ShouldBeFalse();
        circumstances.GetProperty("maysend:context").GetString().ShouldBe("sale");
        // What nothing shows is left out, and is not "no".
        var unknown = Records("gb", Sale() with { Point = null, Refused = null })
            .Single(node => Is(node, "maysend:SoftOptInCircumstances"));
        foreach (var name in new[] { "maysend:refusalOffered", "maysend:refusalUsed", "dpv:hasNotice" })
            unknown.TryGetProperty(name, out _).ShouldBeFalse(name);
    }

    [Fact]
    public void Legitimate_interests_are_a_process_on_a_signed_assessment_and_say_when_the_person_objected()
    {
        var process = Records("gb", Sale()).Single(node => Is(node, "maysend:MarketingOnLegitimateInterests"));
        process.GetProperty("dpv:hasLegalBasis").GetString().ShouldBe("dpv:LegitimateInterestOfController");
        process.GetProperty("dpv:hasAssessment").GetProperty("dct:identifier").GetString().ShouldBe("LIA-1");
        process.TryGetProperty("dpv:hasStatus", out _).ShouldBeFalse();
        var objected = Records("de", Sale(), new RefusalMade(Later(3), "stop") { How = "phone" })
            .Single(node => Is(node, "maysend:MarketingOnLegitimateInterests"));
        objected.GetProperty("dpv:hasStatus").GetString().ShouldBe("dpv:LegitimateInterestObjected");
        objected.GetProperty("dpv:hasLegalBasis").GetString().ShouldBe("eu-gdpr:A6-1-f-controller");
        Records("de", Yes()).ShouldNotContain(node => Is(node, "maysend:MarketingOnLegitimateInterests"));
    }

    [Theory]
    [InlineData("declined", "dpv:ConsentRefused")]
    [InlineData("pre-ticked", "dpv:ConsentUnknown")]
    [InlineData("silence", "dpv:ConsentUnknown")]
    [InlineData(null, "dpv:ConsentUnknown")]
    public void What_is_no_clear_affirmative_act_is_not_called_given(string? act, string status) =>
        Status(Records("de", Yes() with { Act = act }).Single(node => Is(node, "dpv:ConsentRecord")), 0).ShouldBe($"\"{status}\"");

    [Fact]
    public void A_request_to_stop_withdraws_the_consents_that_it_meets_and_no_other()
    {
        int Withdrawals(params ContactEntry[] more) =>
            Records("de", [Yes(), .. more])
                .Single(node => Is(node, "dpv:ConsentRecord"))
                .GetProperty("dpv:hasConsentStatus")
                .EnumerateArray()
                .Count(status => Is(status, "dpv:ConsentWithdrawn"));
        Withdrawals().ShouldBe(0);
        Withdrawals(new RefusalMade(Later(9), "all")).ShouldBe(1);
        Withdrawals(new RefusalMade(Later(9), "sms") { Channels = NameSet.Of("sms") }).ShouldBe(0);
        Withdrawals(new RefusalMade(Later(9), "lamps") { Topics = NameSet.Of("lamps") }).ShouldBe(1);
        Withdrawals(new RefusalMade(Later(9), "other") { Senders = NameSet.Of("another-ltd") }).ShouldBe(0);
        Withdrawals(new RefusalMade(Later(-9), "before")).ShouldBe(0);
        Withdrawals(new RefusalMade(Later(9), "fewer") { AtMostIn30Days = 2 }).ShouldBe(0);
        Withdrawals(new RefusalMade(Later(9), "all"), new RefusalRetracted(Later(9), "undo", "all")).ShouldBe(0);
    }

    [Fact]
    public void Where_the_vocabulary_has_no_word_for_a_senders_law_none_is_claimed()
    {
        var record = Records("gb", Yes()).Single(node => Is(node, "dpv:ConsentRecord"));
        record.GetProperty("dct:conformsTo").GetString().ShouldBe("https://w3id.org/dpv/schema/dpv-27560#record");
        record.ToString().ShouldNotContain("eu-gdpr:");
    }

    static DetailsCollected Sale() =>
        new(May, "order-1")
        {
            ObtainedBy = "lampe",
            From = "recipient",
            Context = "sale",
            Point = "form",
            Refused = false,
        };

    static ContactEntry[] Everything() =>
        [
            Yes(),
            Yes("declined") with
            {
                Id = "signup-8",
            },
            Yes("silence") with
            {
                Id = "signup-9",
            },
            Yes() with
            {
                Id = "x",
                Explicit = true,
            },
            Sale(),
        ];

    static string Status(JsonElement record, int number) =>
        record.GetProperty("dpv:hasConsentStatus")[number].GetProperty("@type").GetRawText().Replace("\n", "").Replace(" ", "");

    /// <summary>Every name with a prefix, of members and of values that are names.</summary>
    static void Walk(JsonElement node, HashSet<string> used)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in node.EnumerateObject())
                {
                    if (!member.Name.StartsWith('@'))
                        used.Add(member.Name);
                    Walk(member.Value, used);
                }
                break;
            case JsonValueKind.Array:
                foreach (var each in node.EnumerateArray())
                    Walk(each, used);
                break;
            case JsonValueKind.String when node.GetString() is { } text && text.Split(':') is [("dpv" or "eu-gdpr" or "maysend"), not ""]:
                used.Add(text);
                break;
        }
    }

    /// <summary>By property, what kinds of values it has: text or a name, an object. Lists count as what is in them.</summary>
    static Dictionary<string, HashSet<JsonValueKind>> Kinds(IEnumerable<JsonElement> nodes)
    {
        var found = new Dictionary<string, HashSet<JsonValueKind>>();
        void Look(JsonElement node)
        {
            if (node.ValueKind == JsonValueKind.Array)
                foreach (var each in node.EnumerateArray())
                    Look(each);
            if (node.ValueKind != JsonValueKind.Object)
                return;
            foreach (var member in node.EnumerateObject().Where(member => member.Name.StartsWith("dpv:", StringComparison.Ordinal)))
            {
                var values = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().ToList() : [member.Value];
                foreach (var value in values)
                    (found.TryGetValue(member.Name, out var kinds) ? kinds : found[member.Name] = []).Add(value.ValueKind);
                Look(member.Value);
            }
        }
        foreach (var node in nodes)
            Look(node);
        return found;
    }
}
