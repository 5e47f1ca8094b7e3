using System.Globalization;
using System.Text;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Statements;

/// <summary>The people whose law is the same, and their decision as steps of the statement.</summary>
sealed class LawSlice
{
    readonly string name;
    readonly IReadOnlyList<string> countries;
    readonly NodeMaker maker;
    readonly KeySql send;
    readonly KeySql process;
    string rows = "";

    /// <summary>Makes the steps of a slice.</summary>
    /// <param name="name">What the names of its steps begin with.</param>
    /// <param name="countries">The cells of <c>recipient_countries</c> that belong to it; blank for not known.</param>
    /// <param name="formula">The decision, with what the campaign settles folded away.</param>
    /// <param name="campaign">The campaign it was folded for.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="shared">Holds the limbs of the whole statement.</param>
    /// <param name="reasons">Numbers the reasons of the whole statement.</param>
    public LawSlice(
        string name,
        IReadOnlyList<string> countries,
        DecisionFormula formula,
        CampaignFacts campaign,
        Dialect dialect,
        SharedLimbs shared,
        ReasonCodes reasons
    )
    {
        (this.name, this.countries) = (name, countries);
        maker = new NodeMaker(new Leaves(dialect), shared, reasons, name, campaign.Sender[Sender.RefusalsComplete].IsRecorded);
        var hasAssessments = !campaign.Assessments.IsEmpty;
        send = new KeySql(formula.Send, maker, reasons, hasAssessments);
        process = new KeySql(formula.Process, maker, reasons, hasAssessments);
        shared.AddRaw(maker.Raw);
    }

    /// <summary>Adds the steps, each followed by a comma.</summary>
    public void WriteSteps(StringBuilder text, Dialect dialect)
    {
        var columns = string.Join(", ", maker.OfPeople.Prepend(FactTables.Contact));
        text.Append(
            CultureInfo.InvariantCulture,
            $"{name} {dialect.As} (\n  SELECT {columns}\n  FROM {SharedLimbs.Step(Scope.Recipient)}\n  WHERE {Are(countries)}\n),\n"
        );
        foreach (var records in maker.Records)
            records.WriteTotal(text, name, dialect);
        rows = maker.People.Rows(text, name, dialect);
    }

    /// <summary>Adds the query that gives a row for each person of the slice.</summary>
    public void WriteRows(StringBuilder text)
    {
        string[] columns =
        [
            $"{FactTables.Contact} AS {FactTables.Contact}",
            $"{send.Truth.Sql} AS send_key",
            $"{process.Truth.Sql} AS process_key",
            $"{send.Reason.Sql} AS send_reason",
            $"{process.Reason.Sql} AS process_reason",
        ];
        text.Append(CultureInfo.InvariantCulture, $"  SELECT {string.Join(", ", columns)}\n  FROM {rows}\n");
    }

    static string Cell => FactTables.Column(Recipient.Countries);

    /// <summary>True for people with one of these cells.</summary>
    public static string Are(IEnumerable<string> cells) =>
        $"COALESCE({Cell}, '') IN ({string.Join(", ", cells.Select(cell => $"'{cell}'"))})";

    /// <summary>True for people with none of these cells.</summary>
    public static string AreNot(IEnumerable<string> cells) =>
        $"COALESCE({Cell}, '') NOT IN ({string.Join(", ", cells.Select(cell => $"'{cell}'"))})";
}
