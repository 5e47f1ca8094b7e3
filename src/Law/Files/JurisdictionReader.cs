using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Files;

/// <summary>Reads one <c>jurisdiction.yaml</c>.</summary>
static class JurisdictionReader
{
    public static Jurisdiction Read(YamlTree root, string name, Problems problems)
    {
        var map = MapReader.Open(root, problems, new Place(name));
        var folder = Path.GetDirectoryName(name)!.Replace('\\', '/');
        var id = map.Text("jurisdiction");
        if (id.Length > 0 && id != folder)
            map.Problem("jurisdiction", $"`{id}` does not match the folder", $"jurisdiction: {folder}");
        var zone = map.Text("zone");
        if (zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            map.Problem("zone", $"`{zone}` is not a time zone", "such as Europe/London");
        var reach = map.OptionalMap("reach");
        var jurisdiction = new Jurisdiction
        {
            Id = id,
            Name = map.Text("name"),
            Zone = zone,
            Confidence = map.Word("confidence", LawWords.Confidences, Confidence.Low, isRequired: true),
            SendLaw = map.OptionalText("send_law") ?? id,
            ProcessLaw = map.OptionalText("process_law") ?? id,
            SendReachesRecipients = reach?.Word("send_to_people_here", LawWords.YesNo, true) ?? true,
            SendReachesSenders = reach?.Word("send_by_senders_here", LawWords.YesNo, false) ?? false,
            ProcessReachesSenders = reach?.Word("process_by_senders_here", LawWords.YesNo, true) ?? true,
            ProcessReachesRecipients = reach?.Word("process_of_people_here", LawWords.YesNo, true) ?? true,
            ReachCite = reach?.Text("cite") ?? "",
            ReachNote = reach?.OptionalText("note"),
            IsEverywhere = map.Word("everywhere", LawWords.YesNo, false),
            UnknownCountry = map.Word("unknown_country", LawWords.Unknowns, UnknownCountry.Never),
            AlsoCalled = [.. map.Texts("also_called")],
            Information = [.. map.Entries("information").Select(entry => (entry.Key.Text, entry.Value is YamlText text ? text.Text : ""))],
            Reviewed = LawWords.Reviewed(map),
            Place = new Place(name, 1, 1),
        };
        reach?.Done();
        map.Done();
        return jurisdiction;
    }
}
