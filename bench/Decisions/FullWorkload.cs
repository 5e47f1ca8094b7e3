using MaySend.Law.Cases;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Bench.Decisions;

/// <summary>
/// The law of the United Kingdom as it stands in <c>law/</c>, under the default house policy, for people with three records each. People
/// and records come from the law's own cases, with values changed or taken away, so that every ground and bar is met and missed.
/// </summary>
static class FullWorkload
{
    const int Records = 3;

    public static Workload Make()
    {
        var folder = LawFolder();
        var book = LawReader.Read(folder, new Problems());
        var cases = CaseReader
            .Read(folder, new Problems())
            .Where(lawCase => lawCase.Place.File.StartsWith("gb/", StringComparison.Ordinal))
            .ToList();
        var campaign = cases
            .First(lawCase =>
                lawCase is { Send: KeyVerdict.Permitted, Process: KeyVerdict.Permitted } && IsPlainMail(lawCase.Facts.Campaign)
            )
            .Facts.Campaign;
        var day = campaign.Message[Message.Day].Day;
        var formula = new Composer(book).Compose(book.Reach("gb", ["gb"]), "email", day, day, HousePolicy.Default);
        var folded = formula.Folded(new Folder(campaign));
        var sql = new SqlOf(refusalsAreComplete: true);
        var query = sql.Select(folded.Send.Whole, folded.Process.Whole);
        var facts = folded.Keys.SelectMany(key => FactsIn.Of(key.Whole)).Distinct().Where(fact => !fact.Scope.IsCampaign()).ToList();
        var pool = cases.Select(lawCase => lawCase.Facts.Recipient).ToList();
        return new Workload(
            $"UK law in force on {day:yyyy-MM-dd}, {facts.Count} facts, {Records} records a person",
            formula,
            campaign,
            random => Person(random, pool),
            [
                .. new[] { Scope.Recipient, Scope.Collection, Scope.Consent, Scope.Refusal, Scope.Check }.Select(scope =>
                    TableOf(scope, [.. facts.Where(fact => fact.Scope == scope)], sql)
                ),
            ],
            query
        );
    }

    static bool IsPlainMail(CampaignFacts campaign) =>
        campaign.Message[Message.Channel] == Message.Channel.Of("email")
        && campaign.Message[Message.Purpose] == Message.Purpose.Of("direct-marketing")
        && campaign.Sender[Sender.RefusalsComplete].IsRecorded
        && campaign.Assessments.Length == 1;

    static Table TableOf(Scope scope, IReadOnlyList<Fact> facts, SqlOf sql) =>
        new(
            $"{scope.Word()}s",
            string.Join(", ", facts.Select(fact => $"{SqlOf.ColumnOf(fact)} {TypeOf(fact)}").Prepend("id INTEGER")),
            (id, person) =>
                (scope == Scope.Recipient ? [person.Recipient] : person.Of(scope)).Select(sheet =>
                    (object?[])[id, .. facts.Select(fact => Cell(fact, sheet[fact], sql))]
                )
        );

    static string TypeOf(Fact fact) =>
        fact switch
        {
            WordFact => "UTINYINT",
            DayFact or NumberFact => "INTEGER",
            SetFact => "BIGINT",
            _ => "VARCHAR",
        };

    static object? Cell(Fact fact, FactValue value, SqlOf sql) =>
        !value.IsRecorded
            ? null
            : fact switch
            {
                WordFact => (byte)value.Number,
                DayFact or NumberFact => (int)value.Number,
                SetFact => value.Set!.IsEverything ? long.MaxValue : value.Set.Names.Aggregate(0L, (bits, name) => bits | sql.Bit(name)),
                _ => value.Name,
            };

    static RecipientFacts Person(Random random, List<RecipientFacts> pool)
    {
        var recipient = Changed(random, pool[random.Next(pool.Count)].Recipient).With(Recipient.Countries, NameSet.Of("gb"));
        var records = new List<FactSheet>();
        while (records.Count < Records)
        {
            var from = pool[random.Next(pool.Count)];
            var kinds = new[]
            {
                from.Collections,
                from.Collections,
                from.Consents,
                from.Consents,
                random.Next(8) == 0 ? from.Refusals : from.Collections,
            };
            var kind = kinds[random.Next(kinds.Length)];
            if (!kind.IsEmpty)
                records.Add(Changed(random, kind[random.Next(kind.Length)]));
        }
        System.Collections.Immutable.ImmutableArray<FactSheet> Of(Scope kind, DayFact day) =>
            RecordOrder.NewestFirst(records.Where(record => record.Scope == kind), day);
        return new RecipientFacts(
            recipient,
            Of(Scope.Collection, Collection.Day),
            Of(Scope.Consent, Consent.Day),
            Of(Scope.Refusal, Refusal.Day),
            []
        );
    }

    static FactSheet Changed(Random random, FactSheet sheet)
    {
        var copy = sheet.Copy();
        foreach (var (fact, value) in sheet.Recorded)
        {
            if (value.Set is { } set)
                copy[fact] =
                    set.IsEverything || set.Names.Length > 0
                        ? FactValue.OfSet(set.IsEverything ? set : NameSet.Of(set.Names))
                        : FactValue.NotRecorded;
            if (random.Next(60) == 0)
                copy[fact] = FactValue.NotRecorded;
            else if (fact is WordFact word && random.Next(60) == 0)
                copy[fact] = FactValue.OfNumber(random.Next(word.Words.Length));
            else if (fact is DayFact && value.Number > 1000 && random.Next(10) == 0)
                copy[fact] = FactValue.OfDay(value.Day.AddDays(-random.Next(900)));
        }
        return copy;
    }

    public static string LawFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "law", "gb")))
                return Path.Combine(folder.FullName, "law");
        throw new DirectoryNotFoundException("no law/ folder above the program");
    }
}
