using System.Globalization;
using MaySend.Evidence.Countries;

namespace MaySend.Records.Start;

/// <summary>What somebody who may sign is asked to sign, one sentence at a time, as it reads with what was answered.</summary>
public static class StartSentences
{
    /// <summary>The sentences, in the order of the questions; none for what was not answered.</summary>
    public static IReadOnlyList<StartSentence> Of(StartRecord record)
    {
        var sender = record["who", "name"] ?? "";
        var sentences = new List<StartSentence>();
        if (record["stops", "answer"] is { } stops && record.Day("stops", "since") is { } since)
            sentences.Add(
                new(
                    "stops",
                    stops == "all"
                        ? $"Every request to stop that has reached {sender} by email since {Text(since)} is in the list of opt-outs."
                        : $"The list of opt-outs of {sender} is not complete."
                )
            );
        foreach (var way in StartWay.EveryForm)
            if (record[way.Box, "kind"] is { } kind && record.Day(way.Since, "from") is { } from)
                sentences.Add(
                    new(
                        way.Box,
                        $"From {Text(from)} {Until(way, record)}, {string.Format(CultureInfo.InvariantCulture, way.Who, sender)} saw "
                            + $"{Kind(kind)}, with the "
                            + $"words \"{record[way.Box, "wording"]}\"; {Answers(record, way.Box, "box")}. About the notice: "
                            + $"{Answers(record, way.Notice, "notice")}. Shown by: {record[way.Since, "shown_by"] ?? "nothing"}."
                    )
                );
        if (record.Flag("children", "answer") is { } children)
        {
            var what = children ? "offers things to children" : "offers nothing to children";
            var start = record.Day("children", "since") is { } day ? $" since {Text(day)}" : "";
            sentences.Add(new("children", $"{sender} {what}{start}."));
        }
        if (record.HasAnswered("email") && !record.Answers["email"].IsEmpty)
            sentences.Add(new("email", $"About the mailing: {Answers(record, "email", "email")}."));
        if (record["similar", "groups"] is { } groups)
            sentences.Add(new("similar", $"Whoever bought one product of a group expects to hear about the others in it: {groups}."));
        if (record["before", "answer"] is { } before && record.Day("before", "since") is { } first)
            sentences.Add(
                new(
                    "before",
                    before == "all"
                        ? $"Every marketing email of {sender} since {Text(first)} carried what this mailing carries."
                        : $"Some marketing emails of {sender} since {Text(first)} carried no way to unsubscribe."
                )
            );
        if (StartPeople.CountryOf(record) is { } country)
            sentences.Add(
                new("country", $"Everybody whose country no file names is in {CountryNames.NameOf(country)}: {record["country", "why"]}.")
            );
        if (StartPeople.NumbersOf(record) is { Count: > 0 } numbers)
            sentences.Add(
                new(
                    "company",
                    "These mailboxes belong to companies, with these numbers in the company register, and those for a task (info@, "
                        + "sales@) "
                        + $"belong to nobody in person: {string.Join(", ", numbers.Select(pair => $"{pair.Key} {pair.Value}"))}."
                )
            );
        sentences.AddRange(OfLists(record, sender));
        return sentences;
    }

