using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Conditions;

/// <summary>Conditions on one legitimate interests assessment, and on its pairing with the send key.</summary>
static class AssessmentConditions
{
    static Remedy Sign(string text) => new(RemedyKind.SignAssessment, text);

    public static readonly Condition SendStandsWithoutConsent = new("send.stands-without-consent")
    {
        Test = new SendStandsWithoutConsent(),
        Satisfied = "the send rule does not ask for consent here",
        NotSatisfied = "the send rule asks for consent here, and legitimate interests cannot replace it",
        NotEvidenced = "nothing shows that the send rule allows this without consent",
        Remedy = new Remedy(RemedyKind.NewSaleOrConsent, "show a soft opt-in, or rely on the person's own consent for both keys"),
    };

    public static readonly Condition ForThisSender = new("assessment.for-this-sender")
    {
        Test = new Same(Assessment.Sender, Sender.Entity),
        Satisfied = "it was made for this sender",
        NotSatisfied = "it was made for another controller ({assessment.sender})",
        NotEvidenced = "nothing says which controller it was made for",
        Remedy = Sign("write an assessment for this sender and have it signed"),
    };

    public static readonly Condition PurposeTest = new("assessment.purpose-test-passed")
    {
        Test = Assessment.PurposeTest.Is("passed"),
        Satisfied = "purpose test passed: a lawful, precise and present interest",
        NotSatisfied = "the purpose test failed",
        NotEvidenced = "the purpose test has not been done",
        Remedy = Sign("complete the purpose test and have the assessment signed"),
    };

    public static readonly Condition NecessityTest = new("assessment.necessity-test-passed")
    {
        Test = Assessment.NecessityTest.Is("passed"),
        Satisfied = "necessity test passed: no less intrusive way would do",
        NotSatisfied = "the necessity test failed",
        NotEvidenced = "the necessity test has not been done",
        Remedy = Sign("complete the necessity test and have the assessment signed"),
    };

    public static readonly Condition BalancingTest = new("assessment.balancing-test-passed")
    {
        Test = Assessment.BalancingTest.Is("passed"),
        Satisfied = "balancing test passed: the person's interests, rights and expectations do not override",
        NotSatisfied = "the balancing test failed: the person's interests, rights or expectations override",
        NotEvidenced = "the balancing test has not been done",
        Remedy = Sign("complete the balancing test and have the assessment signed"),
    };

    public static readonly Condition SignedBefore = new("assessment.signed-before-sending")
    {
        Test = Assessment.Signed.Compared(Comparison.AtMost, Message.Day),
        Satisfied = "signed on {assessment.signed}, before sending",
        NotSatisfied = "signed on {assessment.signed}, only after the day of sending",
        NotEvidenced = "it is not signed",
        Remedy = Sign("have the assessment reviewed and signed before sending"),
    };

    public static readonly Condition Stands = new("assessment.not-withdrawn")
    {
        Test = Assessment.Stands.IsYes(),
        Satisfied = "it has not been withdrawn or superseded",
        NotSatisfied = "it has been withdrawn or superseded",
        NotEvidenced = "nothing shows whether it is still in force",
        Remedy = Sign("sign a new assessment"),
    };

    /// <summary>An overdue review is a matter of house policy: it withholds the ground, it does not contradict it (model §3).</summary>
    public static readonly Condition ReviewNotDue = new("assessment.review-not-due")
    {
        Test = Assessment.ReviewDue.Compared(Comparison.More, Message.Day) | new Constant(Truth.NotEvidenced),
        Satisfied = "its review is due on {assessment.review-due}",
        NotSatisfied = "its review is overdue",
        NotEvidenced = "its review was due on {assessment.review-due} and has not been done",
        Remedy = Sign("review the assessment and have it signed again"),
    };

    public static readonly Condition CoversChannel = new("assessment.covers-this-channel")
    {
        Test = Assessment.Channels.Covers(Message.Channel),
        Satisfied = "it covers {message.channel}",
        NotSatisfied = "it does not cover {message.channel}",
        NotEvidenced = "nothing says whether it covers {message.channel}",
        Remedy = Sign("extend the assessment to {message.channel} and have it signed"),
    };

