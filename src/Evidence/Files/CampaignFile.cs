using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Evidence.Files;

/// <summary>
/// Reads a campaign: who sends what, over which channel, on which day. An unknown sender, channel, family or template is a problem with its
/// place.
/// </summary>
public static class CampaignFile
{
    /// <summary>Reads the file against what the controller has on record; null when it cannot be used.</summary>
    public static Campaign? Read(string path, ControllerRecord controller, Problems problems)
    {
        if (YamlTree.ReadFile(path, path, problems) is not { } root)
            return null;
        var map = MapReader.Open(root, problems, new Place(path));
        var (day, until) = Days(map);
        var campaign = new Campaign(map.Text("campaign"), map.Text("sender"), Word(map, "channel", Message.Channel, null) ?? "", day)
        {
            Until = until,
            Purpose = Word(map, "purpose", Message.Purpose, "direct-marketing")!,
            Judged = FileValues.Signature(map),
            Template = map.OptionalText("template"),
            Topics = [.. map.Texts("topics")],
            Families = [.. map.Texts("families")],
            Products = [.. map.Texts("products")],
            ThirdPartyContent = FileValues.Flag(map, "third_party_content"),
            SolePurposeCharitable = FileValues.Flag(map, "sole_purpose_charitable"),
            SentOrInstigated = FileValues.Flag(map, "sent_or_instigated") ?? true,
            Profiling = FileValues.Flag(map, "profiling"),
            SpecialCategoryTargeting = FileValues.Flag(map, "special_category_targeting"),
            RelatesToJob = FileValues.Flag(map, "relates_to_job"),
            CallingLineShown = FileValues.Flag(map, "calling_line_shown"),
            RegulatedSubject = Word(map, "regulated_subject", Message.RegulatedSubject, "none")!,
            Calls = ReadCalls(map),
            RunningContract = FileValues.Flag(map, "running_contract"),
            Political = FileValues.Flag(map, "political"),
            FurtherSelected = FileValues.Flag(map, "further_selected"),
            NeededFor = map.Has("needed_for") ? [.. FileValues.Words(map, "needed_for", Message.NeededFor.Words)!.Names] : ["none"],
        };
        map.OptionalText("title");
        Check(campaign, controller, map);
        map.Done();
        return campaign;
    }

    static CallDetails? ReadCalls(MapReader map)
    {
        if (map.OptionalMap("calls") is not { } calls)
            return null;
        var hours = calls.Texts("hours");
        if (Hours.Read(hours, out var problem) is null)
            calls.Problem("hours", problem);
        var read = new CallDetails
        {
            Hours = [.. hours],
            LineRegistered = FileValues.Flag(calls, "line_registered"),
            Range = FileValues.Word(calls, "range", Calling.CallingRange),
            SenderName = FileValues.Word(calls, "sender_name", Calling.SenderNameRegistered),
            MachineDisclosed = FileValues.Flag(calls, "machine_disclosed"),
            UploadAnnounced = FileValues.Flag(calls, "upload_announced"),
        };
        calls.Done();
        return read;
    }

    /// <summary><c>day: 2026-03-10</c>, or <c>days: 2026-03-10..2026-03-14</c>, of which the last belongs to it.</summary>
    static (DateOnly Day, DateOnly? Until) Days(MapReader map)
    {
        if (!map.Has("days"))
            return (FileValues.Day(map, "day"), null);
        if (map.Has("day"))
            map.Problem("days", "`day` and `days` are both given", "give one of them: a day, or days from..until");
        map.OptionalText("day");
        var text = map.Text("days");
        if (text.Split("..") is [var first, var last] && FileValues.TryDay(first, out var from) && FileValues.TryDay(last, out var until))
        {
            if (until < from)
                map.Problem("days", $"`{text}` ends before it begins");
            return (from, until == from ? null : until);
        }
        map.Problem("days", $"`{text}` is not two days", "days: 2026-03-10..2026-03-14");
        return default;
    }

    static void Check(Campaign campaign, ControllerRecord controller, MapReader map)
    {
        if (campaign.Sender.Length > 0 && !controller.Senders.ContainsKey(campaign.Sender))
            map.Problem("sender", $"`{campaign.Sender}` is not a sender on record", $"one of {string.Join(", ", controller.Senders.Keys)}");
        if (campaign.Topics.IsEmpty)
            map.Problem("topics", "`topics` is missing", "name what the message is about, in the words offered to people who consent");
        CheckTopics(campaign, map);
        if (campaign is { Judged: null, SentOrInstigated: false })
            map.Problem(
                "sent_or_instigated",
                "nobody has signed that somebody else sends the message",
                "signed: {by, on, reason}: that the sender neither sends it nor has it sent is a judgement a person makes"
            );
        if (campaign.Judged is null && (campaign.Purpose == "service" || campaign.NeededFor is not ["none"]))
            map.Problem(
                "purpose",
                "nobody has signed what the message is for",
                "signed: {by, on, reason}: that a message is service, or needed for a contract, is a judgement a person makes"
            );
        var isMarketing = campaign.Purpose is "direct-marketing";
        if (
            isMarketing
            && campaign.Families.IsEmpty
            && campaign.Products.IsEmpty
            && campaign is { SolePurposeCharitable: not true, Political: not true }
        )
            map.Problem("families", "neither `families` nor `products`", "name what the message advertises");
        var productMap = controller.MapOn(campaign.Day);
        if (productMap is not null)
        {
            var known = productMap.Families.ToHashSet();
            foreach (var unknown in campaign.Families.Where(family => !known.Contains(family)))
                map.Problem(
                    "families",
                    $"`{unknown}` is not a family of the signed product map {productMap.Id}",
                    $"one of {string.Join(", ", known.Order().Take(12))}{(known.Count > 12 ? ", ..." : "")}"
                );
        }
        if (campaign.Template is { } template && controller.Templates.All(version => version.Template != template))
            map.Problem("template", $"`{template}` is not a template on record");
        else if (
            campaign is { Template: not null, Channel.Length: > 0 }
            && controller.Senders.ContainsKey(campaign.Sender)
            && !IsItsTemplate(campaign, controller)
        )
            map.Problem(
                "template",
                $"`{campaign.Template}` is not a template of {campaign.Sender} for {campaign.Channel}",
                "a template vouches only for messages of its own sender and channel"
            );
    }

    /// <summary>
    /// A word for everything leaves open what the message is about. One that the sender does not list does so too, and is told where
    /// requests to stop are: every one of them reaches the message then.
    /// </summary>
    static void CheckTopics(Campaign campaign, MapReader map)
    {
        foreach (var topic in campaign.Topics.Where(topic => !CampaignTopics.IsOne(topic)))
            map.Problem(
                "topics",
                $"`{topic}` does not say what the message is about",
                "name its topics, in the words offered to people who consent"
            );
    }

    /// <summary>The version in force on its day is its own; where none is, any of the template's.</summary>
    static bool IsItsTemplate(Campaign campaign, ControllerRecord controller) =>
        controller.TemplateOn(campaign.Template, campaign.Day, campaign.Day) is { } inForce
            ? inForce.IsFor(campaign.Sender, campaign.Channel)
            : controller.Templates.Any(each => each.Template == campaign.Template && each.IsFor(campaign.Sender, campaign.Channel));

    static string? Word(MapReader map, string key, WordFact fact, string? fallback)
    {
        var word = fallback is null ? map.Text(key) : map.OptionalText(key) ?? fallback;
        if (word.Length == 0 || fact.TryRead(word, out _, out _))
            return word;
        map.Problem(key, $"`{word}` is not one of {fact.Form}");
        return fallback;
    }
}
