using System.Globalization;
using MaySend.Evidence.Countries;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Reading;
using YamlDotNet.Serialization;

namespace MaySend.Records.Start;

/// <summary>
/// Writes what was answered as the files of a sender's folder. An answer that nobody signed is written without a signature, and then counts
/// only against sending; "I don't know" is left out.
/// </summary>
public static class StartFolder
{
    /// <summary>The campaign.</summary>
    public const string Campaign = "first";

    const string Template = "mailing";

    /// <summary>The sender's id, made from its name.</summary>
    public static string SenderId(StartRecord record) => SenderId(record["who", "name"] ?? "sender");

    /// <summary>The id of a business, made from its name.</summary>
    public static string SenderId(string name) =>
        // "GmbH" is one word, and so is every other name that a capital stands within.
        Folded.Of(name.ToLowerInvariant()).Replace(' ', '-')
            is { Length: > 0 } id
            ? id
            : "sender";

    /// <summary>Writes the files.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="record">What was answered.</param>
    /// <param name="signatureOf">The signature under a sentence; null where nobody signed.</param>
    /// <param name="audience">The folder with the people as they were read; null for the same.</param>
    public static void Write(string folder, StartRecord record, Func<StartSentence, Signature?> signatureOf, string? audience = null)
    {
        Directory.CreateDirectory(Path.Combine(folder, "campaigns"));
        var signatures = StartSentences.Of(record).ToDictionary(sentence => sentence.Id, signatureOf);
        Signature? Signed(string id) => signatures.GetValueOrDefault(id);
        Save(folder, "sender.yaml", Sender(record, Signed));
        Save(folder, "collection-points.yaml", Points(record, Signed));
        Save(folder, "templates.yaml", Templates(record, Signed));
        Map(folder, record, Signed);
        Save(folder, Path.Combine("campaigns", $"{Campaign}.yaml"), Planned(record, Signed));
        StartPeople.Write(audience ?? folder, folder, record, id => Signed(id) is not null);
        StartRows.Write(audience ?? folder, folder, record, id => Signed(id) is not null);
    }

    static Dictionary<string, object> Sender(StartRecord record, Func<string, Signature?> signed)
    {
        CountryNames.TryRead(record["who", "country"] ?? "", out var country);
        var statements = new List<object>();
        void State(string says, string id, bool answer, DateOnly? since, bool isEmail = false)
        {
            var statement = new Dictionary<string, object> { ["says"] = says, ["answer"] = YesNo(answer) };
            if (isEmail)
                statement["channels"] = new[] { "email" };
            if (since is { } day)
                statement["since"] = Text(day);
            statements.Add(With(statement, signed(id)));
        }
        if (record["stops", "answer"] is { } stops && record.Day("stops", "since") is { } complete)
            State("refusals-complete", "stops", stops == "all", complete, isEmail: true);
        if (record.Flag("children", "answer") is { } children)
            State("offers-to-children", "children", children, record.Day("children", "since") ?? record.Day("stops", "since"));
        if (record["before", "answer"] is { } before && record.Day("before", "since") is { } since)
            State("marketing-only-through-templates", "before", before == "all", since);
        if (record["history", "answer"] is { } history && record.Day("history", "since") is { } kept)
            State("sends-complete", "history", history == "all", kept);
        return new()
        {
            ["sender"] = SenderId(record),
            ["name"] = record["who", "name"] ?? "",
            ["establishment"] = country?.Names.FirstOrDefault() ?? record["who", "country"] ?? "",
            ["statutory_charity"] = record["who", "charity"] ?? "no",
            ["topics"] = new[] { Topic(record) },
            ["statements"] = statements,
        };
    }

    static Dictionary<string, object> Points(StartRecord record, Func<string, Signature?> signed)
    {
        var points = new Dictionary<string, object>();
        foreach (var forms in StartWay.EveryForm.GroupBy(form => form.Point, StringComparer.Ordinal))
        {
            var versions = new SortedDictionary<DateOnly, Dictionary<string, object>>();
            foreach (var form in forms)
                if (record[form.Box, "kind"] is { } kind && record.Day(form.Since, "from") is { } from && !IsOverBefore(form, from, record))
                    versions[from] = Point(record, form, kind, from, signed);
            if (versions.Count > 0)
                points[forms.Key] = versions.Values.ToList();
        }
        return new() { ["points"] = points };
    }

