using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Law.Facts;

namespace MaySend.Acceptance.Documents;

/// <summary>
/// Tables in the documents that are written out of the code: between <c>generated</c> and <c>end</c> marks stands exactly what the code
/// says. MAYSEND_UPDATE=1 rewrites them.
/// </summary>
public sealed class GeneratedTests
{
    [Fact]
    public void The_columns_of_every_file_are_those_the_program_reads() => Hold("files.md", "columns", Columns());

    [Fact]
    public void Every_fact_is_documented_with_its_values_and_what_silence_means() => Hold("facts.md", "facts", Facts());

    [Fact]
    public void Who_may_make_what_count_is_documented_as_the_one_check_goes_by() =>
        Hold("authority.md", "authority", "\n" + Entitlements.ToMarkdown());

    static void Hold(string document, string name, string generated)
    {
        var path = Path.Combine(Maysend.Root, "docs", document);
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var begin = $"<!-- generated: {name} -->\n";
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var until = text.IndexOf($"<!-- end: {name} -->", StringComparison.Ordinal);
        (from >= begin.Length && until >= from).ShouldBeTrue($"{document} has no marks for {name}");
        if (Environment.GetEnvironmentVariable("MAYSEND_UPDATE") == "1")
            File.WriteAllText(path, text[..from] + generated + text[until..]);
        else
            text[from..until].ShouldBe(generated, $"{document} is not what the code says; MAYSEND_UPDATE=1 rewrites it");
    }

    static string Columns()
    {
        var text = new StringBuilder();
        foreach (var file in CompanionFiles.All.Prepend(CompanionFiles.People))
        {
            var name = file == CompanionFiles.Collections ? "collections.csv, orders.csv" : $"{file.Name}.csv";
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"\n### {name}\n\n{Capital(file.Says)}.\n\n| column | value | says |\n|---|---|---|\n"
            );
            foreach (var column in file.Columns)
                text.Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"| `{column.Name}`{(column.IsRequired ? " (required)" : "")} | {Cell(column.Form)} | {Cell(column.Meaning)} |\n"
                );
        }
        return text.Append('\n').ToString();
    }

    static string Facts()
    {
        var text = new StringBuilder();
        foreach (var scope in Enum.GetValues<Scope>())
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"\n### {scope.Word()}\n\n{Silent(scope)}\n\n| fact | says | value | silence |\n|---|---|---|---|\n"
            );
            foreach (var fact in Vocabulary.Of(scope))
                text.Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"| `{fact.Name}` | {Cell(fact.Meaning)} | {Cell(fact.Form)} | {SilenceOf(fact)} |\n"
                );
        }
        return text.Append('\n').ToString();
    }

    static string SilenceOf(Fact fact) =>
        !fact.IfSilent.IsRecorded ? "not evidenced"
        : fact is DayFact ? "no limit"
        : fact.Write(fact.IfSilent);

    static string Silent(Scope scope) =>
        !scope.IsRecord() ? "One for each campaign or recipient."
        : scope.SilenceOf() == Silence.NoneIfOurRegisterIsComplete
            ? "Many for each recipient. No record means there is none, but only where our own register for this sender "
                + "and channel is attached, readable and declared complete; otherwise it is not evidenced."
        : "Many. No record is not evidenced: it shows neither that there is one nor that there is none.";

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
