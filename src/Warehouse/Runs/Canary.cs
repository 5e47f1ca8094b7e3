using System.Collections.Immutable;
using MaySend.Decisions;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Runs;

/// <summary>What must come out about a person who is made up.</summary>
/// <param name="Contact">Names the person; below zero, so that it names nobody else.</param>
/// <param name="Facts">What is on record.</param>
/// <param name="Send">The send key, as explaining the person alone gives it.</param>
/// <param name="Process">The process key, likewise.</param>
sealed record CanaryRow(long Contact, RecipientFacts Facts, KeyReason Send, KeyReason Process);

/// <summary>
/// People who are made up, and travel through the same run as everybody else. What must come out about them is known beforehand: from the
/// reading that explains one person, which shares nothing with a statement but the formula. They are a person of whom nothing is on
/// record, one of whom there is a blank record of every kind, and, for each law, people out of the law's own cases, moved to the
/// campaign's sender, topics and day, until every outcome that these can give is there. Immutable.
/// </summary>
sealed class Canary
{
    Canary(ImmutableArray<CanaryRow> rows) => Rows = rows;

    /// <summary>The people, each with what must come out.</summary>
    public ImmutableArray<CanaryRow> Rows { get; }

    /// <summary>Makes the people for a campaign.</summary>
    /// <param name="decider">The law.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="knownAt">The day as of which readings of the law are known.</param>
    /// <param name="policy">House policy.</param>
    /// <param name="countries">The sets of countries that people have.</param>
    /// <param name="cases">The facts of the law's cases.</param>
    public static Canary For(
        Decider decider,
        CampaignFacts campaign,
        DateOnly knownAt,
        HousePolicy policy,
        IEnumerable<NameSet> countries,
        IReadOnlyList<FactsDraft> cases
    )
    {
        RecipientFacts[] patterns =
        [
            new(new FactSheet(Scope.Recipient), [], [], [], []),
            new(new FactSheet(Scope.Recipient), Blank(Scope.Collection), Blank(Scope.Consent), Blank(Scope.Refusal), Blank(Scope.Check)),
            .. cases.Select(one => Moved.To(campaign, one)),
        ];
        var rows = ImmutableArray.CreateBuilder<CanaryRow>();
        foreach (var law in countries.GroupBy(set => decider.Formula(campaign, set, knownAt, policy), ReferenceEqualityComparer.Instance))
        {
            var (formula, set) = ((DecisionFormula)law.Key!, law.First());
            var seen = new HashSet<(Truth, string, Truth, string)>();
            foreach (var pattern in patterns)
            {
                var recipient = pattern.Recipient.Copy().With(Recipient.Countries, set);
                var facts = pattern with { Recipient = recipient };
                var evaluator = new Evaluator(campaign, facts);
                var (send, process) = (KeyReason.Of(formula.Send, evaluator), KeyReason.Of(formula.Process, evaluator));
                if (seen.Add((send.Truth, send.Code, process.Truth, process.Code)) || seen.Count <= 2)
                    rows.Add(new(-1 - rows.Count, facts, send, process));
            }
        }
        return new(rows.ToImmutable());
    }

    static ImmutableArray<FactSheet> Blank(Scope kind) => [new FactSheet(kind)];

    /// <summary>Puts what a case says about a person into the terms of another campaign.</summary>
    sealed class Moved
    {
        readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
        readonly long days;

        Moved(CampaignFacts campaign, CampaignFacts of)
        {
            Rename(of.Sender[Sender.Entity].Name, campaign.Sender[Sender.Entity].Name);
            foreach (var fact in new[] { Message.Topics, Message.AdvertisedFamilies, Message.AdvertisedRanges })
            foreach (var name in of.Message[fact].Set?.Names ?? [])
                Rename(name, campaign.Message[fact].Set?.Names.FirstOrDefault());
            var (from, to) = (of.Message[Message.Day], campaign.Message[Message.Day]);
            days = from.IsRecorded && to.IsRecorded ? to.Number - from.Number : 0;
        }

        public static RecipientFacts To(CampaignFacts campaign, FactsDraft draft)
        {
            var moved = new Moved(campaign, draft.Campaign);
            var recipient = draft.Recipient;
            return new(
                moved.Sheet(recipient.Recipient),
                moved.Sheets(recipient.Collections),
                moved.Sheets(recipient.Consents),
                moved.Sheets(recipient.Refusals),
                moved.Sheets(recipient.Checks)
            );
        }

        void Rename(string? from, string? to)
        {
            if (from is not null && to is not null)
                names.TryAdd(from, to);
        }

        ImmutableArray<FactSheet> Sheets(ImmutableArray<FactSheet> sheets) => [.. sheets.Select(Sheet)];

        FactSheet Sheet(FactSheet sheet)
        {
            var copy = sheet.Copy();
            foreach (var (fact, value) in sheet.Recorded)
                copy[fact] = fact switch
                {
                    NameFact => FactValue.OfName(Name(value.Name!)),
                    SetFact { Words.IsEmpty: true } when value.Set is { IsEverything: false } set => FactValue.OfSet(
                        NameSet.Of([.. set.Names.Select(Name)], set.IsComplete)
                    ),
                    DayFact when value.Number + days is > 0 and var number && number < DateOnly.MaxValue.DayNumber => FactValue.OfDay(
                        DateOnly.FromDayNumber((int)number)
                    ),
                    _ => value,
                };
            return copy;
        }

        string Name(string name) => names.GetValueOrDefault(name, name);
    }
}