    /// <summary>A form that is said to have begun after the next one did says nothing.</summary>
    static bool IsOverBefore(StartWay form, DateOnly since, StartRecord record) =>
        form.Later is not null && !(StartWayQuestions.LastDay(form, record) >= since);

    static Dictionary<string, object> Point(StartRecord record, StartWay way, string kind, DateOnly from, Func<string, Signature?> signed)
    {
        var version = new Dictionary<string, object>
        {
            ["version"] = $"{way.Point}-{Text(from)}",
            ["from"] = Text(from),
            ["wording"] = record[way.Box, "wording"] ?? "",
        };
        // Of two versions of one day neither counts.
        if (StartWayQuestions.LastDay(way, record) is { } last)
            version["until"] = Text(last.AddDays(1));
        void Say(string key, bool? answer)
        {
            if (answer is { } said)
                version[key] = YesNo(said);
        }
        var isEasy = record.Flag(way.Box, "easy");
        Say("consent_asked", kind is "A" or "B");
        // Whether a box that came ticked is a fair chance to refuse is left for the signer to say.
        Say(
            "refusal_offered",
            kind is "C" or "D" or "E" ? true
                : kind is "F" ? false
                : isEasy
        );
        // There is no box in which a no would stand: it is written down elsewhere, if anywhere.
        if (kind is "D" or "E")
            Say("refusals_in_register", record.Flag(way.Box, "no_goes_to_list"));
        Say("refusal_simple", isEasy);
        Say("refusal_free", isEasy);
        Say("notice_named_marketing", record.Flag(way.Notice, "marketing"));
        Say("notice_named_interest", record.Flag(way.Notice, "interest"));
        Say("right_to_object_shown", record.Flag(way.Notice, "object"));
        Say("notice_given", record.Flag(way.Notice, "given"));
        Say("lawful", record.Flag(way.Notice, "fair"));
        if (kind is "A" or "B" or "C")
            version["boxes"] = new[] { Box(record, way, kind) };
        return With(version, Shown(record, way, signed(way.Box)));
    }

    static Signature? Shown(StartRecord record, StartWay way, Signature? signature) =>
        signature is null ? null : signature with { ShownBy = record[way.Since, "shown_by"] };

    static Dictionary<string, object> Box(StartRecord record, StartWay way, string kind)
    {
        if (kind == "C")
            return new()
            {
                ["id"] = "no-offers",
                ["kind"] = "opt-out",
                ["ticked_by_default"] = "no",
            };
        var box = new Dictionary<string, object>
        {
            ["id"] = "offers",
            ["kind"] = "opt-in",
            ["ticked_by_default"] = YesNo(kind == "B"),
            ["wording"] = record[way.Box, "wording"] ?? "",
        };
        // Words that name neither the business nor the channel are a yes to nobody.
        if (record.Flag(way.Box, "names_us") == true)
            (box["senders"], box["channels"]) = (new[] { SenderId(record) }, new[] { "email" });
        if (record.Flag(way.Box, "says_what") is { } says)
        {
            box["informed"] = YesNo(says);
            box["ongoing"] = YesNo(says);
            if (says)
                box["topics"] = new[] { Topic(record) };
        }
        if (record.Flag(way.Box, "apart") is { } apart)
            (box["separate_request"], box["condition_of_service"]) = (YesNo(apart), YesNo(!apart));
        if (record.Flag(way.Box, "can_stop") is { } stop)
            box["told_of_withdrawal"] = YesNo(stop);
        return box;
    }

