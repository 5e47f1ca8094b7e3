using MaySend.Evidence.Countries;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Console.Evidence;

/// <summary>An entry about the controller in words: what it is, and what it says line by line.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Which.</param>
/// <param name="Page">The page on which its like are described.</param>
/// <param name="Lines">What it says; what is not said is left out.</param>
sealed record ControllerWords(string Kind, string Name, string Page, IReadOnlyList<(string Label, string Value)> Lines)
{
    /// <summary>The words of an entry.</summary>
    public static ControllerWords Of(ControllerEntry entry) =>
        entry switch
        {
            SenderDeclared sender => new(
                "Sender",
                sender.Id,
                "senders",
                Said(
                    ("Legal name", sender.Name),
                    ("Established in", sender.Establishment is { } country ? CountryNames.NameOf(country) : null),
                    ("A charity by statute", Maybe(sender.StatutoryCharity)),
                    ("Authorised for pensions", Maybe(sender.AuthorisedForPensions)),
                    ("Trade", sender.Trade is { } trade ? Format.Words(trade) : null),
                    ("Brands", sender.Brands?.ToString()),
                    ("Topics", sender.Topics?.ToString()),
                    ("Topics no longer written about", sender.RetiredTopics?.ToString())
                )
            ),
            CollectionPointVersion point => new("Form", point.Point, "points", [.. Point(point)]),
            TemplateVersion template => new("Template", template.Template, "templates", [.. Template(template)]),
            ProductMapSigned map => new(
                "Product map",
                map.Id,
                "map",
                Said(
                    ("Products", Format.Count(map.Products.Length)),
                    (
                        "Families",
                        string.Join(", ", map.Products.Select(one => one.Family).Distinct().Order(StringComparer.Ordinal).Take(30))
                    ),
                    ("Ranges", string.Join(", ", map.Products.Select(one => one.Range).Distinct().Order(StringComparer.Ordinal).Take(30)))
                )
            ),
            StatementSigned statement => new(
                "Statement",
                statement.Sender,
                "statements",
                Said(
                    ("It says", Sentence(statement)),
                    ("Channels", statement.Channels.ToString()),
                    ("Since", Format.Day(statement.Since)),
                    ("Until", statement.Until is { } until ? Format.Day(until) : null)
                )
            ),
            AssessmentRecorded assessment => new("Assessment", assessment.Id, "assessments", Said(("Title", assessment.Title))),
            PolicySet policy => new(
                "House policy",
                policy.Id,
                "policy",
                [.. policy.Switches.Select(one => (Format.Words(one.Key), one.Value ? "on" : "off"))]
            ),
            CampaignRegistered registered => new("Campaign", registered.Campaign.Id, "campaigns", []),
            _ => new(Format.Sentence(Format.Words(MaySend.Evidence.Store.EntryKinds.Of(entry))), entry.Id, "", []),
        };

    /// <summary>What a statement states, as a sentence.</summary>
    public static string Sentence(StatementSigned statement) =>
        (statement.Says, statement.Answer) switch
        {
            (_, null) => "Nothing: the statement says neither yes nor no.",
            (StatementKind.OffersToChildren, true) => "It offers its goods or services to children.",
            (StatementKind.OffersToChildren, false) => "It offers nothing to children.",
            (StatementKind.RefusalsComplete, true) => "Every opt-out on these channels since that day is on record.",
            (StatementKind.RefusalsComplete, false) => "Opt-outs on these channels may be missing.",
            (StatementKind.MarketingOnlyThroughTemplates, true) => "All its marketing since that day used templates on record.",
            (StatementKind.MarketingOnlyThroughTemplates, false) => "Some of its marketing used templates that are not on record.",
            (StatementKind.SendsComplete, true) => "Every marketing message since that day is on record, person by person.",
            _ => "Marketing messages may be missing from the record.",
        };

    /// <summary>A box as one line.</summary>
    public static string Of(Box box) =>
        $"{box.Id}: a tick says {(box.Kind == BoxKind.OptIn ? "yes" : "no")} to {box.Channels?.ToString() ?? "no channel named"}, "
        + $"{box.Topics?.ToString() ?? "no topic named"}{(box.TickedByDefault == true ? "; it was already ticked" : "")}"
        + (box.Wording.Length > 0 ? $". {box.Wording}" : "");

    static IEnumerable<(string, string)> Point(CollectionPointVersion point)
    {
        yield return ("In use", Period(point.From, point.Until));
        foreach (var flag in Flags.OfPoints)
            if (flag.Of(point.Shown) is { } said)
                yield return (flag.Label, Format.YesNo(said));
        foreach (var box in point.Boxes is { IsDefaultOrEmpty: false } boxes ? boxes : [])
            yield return ($"Box {box.Id}", Of(box));
        if (point.Wording.Length > 0)
            yield return ("Wording", point.Wording);
        if (point.ScreenshotDigest is { } digest)
            yield return ("Screenshot", $"fingerprint {digest[..Math.Min(12, digest.Length)]}");
    }

    static IEnumerable<(string, string)> Template(TemplateVersion template)
    {
        yield return ("Sender and channel", $"{template.Sender}, {Format.Words(template.Channel)}");
        yield return ("In use", Period(template.From, template.Until));
        foreach (var flag in Flags.OfTemplates)
            if (flag.Of(template) is { } said)
                yield return (flag.Label, Format.YesNo(said));
        foreach (
            var (label, said) in Said(
                ("One use of it stops", template.RefusalScope),
                ("It is used in the medium of the message", template.RefusalMedium),
                ("Labels", template.Labels?.ToString()),
                ("Tracking", template.Tracking)
            )
        )
            yield return (label, Format.Words(said));
    }

    static string Period(DateOnly from, DateOnly? until) =>
        until is { } end ? $"{Format.Day(from)} until {Format.Day(end)}" : $"since {Format.Day(from)}";

    static string? Maybe(bool? said) => said is null ? null : Format.YesNo(said);

    static IReadOnlyList<(string Label, string Value)> Said(params (string Label, string? Value)[] lines) =>
        [.. lines.Where(line => !string.IsNullOrEmpty(line.Value)).Select(line => (line.Label, line.Value!))];
}
