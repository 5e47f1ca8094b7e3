using System.Collections.Immutable;
using CsCheck;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Law.Tests.Samples;

namespace MaySend.Law.Tests.Properties;

public class BarsAndGroundsTests
{
    static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue];

    [Fact]
    public void A_bar_trumps_every_ground() =>
        Seeds.Sample(
            seed =>
            {
                var random = new RandomFacts(seed);
                var key = new RandomFormulas(random, inLimbs: true).Key(Key.Send);
                var bar = new Element(
                    ElementKind.Bar,
                    "zz/bar",
                    "zz",
                    null,
                    Constant.Satisfied,
                    [],
                    Constant.Satisfied,
                    new Not(new All([Constant.Satisfied, Constant.Satisfied]))
                );
                var facts = random.Draft();
                var reason = KeyReason.Of(key with { Elements = [bar, .. key.Elements] }, new Evaluator(facts.Campaign, facts.Recipient));
                (reason.Truth, reason.Code).ShouldBe((Truth.NotSatisfied, "zz/bar#holds"));
            },
            iter: 500
        );

    [Fact]
    public void An_objection_to_everything_outranks_whatever_else_is_on_record() =>
        Seeds.Sample(
            seed =>
            {
                var random = new RandomFacts(seed);
                var asked = Question.Random(random);
                asked.Facts.Set(Message.Purpose, Message.Purpose.Of("direct-marketing"));
                // A company's mailbox that names nobody has no person who could object; house policy honours its requests.
                asked.Facts.Set(Recipient.Subscriber, Recipient.Subscriber.Of("individual"));
                asked.Facts.Set(Recipient.PersonalData, Recipient.PersonalData.Of("yes"));
                if (!asked.IsPermitted)
                    return;
                asked.Facts.Add(
                    new FactSheet(Scope.Refusal, "stop all")
                        .With(Refusal.Day, DateOnly.MinValue)
                        .With(Refusal.Senders, NameSet.Everything)
                        .With(Refusal.Channels, NameSet.Everything)
                        .With(Refusal.Topics, NameSet.Everything)
                        .With(Refusal.Kind, "objection")
                        .With(Refusal.MadeBy, "person")
                        .With(Refusal.Lifted, false)
                );
                var (send, process) = asked.Keys;
                send.And(process).ShouldNotBe(Truth.Satisfied);
            },
            iter: 600
        );

    [Fact]
    public void Adding_a_refusal_never_permits() =>
        Seeds.Sample(
            seed =>
            {
                var random = new RandomFacts(seed);
                var asked = Question.Random(random);
                var (send, process) = asked.Keys;
                asked.Facts.Add(random.Sheet(Scope.Refusal, "one more"));
                var (then, andThen) = asked.Keys;
                then.Rank().ShouldBeLessThanOrEqualTo(send.Rank());
                andThen.Rank().ShouldBeLessThanOrEqualTo(process.Rank());
            },
            iter: 600
        );

    [Fact]
    public void Adding_a_ground_never_refuses() =>
        Seeds.Sample(
            seed =>
            {
                var random = new RandomFacts(seed);
                var asked = Question.Random(random);
                var elements = asked
                    .Decision.Keys.SelectMany(key => key.Elements)
                    .Where(element => element.Kind == ElementKind.Prohibition)
                    .ToList();
                if (elements.Count == 0)
                    return;
                var id = random.Pick(elements).Id;
                var body = new RandomFormulas(random, inLimbs: true).Formula(3, []);
                var more = asked with
                {
                    Law = With(
                        RealLaw.Book,
                        id,
                        provision =>
                            provision with
                            {
                                Grounds = provision.Grounds.Add(
                                    new Ground
                                    {
                                        Name = "one-more",
                                        Says = "",
                                        Cite = "",
                                        Body = body,
                                        RestsOn = random.Pick([RestsOn.Consent, RestsOn.Exception]),
                                        InForce = InForce.Always,
                                        Place = default,
                                    }
                                ),
                            }
                    ),
                };
                var ((send, process), (then, andThen)) = (asked.Keys, more.Keys);
                then.Rank().ShouldBeGreaterThanOrEqualTo(send.Rank());
                andThen.Rank().ShouldBeGreaterThanOrEqualTo(process.Rank());
            },
            iter: 300
        );

    [Fact]
    public void House_policy_is_never_looser() =>
        Seeds.Sample(
            seed =>
            {
                var asked = Question.Random(new RandomFacts(seed));
                foreach (var name in HousePolicy.Switches.Select(one => one.Name))
                {
                    var off = (asked with { Policy = asked.Policy.With(name, false) }).Keys;
                    var on = (asked with { Policy = asked.Policy.With(name, true) }).Keys;
                    if (on == (Truth.Satisfied, Truth.Satisfied))
                        off.ShouldBe((Truth.Satisfied, Truth.Satisfied), name);
                    on.Send.Rank().ShouldBeLessThanOrEqualTo(off.Send.Rank(), name);
                    on.Process.Rank().ShouldBeLessThanOrEqualTo(off.Process.Rank(), name);
                }
            },
            iter: 200
        );

    [Fact]
    public void Low_confidence_cannot_favour_sending_under_caution() =>
        Seeds.Sample(
            seed =>
            {
                var random = new RandomFacts(seed);
                var asked = Question.Random(random);
                var policy = asked.Policy.With(HousePolicy.LowConfidence, true);
                var limbs = asked
                    .Decision.Keys.SelectMany(key => key.Elements)
                    .Where(element => element.Kind is ElementKind.Prohibition or ElementKind.Duty)
                    .SelectMany(element => FirstLimb.LimbsIn(element.Clear).Select(limb => (element.Id, LimbId: limb.Of.Id)))
                    .ToList();
                if (limbs.Count == 0)
                    return;
                var (id, limbId) = random.Pick(limbs);
                var doubtful = asked with { Policy = policy, Law = With(RealLaw.Book, id, provision => Doubting(provision, limbId)) };
                if (!doubtful.IsPermitted)
                    return;
                var decision = doubtful.Decision;
                var evaluator = new Evaluator(doubtful.Facts.Campaign, doubtful.Facts.Recipient)
                {
                    Override = (limb, truth) => limb.Id == limbId ? Truth.NotEvidenced : truth,
                };
                evaluator.Of(decision.Send.Whole).And(evaluator.Of(decision.Process.Whole)).ShouldBe(Truth.Satisfied, limbId);
            },
            iter: 400
        );

    [Fact]
    public void A_mix_of_records_is_not_a_ground()
    {
        var tried = 0;
        Fact[] limbs =
        [
            Collection.ObtainedBy,
            Collection.From,
            Collection.Context,
            Collection.Details,
            Collection.RefusalOffered,
            Collection.Refused,
            Collection.Ranges,
        ];
        foreach (var facts in RealLaw.Drafts.Where(facts => facts.Of(Scope.Collection).Count == 1 && facts.Of(Scope.Consent).Count == 0))
        {
            var whole = new Question(RealLaw.Book, facts, HousePolicy.Default);
            if (whole.Keys.Send != Truth.Satisfied)
                continue;
            var needed = limbs.Where(limb => (whole with { Facts = Without(facts, limb) }).Keys.Send != Truth.Satisfied).ToList();
            foreach (var (one, other) in needed.SelectMany((one, at) => needed.Skip(at + 1).Select(other => (one, other))))
            {
                var mixed = Without(facts, one);
                mixed.Add(Without(facts, other).Of(Scope.Collection)[0]);
                (whole with { Facts = mixed }).Keys.Send.ShouldNotBe(Truth.Satisfied, $"{one} and {other}");
                tried++;
            }
        }
        tried.ShouldBeGreaterThan(50);
    }

    static FactsDraft Without(FactsDraft facts, Fact limb)
    {
        var copy = facts.Copy();
        copy.Set(limb, FactValue.NotRecorded);
        return copy;
    }

    static LawBook With(LawBook law, string id, Func<Provision, Provision> change) =>
        new(
            law.Jurisdictions,
            law.Provisions.Select(provision => provision.Id == id ? change(provision) : provision),
            MaySend.Reading.Digest.Of("changed")
        );

    static Provision Doubting(Provision provision, string limbId)
    {
        Formula Doubt(Formula formula) =>
            Rewrite.Each(
                formula,
                node => node is Limb limb && limb.Of.Id == limbId ? limb with { Of = limb.Of with { Confidence = Confidence.Low } } : node
            );
        return provision with
        {
            AppliesWhen = provision.AppliesWhen is null ? null : Doubt(provision.AppliesWhen),
            Body = provision.Body is null ? null : Doubt(provision.Body),
            Grounds = [.. provision.Grounds.Select(ground => ground with { Body = Doubt(ground.Body) })],
        };
    }
}
