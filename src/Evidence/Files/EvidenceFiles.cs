using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Evidence.Files;

/// <summary>Reads <c>collection-points.yaml</c>, <c>templates.yaml</c> and <c>assessments.yaml</c>.</summary>
static class EvidenceFiles
{
    /// <summary>Reads dated versions of what forms, tills and scripts showed.</summary>
    public static IEnumerable<ControllerEntry> ReadPoints(MapReader map, Problems problems)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (point, node) in map.Entries("points"))
        foreach (var version in Versions(node, problems))
        {
            var from = FileValues.Day(version, "from");
            var shown = ReadShown(version);
            yield return new CollectionPointVersion(Name(version, point.Text, from, names), point.Text)
            {
                From = from,
                Until = version.Day("until"),
                Shown = shown,
                Boxes = BoxFile.Read(version, shown, problems),
                Wording = version.OptionalText("wording") ?? "",
                ScreenshotDigest = version.OptionalText("screenshot_sha256"),
                Signature = FileValues.Signature(version),
            };
            version.OptionalText("note");
            version.Done();
        }
    }

    static Shown ReadShown(MapReader version) =>
        new()
        {
            RefusalOffered = FileValues.Flag(version, "refusal_offered"),
            RefusalSimple = FileValues.Flag(version, "refusal_simple"),
            RefusalFree = FileValues.Flag(version, "refusal_free"),
            RefusalsInRegister = FileValues.Flag(version, "refusals_in_register"),
            ConsentAsked = FileValues.Flag(version, "consent_asked"),
            NoticeNamedMarketing = FileValues.Flag(version, "notice_named_marketing"),
            ToldNoMarketing = FileValues.Flag(version, "told_no_marketing"),
            BasisClaimed = Word(version, "basis_claimed", Collection.BasisClaimed),
            NoticeNamedInterest = FileValues.Flag(version, "notice_named_interest"),
            NoticeGiven = FileValues.Flag(version, "notice_given"),
            RightToObjectShown = FileValues.Flag(version, "right_to_object_shown"),
            Lawful = FileValues.Flag(version, "lawful"),
            DetailsGivenAnew = FileValues.Flag(version, "details_given_anew"),
        };

    /// <summary>Reads dated versions of message templates.</summary>
    public static IEnumerable<ControllerEntry> ReadTemplates(MapReader map, Problems problems)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (template, node) in map.Entries("templates"))
        foreach (var version in Versions(node, problems))
        {
            var from = FileValues.Day(version, "from");
            yield return new TemplateVersion(Name(version, template.Text, from, names), template.Text)
            {
                Sender = version.Text("sender"),
                Channel = version.OptionalText("channel") ?? "email",
                From = from,
                Until = version.Day("until"),
                RefusalOffered = FileValues.Flag(version, "refusal_offered"),
                RefusalSimple = FileValues.Flag(version, "refusal_simple"),
                RefusalFree = FileValues.Flag(version, "refusal_free"),
                RefusalWorks = FileValues.Flag(version, "refusal_works"),
                RefusalScope = Word(version, "refusal_scope", Message.RefusalScope),
                RefusalMedium = Word(version, "refusal_medium", Message.RefusalMedium),
                SenderIdentified = FileValues.Flag(version, "sender_identified"),
                StopAddressValid = FileValues.Flag(version, "stop_address_valid"),
                CommercialNatureClear = FileValues.Flag(version, "commercial_nature_clear"),
                StatesRightToObject = FileValues.Flag(version, "states_right_to_object"),
                CarriesPrivacyNotice = FileValues.Flag(version, "carries_privacy_notice"),
                Labels = FileValues.Names(version, "labels"),
                Tracking = Word(version, "tracking", Message.Tracking),
                Signature = FileValues.Signature(version),
            };
            version.OptionalText("note");
            version.Done();
        }
    }

    /// <summary>Reads assessments: outcome of the three tests, scope in machine terms, signature and life.</summary>
    public static IEnumerable<ControllerEntry> ReadAssessments(MapReader map, Problems problems)
    {
        foreach (var (id, node) in map.Entries("assessments"))
        {
            var a = MapReader.Open(node, problems);
            yield return new AssessmentRecorded(id.Text)
            {
                Sender = a.Text("sender"),
                Title = a.OptionalText("title") ?? "",
                PurposeTest = Passed(a, "purpose_test"),
                NecessityTest = Passed(a, "necessity_test"),
                BalancingTest = Passed(a, "balancing_test"),
                Channels = FileValues.Words(a, "channels", Words.Channels) ?? NameSet.Of(),
                Audiences = FileValues.Words(a, "audiences", Words.Audiences) ?? NameSet.Of(),
                Families = FileValues.Names(a, "families") ?? NameSet.Of(),
                Countries = FileValues.Names(a, "countries") ?? NameSet.Of(),
                CoversProfiling = FileValues.Flag(a, "covers_profiling"),
                CoversChildren = FileValues.Flag(a, "covers_children"),
                MessagesIn30Days = Cap(a),
                CoversVulnerable = FileValues.Flag(a, "covers_vulnerable"),
                Signature = FileValues.Signature(a),
                ReviewDue = a.Day("review_due"),
                EndedOn = a.Day("ended_on"),
            };
            a.Entries("answers");
            a.Done();
        }
    }

    /// <summary>The cap of an assessment that has one. A cap that cannot be read is a problem, never no cap.</summary>
    static int? Cap(MapReader assessment)
    {
        const string Key = "messages_in_30_days";
        if (!assessment.Has(Key))
            return null;
        if (
            assessment.OptionalText(Key) is { } text
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cap)
            && cap > 0
        )
            return cap;
        assessment.Problem(Key, "must be a whole number of messages", "such as 3; leave the line out if the assessment has no cap");
        return null;
    }

    static readonly IReadOnlyDictionary<string, bool> Outcomes = new Dictionary<string, bool> { ["passed"] = true, ["failed"] = false };

    static bool? Passed(MapReader map, string key) => map.OptionalText(key) is null ? null : map.Word(key, Outcomes, false);

    static string? Word(MapReader map, string key, WordFact fact)
    {
        var word = map.OptionalText(key);
        if (word is null || fact.Words.Contains(word))
            return word;
        map.Problem(key, $"`{word}` is not one of {fact.Form}");
        return null;
    }

    /// <summary>The name of a version; two of one name would be one, and the first would vanish.</summary>
    static string Name(MapReader version, string of, DateOnly from, HashSet<string> names)
    {
        var name = version.OptionalText("version") ?? $"{of}@{from:yyyy-MM-dd}";
        if (!names.Add(name))
            version.Problem("version", $"`{name}` already names another version", "give every version in the file its own name");
        return name;
    }

    static IEnumerable<MapReader> Versions(YamlTree node, Problems problems) =>
        (node is YamlList list ? list.Items : [node]).Select(item => MapReader.Open(item, problems));
}
