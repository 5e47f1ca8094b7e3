using CsCheck;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Law.Tests.Samples;

namespace MaySend.Law.Tests.Properties;

public class SilenceTests
{
    static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue];

    /// <summary>Facts that choose which law applies; without them the question is another one.</summary>
    static readonly Fact[] Choosing = [Message.Day, Message.Channel, Recipient.Countries];

    [Fact]
    public void Silence_never_permits() =>
        Seeds.Sample(
            seed =>
            {
                var random = new RandomFacts(seed);
                var asked = Question.Random(random);
                if (asked.IsPermitted)
                    return;
                var quieter = asked with { Facts = asked.Facts.Copy() };
                // A defect or promise on record stands in the way, and does so only while it is on record.
                foreach (var fact in Vocabulary.All.Where(fact => !Choosing.Contains(fact) && !fact.IfSilent.IsRecorded && random.OneIn(6)))
                    quieter.Facts.Set(fact, FactValue.NotRecorded);
                quieter.IsPermitted.ShouldBeFalse();
            },
            iter: 600
        );

    [Fact]
    public void Without_a_channel_or_a_day_nobody_is_permitted() =>
        Seeds.Sample(
            seed =>
            {
                var random = new RandomFacts(seed);
                var asked = Question.Random(random);
                asked.Facts.Set(random.Pick<Fact>([Message.Channel, Message.Day]), FactValue.NotRecorded);
                asked.IsPermitted.ShouldBeFalse();
            },
            iter: 200
        );

    [Fact]
    public void Nobody_of_whom_nothing_is_recorded_may_be_sent_marketing() =>
        Seeds.Sample(
            seed =>
            {
                var random = new RandomFacts(seed);
                var campaign = random.Changed(random.Pick(RealLaw.Drafts), [Scope.Message, Scope.Sender, Scope.Assessment]);
                campaign.Set(Message.Purpose, Message.Purpose.Of("direct-marketing"));
                foreach (var fact in Vocabulary.Of(Scope.Recipient).Where(fact => fact != Recipient.Countries || random.OneIn(2)))
                    campaign.Set(fact, FactValue.NotRecorded);
                foreach (var kind in RandomFacts.OfRecipients.Where(scope => scope.IsRecord()))
                    campaign.Clear(kind);
                new Question(RealLaw.Book, campaign, RealLaw.Policy(random)).IsPermitted.ShouldBeFalse();
            },
            iter: 400
        );

    /// <summary>
    /// The same without chance: the campaign and country of every case, on every channel, for a person of whom the country alone is on
    /// record.
    /// </summary>
    [Fact]
    public void Nobody_of_whom_only_the_country_is_recorded_may_be_sent_marketing_on_any_channel()
    {
        var campaigns = RealLaw.Drafts.Select(OnlyTheCountry).DistinctBy(Recorded).ToList();
        campaigns.Count.ShouldBeGreaterThan(100);
        foreach (var campaign in campaigns)
        {
            foreach (var channel in Message.Channel.Words)
            {
                campaign.Set(Message.Channel, Message.Channel.Of(channel));
                foreach (var policy in new[] { HousePolicy.None, HousePolicy.Default })
                    new Question(RealLaw.Book, campaign, policy).IsPermitted.ShouldBeFalse(
                        $"{Recipient.Countries.Write(campaign.Recipient.Recipient[Recipient.Countries])} by {channel}"
                    );
            }
        }
    }

    static FactsDraft OnlyTheCountry(FactsDraft draft)
    {
        var campaign = draft.Copy();
        campaign.Set(Message.Purpose, Message.Purpose.Of("direct-marketing"));
        // Each channel is tried.
        campaign.Set(Message.Channel, FactValue.NotRecorded);
        foreach (var fact in Vocabulary.Of(Scope.Recipient).Where(fact => fact != Recipient.Countries))
            campaign.Set(fact, FactValue.NotRecorded);
        foreach (var kind in RandomFacts.OfRecipients.Where(scope => scope.IsRecord()))
            campaign.Clear(kind);
        return campaign;
    }

    /// <summary>All that is on record in a draft: two of which this is the same are the same question.</summary>
    static string Recorded(FactsDraft draft) =>
        string.Join(
            '\n',
            from scope in Enum.GetValues<Scope>()
            from sheet in draft.Of(scope)
            from fact in Vocabulary.Of(scope)
            where sheet[fact].IsRecorded
            select $"{scope} {sheet.Id} {fact.Name} {fact.Write(sheet[fact])}"
        );

    // A record that turns out to be dated after the day of sending is no record of it at all, so these days are left as they are.
    static readonly Fact[] DaysThatDrop = [Message.Day, Collection.Day, Consent.Day, MaySend.Law.Facts.Check.Day];

    /// <summary>One node apart: sets overlap until both are known, so that a restriction holds while there is doubt.</summary>
    [Fact]
    public void Replacing_not_evidenced_never_flips_a_definite_truth() =>
        Seeds.Sample(
            seed =>
            {
                var random = new RandomFacts(seed);
                var formula = new RandomFormulas(random, inLimbs: false, withOverlaps: false).Formula(4, []);
                var before = random.Draft();
                var after = before.Copy();
                foreach (var scope in Enum.GetValues<Scope>())
                foreach (var sheet in after.Of(scope))
                foreach (var fact in Vocabulary.Of(scope).Except(DaysThatDrop).Where(fact => !sheet[fact].IsRecorded && random.OneIn(2)))
                    sheet[fact] = random.Value(fact);
                // The order of records is no part of a truth, so new days that change it do not matter.
                var truth = new Evaluator(before.Campaign, before.Recipient).Of(formula);
                if (truth != Truth.NotEvidenced)
                    new Evaluator(after.Campaign, after.Recipient).Of(formula).ShouldBe(truth);
            },
            iter: 4000
        );

    [Fact]
    public void An_empty_law_book_permits_nobody() =>
        Seeds.Sample(
            seed =>
            {
                var asked = Question.Random(new RandomFacts(seed)) with { Law = LawBook.Empty };
                asked.Keys.ShouldBe((Truth.NotEvidenced, Truth.NotEvidenced));
                KeyReason
                    .Of(asked.Decision.Send, new Evaluator(asked.Facts.Campaign, asked.Facts.Recipient))
                    .Truth.ShouldBe(Truth.NotEvidenced);
            },
            iter: 200
        );

    [Fact]
    public void Some_facts_do_permit_or_the_properties_would_say_nothing() =>
        Enumerable.Range(0, 200).Count(seed => Question.Random(new RandomFacts(seed)).IsPermitted).ShouldBeInRange(15, 185);
}
