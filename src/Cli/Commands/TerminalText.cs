using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary>Writes text in lines of at most 80 columns, with hanging indents and colour where a terminal shows it.</summary>
static class TerminalText
{
    const int Width = 80;

    /// <summary>
    /// A text behind a label; later lines stand under the text. Words are never cut, except one that is longer than a line.
    /// </summary>
    /// <param name="label">What stands before the first line, with its spaces.</param>
    /// <param name="text">The text.</param>
    /// <param name="style">Spectre style of the text; empty for plain.</param>
    /// <param name="labelStyle">Spectre style of the label.</param>
    public static void Write(string label, string text, string style = "", string labelStyle = "")
    {
        var head = label;
        foreach (var line in Lines(text, Width - label.Length))
        {
            AnsiConsole.MarkupLine($"{Styled(head, labelStyle)}{Styled(line, style)}".TrimEnd());
            head = new string(' ', label.Length);
        }
    }

    /// <summary>An empty line.</summary>
    public static void Blank() => Console.WriteLine();

    /// <summary>A heading with a line under it.</summary>
    public static void Heading(string text)
    {
        Write("", text, "bold");
        Write("", new string('─', Math.Min(text.Length, Width)), "grey");
    }

    /// <summary>Two texts side by side behind a label.</summary>
    public static void Columns(string label, string left, string right, string style = "")
    {
        const int LabelWidth = 11,
            ColumnWidth = 33;
        var (lefts, rights) = (Lines(left, ColumnWidth).ToList(), Lines(right, ColumnWidth).ToList());
        for (var row = 0; row < Math.Max(lefts.Count, rights.Count); row++)
        {
            var cells = $"{(row < lefts.Count ? lefts[row] : ""), -ColumnWidth}   {(row < rights.Count ? rights[row] : "")}".TrimEnd();
            AnsiConsole.MarkupLine($"{Styled($"{(row == 0 ? label : ""), -LabelWidth}", "grey")}{Styled(cells, style)}");
        }
    }

    static string Styled(string text, string style) =>
        style.Length == 0 || text.Trim().Length == 0 ? text.EscapeMarkup() : $"[{style}]{text.EscapeMarkup()}[/]";

    static IEnumerable<string> Lines(string text, int width)
    {
        var line = "";
        foreach (
            var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(word => word.Chunk(width).Select(part => new string(part)))
        )
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
