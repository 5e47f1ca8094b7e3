using System.Collections.Immutable;
using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Law;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Screening;
using MaySend.Screening.Audiences;
using MaySend.Screening.Outputs;
using MaySend.Screening.Reports;
using MaySend.Warehouse.Exports;
using MaySend.Warehouse.Statements;
using MaySend.Warehouse.Tables;
using Sylvan.Data.Csv;

namespace MaySend.Warehouse.Runs;

/// <summary>
/// One screening where the tables are: checks them, decides about everybody and the canary in one run, compares, counts, and only
/// then writes the lists, the same that a screening of the files they were made of writes. Whatever is wrong, missing or fewer than it
/// was ends the run, and then nothing is written.
/// </summary>
/// <param name="warehouse">Where the tables are.</param>
/// <param name="decider">The law.</param>
/// <param name="cases">The facts of the law's cases, of which the canary is made.</param>
/// <param name="prefix">What stands before the names of tables.</param>
public sealed class WarehouseScreening(IWarehouse warehouse, Decider decider, IReadOnlyList<FactsDraft> cases, string prefix = "")
{
    const string Verdicts = "maysend_verdicts";

    /// <summary>What stands before the names of the tables once they are held still.</summary>
    string prefix = prefix;

    /// <summary>Screens.</summary>
    /// <param name="controller">What the sender has on record.</param>
    /// <param name="state">Names the state of it; must be the one by which the facts were found, where the tables say by which.</param>
    /// <param name="campaign">The campaign on the day asked about.</param>
    /// <param name="knownAt">The day as of which readings of the law are known.</param>
    /// <param name="output">The folder for the lists.</param>
    /// <param name="advance">Gets what is done and how many people.</param>
    /// <exception cref="BadInputException">The tables are not what they must be, or not what the canary needs them to be.</exception>
    public ScreeningSummary Run(
        ControllerRecord controller,
        string state,
        Campaign campaign,
        DateOnly knownAt,
        string output,
        Action<string, long, long?>? advance = null
    )
    {
        advance?.Invoke("checking", 0, null);
        prefix = warehouse.Hold(prefix);
        Concerns(new Conformance(warehouse, prefix).ReadManifest(), campaign, state);
        var (manifest, countries, notes) = new Conformance(warehouse, prefix).Look();
        // A register that is not among the tables shows nothing by its silence, whatever was signed.
        var borneOut = manifest.HasRefusals ? controller : controller.Without(StatementKind.RefusalsComplete);
        Understands(borneOut);
        var facts = CampaignFactFinder.Find(borneOut, campaign);
        var policy = borneOut.PolicyOn(campaign.Day);
        var canary = new CanaryTables(warehouse, prefix, Canary.For(decider, facts, knownAt, policy, countries, cases));
        canary.Make();
        advance?.Invoke("deciding", 0, null);
        var statement = VerdictStatement.For(
            decider,
            borneOut,
            campaign,
            knownAt,
            countries,
            warehouse.Dialect,
            CanaryTables.Together,
            // The time in which engines plan a query grows faster than the query.
            lawsAtOnce: 1
        );
        foreach (var (place, part) in statement.Parts.Index())
        {
            foreach (var first in warehouse.Dialect.Settings(part.Length))
                warehouse.Run(first);
            warehouse.Run($"{(place == 0 ? $"CREATE TEMPORARY TABLE {Verdicts} AS" : $"INSERT INTO {Verdicts}")}\n{part}");
        }
        canary.Compare(Verdicts, statement);
        var summary = Write(manifest, statement, borneOut, campaign, knownAt, output, [.. notes], advance);
        return summary;
    }

