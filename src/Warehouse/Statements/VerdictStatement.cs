using System.Globalization;
using System.Text;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Reading;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Statements;

/// <summary>
/// The decision of one campaign as SQL over the tables of <see cref="FactTables"/>: a row for each person with both keys and the reasons,
/// the same that deciding each person alone gives (property <c>Every_engine_agrees</c>). One query, or several where an engine plans a
/// long one slowly: each then decides about the people of some laws. Immutable.
/// </summary>
public sealed class VerdictStatement
{
    /// <summary>The reason of people whose countries the statement was not made for: nothing is shown of them.</summary>
    public const string OtherCountries = "statement/other-countries";

    VerdictStatement(
        IReadOnlyList<string> parts,
        IReadOnlyList<string> reasons,
        IReadOnlyList<string> countries,
        IReadOnlyList<DecisionFormula> formulas
    ) => (Parts, Reasons, Countries, Formulas) = (parts, reasons, countries, formulas);

    /// <summary>
    /// The queries, one or more; everybody is in the answer of exactly one. Columns <c>contact</c>, <c>verdict</c> (permitted, refused,
    /// not-shown), <c>send_key</c> and <c>process_key</c> (1 turns, 2 is contradicted, 0 is not shown), <c>reason</c>,
    /// <c>send_reason</c> and <c>process_reason</c> (places in <see cref="Reasons"/> from 1).
    /// </summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>The whole as one text.</summary>
    public string Sql => string.Join(";\n", Parts);

    /// <summary>Every reason code there can be.</summary>
    public IReadOnlyList<string> Reasons { get; }

    /// <summary>The code of a number that the statement gave, whatever an engine calls a number.</summary>
    internal string Reason(object? number) => Reasons[Convert.ToInt32(number, CultureInfo.InvariantCulture) - 1];

    /// <summary>The cells of <c>recipient_countries</c> that it decides about.</summary>
    public IReadOnlyList<string> Countries { get; }

    /// <summary>The decisions it is made of, one for each law.</summary>
    public IReadOnlyList<DecisionFormula> Formulas { get; }

    /// <summary>SHA-256 over the statement: a table of its results and a table of its reasons belong together by it.</summary>
    public Digest Digest => Digest.Of(Sql);

