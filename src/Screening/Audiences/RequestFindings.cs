using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Tables;
using MaySend.Reading;

namespace MaySend.Screening.Audiences;

/// <summary>
/// What is worth knowing about an audience's files, and changes no verdict: names in requests to stop that nobody bears, ticks that nobody
/// can understand, a register that may begin later than was said, companies without a number.
/// </summary>
sealed class RequestFindings
{
    readonly Dictionary<RequestScope, (int Rows, string First)> scopes = [];
    readonly Dictionary<(string Point, string Boxes), (DetailsCollected Says, int Rows, string First)> ticks = [];
    readonly Dictionary<string, (int Rows, string First)> others = new(StringComparer.Ordinal);
    DateOnly? oldest;

    /// <summary>Looks at one row.</summary>
    public void Look(ContactEntry entry, CsvRows row)
    {
        if (RequestWidth.NamedIn(entry) is null && !TickedBoxes.AreIn(entry) && RegisterNumber.Missing(entry) is null)
            return;
        Look(entry, 1, string.Create(CultureInfo.InvariantCulture, $"{row.File}:{row.Row}"));
        if (entry is RefusalMade { When.Day: var day } && day > DateOnly.MinValue && !(oldest <= day))
            oldest = day;
    }

    /// <summary>Takes what was looked at elsewhere, in the order of the files.</summary>
    public void Look(Requested requests)
    {
        foreach (var (says, rows, first) in requests.Rows)
            Look(says, rows, first);
        oldest = requests.Oldest;
    }

    void Look(ContactEntry says, int rows, string first)
    {
        if (RequestWidth.NamedIn(says) is { } scope)
            scopes[scope] = scopes.TryGetValue(scope, out var seen) ? (seen.Rows + rows, seen.First) : (rows, first);
        if (RegisterNumber.Missing(says) is { } missing)
            others[missing] = others.TryGetValue(missing, out var before) ? (before.Rows + rows, before.First) : (rows, first);
        if (says is not DetailsCollected { Boxes: { IsEmpty: false } boxes } collected)
            return;
        var about = (collected.Point ?? "", string.Join(' ', boxes.Where(box => box.Value).Select(box => box.Key)));
        ticks[about] = ticks.TryGetValue(about, out var known) ? known with { Rows = known.Rows + rows } : (collected, rows, first);
    }

    /// <summary>One sentence for each finding.</summary>
    public IEnumerable<string> Say(ControllerRecord controller, Campaign campaign)
    {
        var found = new SortedDictionary<string, (int Rows, string First)>(StringComparer.Ordinal);
        foreach (var (scope, (rows, first)) in scopes)
        {
            var names = new List<NotUnderstood>();
            RequestWidth.Settle(scope, controller.Names, names);
            foreach (var name in names)
                Add(name.Says, rows, first);
        }
        foreach (var (collected, rows, first) in ticks.Values)
        foreach (var box in TickedBoxes.NotUnderstood(collected, controller))
            Add(TickedBoxes.Says(collected, box), rows, first);
        foreach (var (says, (rows, first)) in others)
            Add(says, rows, first);
        foreach (var (says, (rows, first)) in found)
            yield return string.Create(CultureInfo.InvariantCulture, $"{says} ({Amount.Of(rows, "row")}, the first at {first})");
        var unknown = new List<string>();
        CampaignTopics.Of(campaign, controller.Names, unknown);
        foreach (var topic in unknown)
            yield return $"`{topic}` is not a topic of {campaign.Sender} on record, so every request to stop applies to the campaign";
        var complete = controller.Statement(campaign.Sender, StatementKind.RefusalsComplete, campaign.Day, campaign.Channel);
        if (complete is { Answer: true } && complete.SpeaksFrom() is { } since && since < oldest)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"the register of refusals is declared complete since {since:d MMM yyyy}, but its oldest entry is from {oldest:d MMM yyyy}"
            );

        void Add(string says, int rows, string first) =>
            found[says] = found.TryGetValue(says, out var before) ? (before.Rows + rows, before.First) : (rows, first);
    }
}
