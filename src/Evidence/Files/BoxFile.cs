using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Evidence.Files;

/// <summary>Reads the boxes of a form's version, and which of them a row says were ticked.</summary>
static class BoxFile
{
    static readonly IReadOnlyDictionary<string, BoxKind?> Kinds = new Dictionary<string, BoxKind?>
    {
        ["opt-in"] = BoxKind.OptIn,
        ["opt-out"] = BoxKind.OptOut,
    };

    /// <summary>The list at <c>boxes</c>; null where there is none, and then nobody said which boxes there were.</summary>
    public static ImmutableArray<Box>? Read(MapReader version, Shown shown, Problems problems)
    {
        if (!version.Has("boxes"))
            return null;
        var before = problems.List.Count;
        var boxes = version.Items("boxes").Select(node => Read(MapReader.Open(node, problems))).ToImmutableArray();
        // What stands at a place of its own has been named there.
        if (problems.List.Count == before)
            foreach (var fault in BoxList.Faults(boxes, shown))
                version.Problem("boxes", fault);
        return boxes;
    }

    static Box Read(MapReader box)
    {
        var id = box.Text("id");
        if (!box.Has("ticked_by_default"))
            box.Problem("ticked_by_default", "`ticked_by_default` is missing", "yes if the box was already ticked, no if it was empty");
        var read = new Box(id, box.Word("kind", Kinds, null, isRequired: true) ?? BoxKind.OptOut)
        {
            TickedByDefault = FileValues.Flag(box, "ticked_by_default"),
            Senders = FileValues.Names(box, "senders"),
            Channels = FileValues.Words(box, "channels", Words.Channels),
            Topics = FileValues.Names(box, "topics"),
            Wording = box.OptionalText("wording") ?? "",
            Informed = FileValues.Flag(box, "informed"),
            SeparateRequest = FileValues.Flag(box, "separate_request"),
            ToldOfWithdrawal = FileValues.Flag(box, "told_of_withdrawal"),
            ConditionOfService = FileValues.Flag(box, "condition_of_service"),
            Ongoing = FileValues.Flag(box, "ongoing"),
        };
        box.Done();
        return read;
    }

    /// <summary>What a row says of the boxes: <c>news=yes partners=no</c>; null where it says nothing.</summary>
    public static ImmutableSortedDictionary<string, bool>? Ticks(CsvRows row)
    {
        if (row.Optional("boxes") is not { } text)
            return null;
        var ticks = ImmutableSortedDictionary.CreateBuilder<string, bool>(StringComparer.Ordinal);
        foreach (var part in text.Split([' ', ';', '|', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = part.IndexOf('=');
            var ticked = Tick(part[(cut + 1)..]);
            if (cut <= 0 || ticked is not { } isTicked)
                row.Problem(
                    "boxes",
                    $"`{part}` does not say whether a box was ticked",
                    "news=yes partners=no, by the ids of the form's boxes"
                );
            else if (ticks.Keys.Any(id => FormAnswers.IsSameId(id, part[..cut])) || !ticks.TryAdd(part[..cut], isTicked))
                row.Problem("boxes", $"the box `{part[..cut]}` is given twice");
        }
        return ticks.ToImmutable();
    }

    /// <summary>The boxes that a cell of a row that cannot be read says were ticked; none where it speaks of anything else.</summary>
    public static IEnumerable<string> Ticked(string cell) =>
        cell.Split([' ', ';', '|', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => (Part: part, Cut: part.IndexOf('=')))
            .Where(part => part.Cut > 0 && Tick(part.Part[(part.Cut + 1)..]) == true)
            .Select(part => part.Part[..part.Cut]);

    static bool? Tick(string word) =>
        word.ToLowerInvariant() switch
        {
            "yes" or "true" or "1" => true,
            "no" or "false" or "0" => false,
            _ => null,
        };
}