    /// <summary>The statement of a campaign.</summary>
    /// <param name="decider">The law.</param>
    /// <param name="controller">What the controller has on record.</param>
    /// <param name="campaign">What is to be sent, on the day asked about.</param>
    /// <param name="knownAt">The day as of which readings of the law are known.</param>
    /// <param name="countries">The sets of countries that people may have; an empty one for not known.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="prefix">What stands before the names of tables, such as a schema and a dot; blank for nothing.</param>
    /// <param name="lawsAtOnce">How many laws one query may hold.</param>
    public static VerdictStatement For(
        Decider decider,
        ControllerRecord controller,
        Campaign campaign,
        DateOnly knownAt,
        IEnumerable<NameSet> countries,
        Dialect dialect,
        string prefix = "",
        int lawsAtOnce = int.MaxValue
    )
    {
        var facts = CampaignFactFinder.Find(controller, campaign);
        var policy = controller.PolicyOn(campaign.Day);
        return For(
            [
                .. countries
                    .Select(set => (Cell: NameCell.Of(set), Formula: decider.Formula(facts, set, knownAt, policy)))
                    .GroupBy(pair => pair.Formula, pair => pair.Cell, ReferenceEqualityComparer.Instance)
                    .Select(group => ((IReadOnlyList<string>)[.. group.Distinct()], (DecisionFormula)group.Key!)),
            ],
            facts,
            dialect,
            prefix,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{campaign.Id} of {campaign.Sender} by {campaign.Channel} on {campaign.Day:yyyy-MM-dd}\nlaw {decider.Law.Digest}\n"
                    + $"policy {policy.Digest}\ncampaign {campaign.Digest}"
            ),
            lawsAtOnce
        );
    }

    /// <summary>The statement of decisions, each for the people whose cell of <c>recipient_countries</c> is one of some.</summary>
    internal static VerdictStatement For(
        IReadOnlyList<(IReadOnlyList<string> Countries, DecisionFormula Formula)> laws,
        CampaignFacts campaign,
        Dialect dialect,
        string prefix,
        string title,
        int lawsAtOnce = int.MaxValue
    )
    {
        var reasons = new ReasonCodes();
        reasons.Number(OtherCountries);
        string[] cells = [.. laws.SelectMany(law => law.Countries)];
        DecisionFormula[] formulas = [.. laws.Select(law => law.Formula)];
        var groups = laws.Chunk(lawsAtOnce).DefaultIfEmpty([]).ToList();
        if (groups.Count == 1)
            return new(
                [Query(laws, campaign, dialect, prefix, title, Cond.Always, Others(cells), reasons)],
                reasons.Codes,
                cells,
                formulas
            );
        var parts = groups.Select(
            (group, place) =>
                Query(
                    group,
                    campaign,
                    dialect,
                    prefix,
                    string.Create(CultureInfo.InvariantCulture, $"{title}\npart {place + 1} of {groups.Count}"),
                    LawSlice.Are(group.SelectMany(law => law.Countries)),
                    place == 0 ? Others(cells) : Cond.Never,
                    reasons
                )
        );
        return new([.. parts], reasons.Codes, cells, formulas);

        static string Others(string[] cells) => cells.Length == 0 ? Cond.Always : LawSlice.AreNot(cells);
    }

    /// <summary>
    /// The query for the people of some laws: `people` is true for them where the tables hold more, and `others` for those about whom it
    /// says that no law is theirs.
    /// </summary>
    static string Query(
        IReadOnlyList<(IReadOnlyList<string> Countries, DecisionFormula Formula)> laws,
        CampaignFacts campaign,
        Dialect dialect,
        string prefix,
        string title,
        string people,
        string others,
        ReasonCodes reasons
    )
    {
        var other = reasons.Number(OtherCountries);
        var shared = new SharedLimbs();
        var folder = new Folder(campaign);
        var slices = laws.Select(
                (law, place) =>
                    new LawSlice(
                        string.Create(CultureInfo.InvariantCulture, $"s{place + 1}"),
                        law.Countries,
                        law.Formula.Folded(folder),
                        campaign,
                        dialect,
                        shared,
                        reasons
                    )
            )
            .ToList();
        var sql = new StringBuilder();
        foreach (
            var line in title
                .Split('\n')
                .Append("Every row is good for that day only. Generated by MaySend: to change it, change the law " + "files.")
        )
            sql.Append(CultureInfo.InvariantCulture, $"-- {line.ReplaceLineEndings(" ")}\n");
        sql.Append("WITH ");
        shared.Write(sql, dialect, prefix, people);
        foreach (var slice in slices)
            slice.WriteSteps(sql, dialect);
        sql.Append(CultureInfo.InvariantCulture, $"keys_of_all {dialect.As} (\n");
        foreach (var slice in slices)
        {
            slice.WriteRows(sql);
            sql.Append("  UNION ALL\n");
        }
        sql.Append(
            CultureInfo.InvariantCulture,
            $"""
              SELECT {FactTables.Contact} AS {FactTables.Contact},
                0 AS send_key, 0 AS process_key, {other} AS send_reason, {other} AS process_reason
              FROM {prefix}{FactTables.People.Name}
              WHERE {others}
            )
            SELECT {FactTables.Contact} AS {FactTables.Contact},
              CASE WHEN send_key = 1 AND process_key = 1 THEN 'permitted'
                WHEN send_key = 2 OR process_key = 2 THEN 'refused' ELSE 'not-shown' END AS verdict,
              send_key AS send_key,
              process_key AS process_key,
              CASE WHEN send_key = 2 THEN send_reason WHEN process_key = 2 THEN process_reason
                WHEN send_key = 0 THEN send_reason WHEN process_key = 0 THEN process_reason ELSE send_reason END AS reason,
              send_reason AS send_reason,
              process_reason AS process_reason
            FROM keys_of_all
            """
        );
        foreach (var first in dialect.Settings(sql.Length).Reverse())
            sql.Insert(0, $"-- before this: {first}\n");
        return sql.ToString();
    }
}