    void Concerns(Manifest manifest, Campaign campaign, string state)
    {
        var (problems, place) = (new Problems(), new Place($"{warehouse.Name} {prefix}{Manifest.Table}"));
        if (manifest.Campaign != campaign.Id)
            problems.Add(place, $"the tables hold facts for the campaign {manifest.Campaign}, not for {campaign.Id}");
        else if (manifest.CampaignDigest.Length > 0 && manifest.CampaignDigest != campaign.Digest.ToString())
            problems.Add(place, $"the campaign {campaign.Id} has changed since the facts were found", "fill the tables again");
        if (manifest.Day != campaign.Day)
            problems.Add(
                place,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the tables hold facts for {manifest.Day:yyyy-MM-dd}, not for {campaign.Day:yyyy-MM-dd}"
                ),
                "facts are as of the day of sending; fill the tables for that day"
            );
        if (manifest.Controller.Length > 0 && manifest.Controller != state)
            problems.Add(place, "what the sender has on record has changed since the facts were found", "fill the tables again");
        problems.ThrowIfAny();
    }

    /// <summary>
    /// A request to stop that names somebody or something unknown binds as widely as it can (model §8). Who fills the tables must have
    /// settled that: a misspelt name here would bind nobody.
    /// </summary>
    void Understands(ControllerRecord controller)
    {
        var problems = new Problems();
        IsKnown(Refusal.Senders, controller.Names.Senders);
        IsKnown(Refusal.Topics, name => controller.Names.Topics(name, NameSet.Everything));
        problems.ThrowIfAny();

        void IsKnown(Fact fact, Func<string, IEnumerable<string>> known)
        {
            var (table, column) = (FactTables.Of(Scope.Refusal).Name, FactTables.Column(fact));
            var strange = warehouse
                .Ask($"SELECT DISTINCT {column} FROM {prefix}{table} WHERE {column} <> ''")
                .Select(row => NameCell.ReadSet(WarehouseRows.Text(row[0])) ?? NameSet.None)
                .Where(names => !names.IsEverything)
                .SelectMany(names => names.Names)
                .Distinct(StringComparer.Ordinal)
                .Where(name => !known(name).Contains(name, StringComparer.Ordinal))
                .Order(StringComparer.Ordinal)
                .ToList();
            if (strange.Count > 0)
                problems.Add(
                    new Place($"{warehouse.Name} {prefix}{table}"),
                    $"`{column}` names something that is not on record: {string.Join(", ", strange.Take(8))}",
                    "a request to stop that MaySend does not understand stops everything: write `all`"
                );
        }
    }

    ScreeningSummary Write(
        Manifest manifest,
        VerdictStatement statement,
        ControllerRecord controller,
        Campaign campaign,
        DateOnly knownAt,
        string output,
        ImmutableArray<string> notes,
        Action<string, long, long?>? advance
    )
    {
        var steps = new ReasonSteps();
        foreach (var formula in statement.Formulas)
            steps.Learn(formula);
        var tally = new ScreeningTally(decider.Law, steps);
        var mark = string.Create(CultureInfo.InvariantCulture, $"what-if for {campaign.Day:d MMM yyyy}");
        using var files = VerdictFiles.Create(output, manifest.Header, manifest.Delimiter, mark);
        var parts = new Dictionary<int, long>();
        var total = manifest.Counts.Where(count => count.Key.Table == FactTables.People.Name).Sum(count => count.Value);
        var (people, ofARefusedDomain) = (0, 0);
        var columns = FieldsIn(manifest.Header, manifest.Delimiter);
        foreach (var row in warehouse.Ask(Joined))
        {
            var answer = Answer(row, statement, steps, manifest.Delimiter);
            if (manifest.Controller.Length == 0)
            {
                if (FieldsIn(answer.Person.RawRow, manifest.Delimiter) != columns)
                    throw new BadInputException(
                        new Place($"{warehouse.Name} {prefix}{FactTables.People.Name}"),
                        $"`{FactTables.Row}` of contact {WarehouseRows.Text(row[13])} is not one row with the columns of the header",
                        "leave it blank, or write it as the header of the manifest says"
                    );
                // Facts found by us have the rule of the domain among them already.
                if (answer.Verdict == Verdict.Permitted && controller.MayBeOfARefusedDomain(WarehouseRows.Text(row[9])))
                    ofARefusedDomain++;
            }
            files.Write(answer, "");
            var countries = NameCell.ReadSet(WarehouseRows.Text(row[7])) ?? NameSet.None;
            tally.Add(answer.Verdict, answer.Reason, answer.Send, answer.Process, countries.Names);
            var part = (int)WarehouseRows.Number(row[8]);
            parts[part] = parts.GetValueOrDefault(part) + 1;
            if (++people % 4096 == 0)
                advance?.Invoke("writing", people, total);
        }
        foreach (var ((table, part), rows) in manifest.Counts)
            if (table == FactTables.People.Name && parts.GetValueOrDefault(part) != rows)
                throw new BadInputException(
                    new Place(warehouse.Name),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{parts.GetValueOrDefault(part):N0} people of part {part} were decided about, but {rows:N0} are in it: the run is "
                            + $"void"
                    )
                );
        if (ofARefusedDomain > 0)
            throw new BadInputException(
                new Place($"{warehouse.Name} {prefix}{FactTables.People.Name}"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ofARefusedDomain:N0} people who would be permitted are at a domain that asked for no mail, or have no "
                        + $"address to tell"
                ),
                "give each of them a refusals row that names nothing, and everybody an address"
            );
        var summary = new ScreeningSummary
        {
            Campaign = campaign.Id,
            Sender = campaign.Sender,
            Channel = campaign.Channel,
            Day = campaign.Day,
            KnownAt = knownAt,
            Rows = people + manifest.Duplicates,
            Duplicates = manifest.Duplicates,
            Counts = tally.Verdicts,
            Reasons = tally.Reasons,
            PermittedBy = tally.Grounds,
            Countries = tally.Countries,
            Gains = [],
            Law = decider.Law.Digest,
            Policy = [.. controller.PolicyOn(campaign.Day).On.Select(each => each.Name)],
            Id = $"{campaign.Digest}-{decider.Law.Digest}-{controller.PolicyOn(campaign.Day).Digest}",
            Undeliverable = files.LeftOut,
            Notes =
            [
                $"{mark}: do not send from these lists",
                $"decided by {warehouse.Name}, statement {statement.Digest}",
                "only screenings of files or a store work out what would gain most",
                .. manifest.Controller.StartsWith("store:", StringComparison.Ordinal)
                    ? Array.Empty<string>()
                    : ["facts are as they were when the tables were filled; later opt-outs are not among them"],
                .. notes,
                .. manifest.Notes,
            ],
        };
        files.Add("report.html", HtmlReport.Write(summary, decider.Law));
        files.Commit();
        return summary;
    }

    /// <summary>Everybody's answer beside what is written through, in the order of the audience.</summary>
    string Joined =>
        $"SELECT v.verdict, v.send_key, v.process_key, v.reason, v.send_reason, v.process_reason, p.{FactTables.Row}, "
        + $"p.{FactTables.Column(Recipient.Countries)}, p.{FactTables.Part}, p.{FactTables.Address}, p.{FactTables.Deliverable}, "
        + $"p.{FactTables.Bounced}, p.{FactTables.BouncedFor}, p.{FactTables.Contact} "
        + $"FROM {prefix}{FactTables.People.Name} p INNER JOIN {Verdicts} v ON v.{FactTables.Contact} = p.{FactTables.Contact} "
        + $"ORDER BY p.{FactTables.Contact}";

    /// <summary>How many fields a text has as one row; 0 where it is none or several.</summary>
    static int FieldsIn(string text, char delimiter)
    {
        if (!text.AsSpan().ContainsAny("\"\r\n"))
            return 1 + text.AsSpan().Count(delimiter);
        using var reader = CsvDataReader.Create(
            new StringReader(text),
            new CsvDataReaderOptions { HasHeaders = false, Delimiter = delimiter }
        );
        var fields = reader.Read() ? reader.RowFieldCount : 0;
        return reader.Read() ? 0 : fields;
    }

    static Screened Answer(object?[] row, VerdictStatement statement, ReasonSteps steps, char delimiter)
    {
        var verdict = WarehouseRows.Text(row[0]) switch
        {
            "permitted" => Verdict.Permitted,
            "refused" => Verdict.Refused,
            _ => Verdict.NotShown,
        };
        var reason = statement.Reason(row[3]);
        var address = WarehouseRows.Text(row[9]) is { Length: > 0 } text ? text : WarehouseRows.Text(row[13]);
        var written = WarehouseRows.Text(row[6]) is { Length: > 0 } own ? own : CsvCell.Of(address, delimiter);
        return new(
            new Person(address, written, []),
            verdict,
            statement.Reason(row[4]),
            statement.Reason(row[5]),
            reason,
            verdict == Verdict.Permitted ? "both keys turn" : $"{steps.Of(reason, verdict).Label} ({steps.CiteOf(reason)})",
            new Deliverability(
                WarehouseRows.Text(row[10]) switch
                {
                    "yes" => Deliverable.Yes,
                    "no" => Deliverable.No,
                    _ => Deliverable.Unknown,
                },
                WarehouseRows.Day(row[11]),
                row[12] as string
            )
        );
    }
}