    public static readonly Condition CoversFamilies = new("assessment.covers-advertised-families")
    {
        // An assessment for all families covers a message whose products no map knows: it alone holds a name that nothing bears.
        Test = Assessment.Families.Covers(Message.AdvertisedFamilies) | Assessment.Families.Holds("(any)"),
        Satisfied = "it covers the products advertised",
        NotSatisfied = "it does not cover all products advertised",
        NotEvidenced = "nothing shows that it covers the products advertised",
        Remedy = Sign("extend the assessment to the products advertised and have it signed"),
    };

    public static readonly Condition CoversCountry = new("assessment.covers-this-country")
    {
        Test = Assessment.Countries.Covers(Recipient.Countries),
        Satisfied = "it covers recipients in {recipient.countries}",
        NotSatisfied = "it does not cover recipients in {recipient.countries}",
        NotEvidenced = "the recipient's country is not known, or the assessment names none",
        Remedy = Sign("extend the assessment to {recipient.countries} and have it signed"),
    };

    public static readonly Condition CoversAudience = new("assessment.covers-the-audience-of-the-collection")
    {
        Test = Assessment.Audiences.Covers(Collection.Audience),
        Satisfied = "it covers people who are {collection.audience}",
        NotSatisfied = "it does not cover people who are {collection.audience}",
        NotEvidenced = "nothing shows that the person belongs to an audience it covers",
        Remedy = Sign("extend the assessment to this audience and have it signed"),
    };

    public static readonly Condition CoversProfiling = new("assessment.covers-the-profiling")
    {
        Test = Message.Profiling.IsNo() | Assessment.CoversProfiling.IsYes(),
        Satisfied = "nobody is profiled, or it weighed the profiling",
        NotSatisfied = "recipients are profiled and it did not weigh that",
        NotEvidenced = "nothing shows that nobody is profiled or that it weighed the profiling",
        Remedy = Sign("weigh the profiling in the assessment and have it signed"),
    };

    public static readonly Condition CoversChildren = new("assessment.no-child-unweighed")
    {
        Test =
            Recipient.Minor.IsNo()
            | (Recipient.Minor.Is("by-age") & Recipient.Age.ComparedWithTheLaws(Comparison.AtLeast))
            | Assessment.CoversChildren.IsYes(),
        Satisfied = "no child under {law} is concerned, or it weighed children's interests",
        NotSatisfied = "the recipient is a child and it did not weigh that",
        NotEvidenced = "nothing shows that no child is concerned, or that it weighed children's interests",
        Remedy = Sign("weigh children's interests in the assessment, or sign a statement that nothing is offered to children"),
    };

    public static readonly Condition CoversVulnerable = new("assessment.no-vulnerability-unweighed")
    {
        Test = Recipient.Vulnerable.IsNo() | Assessment.CoversVulnerable.IsYes(),
        Satisfied = "the sender knows of no vulnerability, or the assessment weighed it",
        NotSatisfied = "the sender knows that the person is vulnerable and the assessment did not weigh that",
        NotEvidenced = "nothing shows that the assessment weighed a known vulnerability",
        Remedy = Sign("weigh known vulnerability in the assessment and have it signed"),
    };

    public static readonly Condition WithinFrequencyCap = new("assessment.within-its-frequency-cap")
    {
        Test = Assessment.FrequencyCapped.IsNo() | Recipient.MarketingLast30Days.Compared(Comparison.Less, Assessment.MessagesIn30Days),
        Satisfied = "the number of messages stays within what it weighed",
        NotSatisfied =
            "the person had {recipient.marketing-last-30-days} messages in 30 days, and it allows {assessment.messages-in-30-days}",
        NotEvidenced = "nothing shows that the number of messages stays within what it weighed",
        Remedy = new Remedy(RemedyKind.ChangeMessage, "wait, or weigh a higher number in the assessment and have it signed"),
    };

    internal static readonly ImmutableArray<Condition> List =
    [
        SendStandsWithoutConsent,
        ForThisSender,
        PurposeTest,
        NecessityTest,
        BalancingTest,
        SignedBefore,
        Stands,
        ReviewNotDue,
        CoversChannel,
        CoversFamilies,
        CoversCountry,
        CoversAudience,
        CoversProfiling,
        CoversChildren,
        CoversVulnerable,
        WithinFrequencyCap,
    ];
}
