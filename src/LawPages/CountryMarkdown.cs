using System.Globalization;
using System.Text;
using MaySend.Law;

namespace MaySend.LawPages;

/// <summary>The comparison of all countries as a page of documentation: <c>docs/countries.md</c>.</summary>
public static class CountryMarkdown
{
    /// <summary>The whole page.</summary>
    public static string Write(CountryTable table)
    {
        var text = new StringBuilder();
        text.Append(
            string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    # Marketing by email, country by country

                    Made from the law files by `maysend law table --markdown --on {table.Day:yyyy-MM-dd}`; correct it there (`docs/reading-the-law.md`), not here. The law of {table.Day:d MMMM yyyy}, in our words and not those of the statutes; not legal advice.

                    ![Map of Europe coloured by how wide the exception for customers is](pictures/exception.svg)

                    Every country asks for consent before marketing email goes to a person. The *exception* lets a sender write to its own customers without it. A question mark stands for a reading of low confidence, which house policy does not rely on unless told to.
                    *info@* and *named* say how a company's general mailbox and a named employee are treated where no consent and no sale is on record. *Confirm* says that consent must have been confirmed from the address (double opt-in).
                    Everywhere the process key must turn as well. *On file since* is the first day for which both keys can be asked, on every channel; before it nothing is shown.

                    | country | exception | after | channels | lasts | info@ | named | registers for email | confirm | confidence | on file since |
                    |---|---|---|---|---|---|---|---|---|---|---|

                    """
                )
                .ReplaceLineEndings("\n")
        );
        foreach (var row in table.Rows)
            Row(
                text,
                $"{row.Name} (`{row.Id}`)",
                row.Exception ?? "none",
                Contexts(row),
                List(row.Channels),
                row.TimeLimit,
                row.CompanyMailbox,
                row.NamedAtWork,
                List(row.Registers),
                row.AsksForDoubleOptIn ? "yes" : "",
                row.Confidence,
                row.CoveredSince.ToString("d MMM yyyy", CultureInfo.InvariantCulture)
            );
        text.Append("\n![Map of Europe coloured by how sure the law on file is](pictures/confidence.svg)\n");
        text.Append("\nNo folder counts as confirmed before a lawyer has signed it off (`reviewed:`). Signed off so far: ");
        text.Append(
                table.Rows.Any(row => row.Reviewed is not null)
                    ? string.Join(", ", table.Rows.Where(row => row.Reviewed is not null).Select(row => $"{row.Name} ({row.Reviewed})"))
                    : "none"
            )
            .Append(".\n");
        foreach (var row in table.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {row.Name}\n\n");
            foreach (var (label, says) in row.Information)
                text.Append(CultureInfo.InvariantCulture, $"- **{label}**: {says}\n");
        }
        return text.ToString();
    }

    /// <summary>The events of the exception, doubtful ones with a question mark.</summary>
    public static string Contexts(CountryRow row) =>
        List([.. row.Contexts, .. row.DoubtfulContexts.Select(context => $"{context}?")]).Replace('-', ' ');

    static string List(IReadOnlyList<string> items) => string.Join(", ", items);

    static void Row(StringBuilder text, params IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
