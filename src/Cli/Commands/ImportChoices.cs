using System.Collections.Immutable;
using System.CommandLine;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Cli.Commands;

/// <summary>
/// What only a person can say about a file somebody brings, as options: the same wherever a file is read, to import it or to screen it.
/// </summary>
sealed class ImportChoices
{
    readonly Option<string?> mapping = new("--mapping")
    {
        Description = "a mapping file (YAML) that says which of the file's columns is which of MaySend's",
    };
    readonly Option<string?> format = new("--format")
    {
        Description = $"one of {string.Join(", ", ImportFormats.All.Select(known => known.Name))}; detected unless you name it",
    };
    readonly Option<string?> sender = new("--account") { Description = "the sender whose account or shop the file comes from" };
    readonly Option<string?> point = new("--point") { Description = "the collection point these people came through" };
    readonly Option<string?> tillPoint = new("--till-point")
    {
        Description = "the collection point of sales that the file says were made at a counter (Shopify: Source is pos)",
    };
    readonly Option<string?> zone = Inputs.Zone();
    readonly Option<string?> encoding = new("--encoding") { Description = "the text encoding if it is not utf-8, such as windows-1252" };
    readonly Option<string?> delimiter = new("--delimiter")
    {
        Description = "the separator between fields: , ; | or tab; detected unless you name it",
    };
    readonly Option<string[]> columns = new("--column")
    {
        Description = "a MaySend column and its name in the file; may be repeated",
        HelpName = "OURS=THEIRS",
    };
    readonly Option<string[]> constants = new("--constant")
    {
        Description = "a MaySend column and its value for every row; may be repeated",
        HelpName = "OURS=VALUE",
    };
    readonly Option<string[]> dates = new("--dates") { Description = "how dates are written, such as dd.MM.yyyy; may be repeated" };
    readonly Option<string[]> stops = new("--stop-column")
    {
        Description =
            "a column of the file that says who opted out, and the words that say so (`said`: whatever says so; without words: any value "
            + "that is not a no); may be repeated",
        HelpName = "COLUMN[=WORD,...]",
    };
    readonly Option<string[]> only = new("--only")
    {
        Description = "take only rows with one of these words in a column; may be repeated",
        HelpName = "COLUMN=WORD,...",
    };
    readonly Option<string[]> ignored = new("--ignore-column")
    {
        Description = "a column of the file to ignore, whatever it holds; may be repeated",
        HelpName = "COLUMN",
    };
    readonly Option<string?> fileIs = new("--file-is")
    {
        Description = "what a file holds if its name mentions opt-outs: opt-outs (everybody in it opted out) or list",
    };
    readonly Option<bool> leaveOut = new("--leave-out-bad-addresses")
    {
        Description = "leave out and list rows whose address is not valid, instead of rejecting the file",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="ownsSender">False where the command has an option for the sender's folder under the name of the sender.</param>
    public void AddTo(Command command, bool ownsSender = true)
    {
        if (ownsSender)
            sender.Aliases.Add("--sender");
        foreach (
            var option in new Option[]
            {
                mapping,
                format,
                sender,
                point,
                tillPoint,
                encoding,
                delimiter,
                columns,
                constants,
                dates,
                stops,
                only,
                ignored,
                fileIs,
                leaveOut,
            }
        )
            command.Options.Add(option);
        if (ownsSender)
            command.Options.Add(zone);
    }

    /// <summary>The choices made; ends the operation when one cannot be used.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="zoneOf">The zone where the command has an option of its own for it.</param>
    public ImportOptions Read(ParseResult parsed, TimeZoneInfo? zoneOf = null)
    {
        var chosen = parsed.GetValue(mapping) is { } path ? MappingFile.Read(path) : new ImportOptions();
        var named = Pairs(parsed.GetValue(columns), "--column");
        return chosen with
        {
            Format = parsed.GetValue(format) ?? chosen.Format,
            Sender = parsed.GetValue(sender) ?? chosen.Sender,
            Point = parsed.GetValue(point) ?? chosen.Point,
            TillPoint = parsed.GetValue(tillPoint) ?? chosen.TillPoint,
            Zone = zoneOf ?? Inputs.ReadZone(parsed.GetValue(zone)) ?? chosen.Zone,
            Encoding = parsed.GetValue(encoding) ?? chosen.Encoding,
            Delimiter = Delimiter(parsed.GetValue(delimiter)) ?? chosen.Delimiter,
            LeaveOutBadAddresses = parsed.GetValue(leaveOut) || chosen.LeaveOutBadAddresses,
            Stops = chosen.Stops.SetItems(Pairs(parsed.GetValue(stops), "--stop-column", needsWords: false)),
            Only = chosen.Only.SetItems(Pairs(parsed.GetValue(only), "--only")),
            Ignored = chosen.Ignored.Union(parsed.GetValue(ignored) ?? []),
            FileIs = FileIs(parsed.GetValue(fileIs)) ?? chosen.FileIs,
            Layout = chosen.Layout with
            {
                Columns = chosen.Layout.Columns.SetItems(named.Select(pair => KeyValuePair.Create(pair.Key, pair.Value[0]))),
                Constants = chosen.Layout.Constants.SetItems(
                    Pairs(parsed.GetValue(constants), "--constant").Select(pair => KeyValuePair.Create(pair.Key, pair.Value[0]))
                ),
                Dates = [.. parsed.GetValue(dates) ?? [], .. chosen.Layout.Dates],
            },
        };
    }

    static List<KeyValuePair<string, ImmutableArray<string>>> Pairs(string[]? given, string option, bool needsWords = true)
    {
        var pairs = new List<KeyValuePair<string, ImmutableArray<string>>>();
        foreach (var text in given ?? [])
        {
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            string[] words =
                cut < 0 ? [] : text[(cut + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (cut == 0 || (needsWords && words.Length == 0))
                throw new BadInputException(new Place(option), $"`{text}` does not give a column and a value", "NAME=WORD");
            pairs.Add(KeyValuePair.Create((cut < 0 ? text : text[..cut]).Trim(), words.ToImmutableArray()));
        }
        return pairs;
    }

    static char? Delimiter(string? text) =>
        text switch
        {
            null => null,
            "tab" => '\t',
            "," or ";" or "|" => text[0],
            _ => throw new BadInputException(new Place("--delimiter"), $"`{text}` is an unknown delimiter", ", ; | or tab"),
        };

    static NamedFile? FileIs(string? text) =>
        text is null ? null
        : MappingFile.FileKinds.TryGetValue(text, out var kind) ? kind
        : throw new BadInputException(new Place("--file-is"), $"`{text}` is neither opt-outs nor list", "opt-outs or list");
}