    /// <summary>Of what stands in the files, and of what the mailing is beside it.</summary>
    static IEnumerable<StartSentence> OfLists(StartRecord record, string sender)
    {
        if (record["history", "answer"] is { } history && record.Day("history", "since") is { } kept)
            yield return new(
                "history",
                history == "all"
                    ? $"Every marketing message of {sender} since {Text(kept)} is in the files."
                    : $"Not every marketing message of {sender} since {Text(kept)} is in the files."
            );
        if (record["confirmed", "answer"] == "clicked")
            yield return new(
                "confirmed",
                "A time of confirmation in the files is the moment at which that person clicked a link in a mail."
            );
        if (record.Flag("job", "answer") == true && record["job", "why"] is { } why)
            yield return new(
                "job",
                $"The mailing is about its recipients' work: {why}. These domains' addresses are used for work: "
                    + $"{(StartPeople.WorkDomainsOf(record) is { Count: > 0 } domains ? string.Join(", ", domains) : "none named")}."
            );
        if (record["charity", "purposes"] is { } purposes)
            yield return new(
                "charity",
                $"{sender} is registered as a charity ({record["charity", "number"] ?? "no number named"}). What people gave or did "
                    + (purposes == "ours" ? "went to its own purposes. " : "went to something else. ")
                    + (
                        record["charity", "only"] == "cause"
                            ? "This mailing is about its own purposes and nothing else."
                            : "This mailing is not, or not only, about its own purposes."
                    )
            );
    }

    static string Until(StartWay form, StartRecord record) =>
        StartWayQuestions.LastDay(form, record) is { } last ? $"until {Text(last)}" : "on";

    static string Kind(string kind) =>
        kind switch
        {
            "A" => "an empty box to tick for yes",
            "B" => "a box that came ticked",
            "C" => "an empty box to tick for no",
            "D" => "a line that says how to say no",
            "E" => "somebody who asked them",
            _ => "nothing about marketing",
        };

    static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["box.names_us"] = "the words name the business and email",
        ["box.says_what"] = "they say what will be sent and how often, without an end",
        ["box.apart"] = "it was separate from the terms, and people could order without it",
        ["box.can_stop"] = "the words say that people can stop at any time",
        ["box.easy"] = "saying no was simple and free",
        ["box.no_goes_to_list"] = "whoever said no there is in the list of opt-outs",
        ["notice.marketing"] = "it said that the address is used for marketing",
        ["notice.interest"] = "it named the business's own interest",
        ["notice.object"] = "the right to object was set apart",
        ["notice.given"] = "it said who the business is and how long the data are kept",
        ["notice.fair"] = "the address was fairly obtained",
        ["email.stop"] = "a simple and free way to unsubscribe that works",
        ["email.identified"] = "the business's name",
        ["email.address"] = "an address that takes requests to stop",
        ["email.advert"] = "it is plainly an advert, with clear conditions",
        ["email.object"] = "the right to object, set apart",
        ["email.notice"] = "a link to the privacy notice",
        ["email.pixel"] = "an image or link that reports who opened or clicked",
    };

    /// <summary>What was said, a yes or a no to each.</summary>
    static string Answers(StartRecord record, string question, string words) =>
        record.Answers.TryGetValue(question, out var fields)
        && string.Join(
            "; ",
            fields
                .Where(field => Words.ContainsKey($"{words}.{field.Key}"))
                .Select(field => $"{Words[$"{words}.{field.Key}"]}: {field.Value}")
        )
            is { Length: > 0 } said
            ? said
            : "nothing was answered";

    /// <summary>Phrases that once read otherwise and said the same: a signature under the former words still counts.</summary>
    static readonly (string Now, string Formerly)[] Reworded =
    [
        (" is in the files.", " stands in the files."),
        ("whoever said no there is in the list of opt-outs", "whoever said no there stands in the list of opt-outs"),
        ("the words say that people can stop at any time", "the words say that one can stop at any time"),
        ("it was separate from the terms, and people", "it stood apart from the terms, and people"),
        (". About the notice: ", ". Of the notice: "),
        ("About the mailing: ", "Of the mailing: "),
        ("Everybody whose country no file names is in ", "Everybody of whom no file says where they are is in "),
        ("sales@) belong to nobody in person: ", "sales@) are nobody's own: "),
        ("nothing was answered", "nothing was said"),
    ];

    /// <summary>A sentence in its former words; as it reads now where none of them changed.</summary>
    internal static string Formerly(string says) =>
        Reworded.Aggregate(says, (text, phrase) => text.Replace(phrase.Now, phrase.Formerly, StringComparison.Ordinal));

    static string Text(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
