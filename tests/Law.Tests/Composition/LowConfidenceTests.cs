using MaySend.Law.Composition;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Law.Tests.Samples;

namespace MaySend.Law.Tests.Composition;

/// <summary>That no rule stands in the way is a reading too, and one of low confidence shows nothing under caution.</summary>
public class LowConfidenceTests
{
    static readonly DateOnly Day = new(2017, 6, 1);

    static Truth OfNoRule(HousePolicy policy)
    {
        var element = new Composer(RealLaw.Book)
            .Compose(new Reach(["nl"], ["nl"], [], []), "live-call", Day, Day.AddYears(9), policy)
            .Send.Elements.Single(one => one.Kind == ElementKind.NoRule && one.Provision is { Confidence: Confidence.Low });
        return element.Clear.ShouldBeOfType<Constant>().Truth;
    }

    [Fact]
    public void A_doubtful_absence_of_a_rule_is_not_shown_unless_the_house_accepts_such_readings()
    {
        OfNoRule(HousePolicy.Default).ShouldBe(Truth.NotEvidenced);
        OfNoRule(HousePolicy.Strictest).ShouldBe(Truth.NotEvidenced);
        OfNoRule(HousePolicy.Default.With(HousePolicy.LowConfidence, isOn: false)).ShouldBe(Truth.Satisfied);
        OfNoRule(HousePolicy.None).ShouldBe(Truth.Satisfied);
    }
}