    static Dictionary<string, object> Templates(StartRecord record, Func<string, Signature?> signed)
    {
        // It is the same for the mails before only where somebody says so; else from the mailing's own day.
        var from = record["before", "answer"] == "all" ? record.Day("before", "since") : null;
        var version = new Dictionary<string, object>
        {
            ["version"] = $"{Template}-1",
            ["sender"] = SenderId(record),
            ["channel"] = "email",
            ["from"] = Text(from ?? record.Day("what", "day") ?? DateOnly.MaxValue),
        };
        void Say(string key, string field)
        {
            if (record.Flag("email", field) is { } said)
                version[key] = YesNo(said);
        }
        Say("refusal_offered", "stop");
        Say("refusal_simple", "stop");
        Say("refusal_free", "stop");
        Say("refusal_works", "stop");
        Say("sender_identified", "identified");
        Say("stop_address_valid", "address");
        Say("commercial_nature_clear", "advert");
        Say("states_right_to_object", "object");
        Say("carries_privacy_notice", "notice");
        if (record.Flag("email", "pixel") == false)
            version["tracking"] = "none";
        return new() { ["templates"] = new Dictionary<string, object> { [Template] = new[] { With(version, signed("email")) } } };
    }

    static void Map(string folder, StartRecord record, Func<string, Signature?> signed)
    {
        if (record["similar", "groups"] is not { } groups)
        {
            File.Delete(Path.Combine(folder, "product-map.yaml"));
            return;
        }
        Save(folder, "product-map.yaml", With(new() { ["map"] = "map-1", ["products"] = "product-map.csv" }, signed("similar")));
        using var csv = new StreamWriter(Path.Combine(folder, "product-map.csv")) { NewLine = "\n" };
        CsvTable.Write(csv, ["code", "family", "range"], Groups(groups).Select(one => new[] { one.Code, one.Family, one.Range }));
    }

    /// <summary>The groups as they were typed; a part that cannot be read is left out, and its product stays unmapped.</summary>
    static IEnumerable<(string Code, string Family, string Range)> Groups(string text) =>
        from part in text.Split([' ', ';', '\n'], StringSplitOptions.RemoveEmptyEntries)
        let names = part.Split('=', '/')
        where names.Length is 2 or 3 && names.All(name => name.Length > 0 && !name.Contains(',', StringComparison.Ordinal))
        select (names[0], names[1], names[^1]);

    static Dictionary<string, object> Planned(StartRecord record, Func<string, Signature?> signed)
    {
        var campaign = new Dictionary<string, object>
        {
            ["campaign"] = Campaign,
            ["sender"] = SenderId(record),
            ["channel"] = "email",
            ["day"] = Text(record.Day("what", "day") ?? DateOnly.MaxValue),
            ["template"] = Template,
            ["topics"] = new[] { Topic(record) },
            // What nobody said is no product that anybody bought: nothing then covers it.
            ["products"] = record["what", "products"]?.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries) ?? ["not-said"],
            ["sole_purpose_charitable"] = YesNo(record["charity", "only"] == "cause" && signed("charity") is not null),
        };
        if (record.Flag("job", "answer") is { } job && (!job || signed("job") is not null))
            campaign["relates_to_job"] = YesNo(job);
        if (record["what", "third_party"] is { } third)
            campaign["third_party_content"] = third;
        if (record["chosen", "answer"] is { } chosen)
        {
            campaign["profiling"] = YesNo(chosen is "behaviour" or "sensitive");
            campaign["special_category_targeting"] = YesNo(chosen == "sensitive");
        }
        return campaign;
    }

    static Dictionary<string, object> With(Dictionary<string, object> what, Signature? signature)
    {
        if (signature is null)
            return what;
        var signed = new Dictionary<string, object>
        {
            ["by"] = signature.By,
            ["on"] = Text(signature.On),
            ["reason"] = signature.Reason,
        };
        if (signature.ShownBy is { } shown)
            signed["shown_by"] = shown;
        what["signed"] = signed;
        return what;
    }

    static string Topic(StartRecord record) => Folded.Of(record["what", "topic"] ?? "news").Replace(' ', '-');

    static void Save(string folder, string name, Dictionary<string, object> content) =>
        File.WriteAllText(Path.Combine(folder, name), new SerializerBuilder().Build().Serialize(content));

    static string YesNo(bool answer) => answer ? "yes" : "no";

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
