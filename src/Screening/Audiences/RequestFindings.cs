using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Reading;

namespace MaySend.Screening.Audiences;

/// <summary>
/// What is worth knowing about the requests to stop in an audience's files, and changes no verdict: names nobody bears, a register that may
/// begin later than was said.
/// </summary>
sealed class RequestFindings
{
    readonly Dictionary<RequestScope, (int Rows, string First)> scopes = [];
    DateOnly? oldest;

    /// <summary>Looks at one row.</summary>
    public void Look(ContactEntry entry, CsvRows row)
    {
        if (RequestWidth.NamedIn(entry) is not { } scope)
            return;
        scopes[scope] = scopes.TryGetValue(scope, out var seen)
            ? (seen.Rows + 1, seen.First)
            : (1, string.Create(CultureInfo.InvariantCulture, $"{row.File}:{row.Row}"));
        if (entry is RefusalMade { When.Day: var day } && day > DateOnly.MinValue && !(oldest <= day))
            oldest = day;
    }

    /// <summary>Takes what was looked at elsewhere, in the order of the files.</summary>
    /// <param name="scope">What is named.</param>
    /// <param name="rows">How many rows name it.</param>
    /// <param name="first">Where the first of them stands.</param>
    public void Look(RequestScope scope, int rows, string first) =>
        scopes[scope] = scopes.TryGetValue(scope, out var seen) ? (seen.Rows + rows, seen.First) : (rows, first);

    /// <summary>Takes the day of the oldest entry of the register, found elsewhere.</summary>
    public void Began(DateOnly? day) => oldest = day;

    /// <summary>One sentence for each finding.</summary>
    public IEnumerable<string> Say(ControllerRecord controller, Campaign campaign)
    {
        var found = new SortedDictionary<string, (int Rows, string First)>(StringComparer.Ordinal);
        foreach (var (scope, (rows, first)) in scopes)
        {
            var names = new List<NotUnderstood>();
            RequestWidth.Settle(scope, controller.Names, names);
            foreach (var says in names.Select(name => name.Says))
                found[says] = found.TryGetValue(says, out var before) ? (before.Rows + rows, before.First) : (rows, first);
        }
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
    }
}
