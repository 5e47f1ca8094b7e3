using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Conditions;

/// <summary>Conditions on the recipient and on the history with them.</summary>
static class RecipientConditions
{
    static Remedy IfTrue(string text) => new(RemedyKind.RecordIfTrue, text);

    public static readonly Condition Unsolicited = new("recipient.did-not-ask-for-this-message")
    {
        Test = !Recipient.Solicited.IsYes(),
        Satisfied = "the message is unsolicited",
        NotSatisfied = "the person asked for this very message",
        NotEvidenced = "nothing says whether the person asked for this very message, so it may be unsolicited",
        Remedy = IfTrue("if the person asked for this very message, record the request"),
    };

    public static readonly Condition IndividualSubscriber = new("recipient.is-individual-subscriber")
    {
        Test = Recipient.Subscriber.Is("individual"),
        Satisfied = "the recipient is an individual subscriber",
        NotSatisfied = "the recipient is a corporate subscriber",
        NotEvidenced = "nothing shows whether the subscriber is corporate, so an individual is assumed",
        Remedy = IfTrue("if the mailbox belongs to a company, record its register number"),
    };

    public static readonly Condition RoleAddress = new("recipient.is-role-address")
    {
        Test = Recipient.AddressKind.Is("role"),
        Satisfied = "the address names a role, not a person",
        NotSatisfied = "the address names a person",
        NotEvidenced = "nothing says whether the address names a role or a person",
        Remedy = IfTrue("record whether the address names a role or a person"),
    };

    public static readonly Condition PersonalData = new("recipient.is-an-identifiable-person")
    {
        Test = Recipient.PersonalData.IsYes(),
        Satisfied = "the address relates to an identifiable person",
        NotSatisfied = "the address does not relate to an identifiable person",
        NotEvidenced = "nothing shows that the address does not relate to an identifiable person, so personal data is assumed",
        Remedy = IfTrue("if the address is a company's role mailbox that identifies nobody, record that"),
    };

    public static readonly Condition BusinessCapacity = new("recipient.address-used-in-business-capacity")
    {
        Test = Recipient.BusinessCapacity.IsYes(),
        Satisfied = "the address is used mainly in a business or official capacity",
        NotSatisfied = "the address is used privately",
        NotEvidenced = "nothing shows that the address is used mainly in a business or official capacity",
        Remedy = IfTrue("if the address is used mainly for business, record how that is known"),
    };

    public static readonly Condition RelatesToJob = new("recipient.message-relates-to-their-job")
    {
        Test = Recipient.RelatesToJob.IsYes(),
        Satisfied = "the message relates to the person's job",
        NotSatisfied = "the message does not relate to the person's job",
        NotEvidenced = "nothing shows that the message relates to the person's job",
        Remedy = new Remedy(RemedyKind.SignJudgement, "have a person judge that the offer relates to the job, with reasons"),
    };

    public static readonly Condition AddressPublished = new("recipient.published-the-address-for-contact")
    {
        Test = Recipient.AddressPublishedForContact.IsYes(),
        Satisfied = "the subscriber published the address for contact of this kind",
        NotSatisfied = "the subscriber did not publish the address for contact of this kind",
        NotEvidenced = "nothing shows that the subscriber published the address for contact of this kind",
        Remedy = IfTrue("if the subscriber published the address for this purpose, keep a dated copy"),
    };

    public static readonly Condition NotAChild = new("recipient.is-not-a-child")
    {
        // The sender's statement that it offers nothing to children speaks through this fact, and only where nothing about the person is
        // on record.
        Test = Recipient.Minor.IsNo() | (Recipient.Minor.Is("by-age") & Recipient.Age.ComparedWithTheLaws(Comparison.AtLeast)),
        Satisfied = "the recipient is {law} or older, or nothing is offered to children",
        NotSatisfied = "the recipient is a child",
        NotEvidenced = "nothing shows that the recipient is not a child",
        Remedy = new Remedy(RemedyKind.SignJudgement, "sign a statement that the sender offers nothing to children, or record ages"),
    };

    public static readonly Condition EarlierMessagesOfferedRefusal = new("history.every-message-offered-refusal")
    {
        Test = Recipient.EarlierMessagesOfferedRefusal.IsYes(),
        Satisfied = "every earlier message of this sender offered a means of refusing",
        NotSatisfied = "an earlier message of this sender offered no means of refusing",
        NotEvidenced = "nothing shows that every earlier message of this sender offered a means of refusing",
        Remedy = new Remedy(RemedyKind.ProveTemplate, "record the message templates in use since the details were collected"),
    };

    public static readonly Condition InformedInTime = new("recipient.was-informed-in-time")
    {
        Test = Recipient.NoticeGiven.IsYes(),
        Satisfied = "the privacy information was given in time",
        NotSatisfied = "the privacy information was not given in time",
        NotEvidenced = "nothing shows that the privacy information was given in time",
        Remedy = new Remedy(RemedyKind.ProveCollectionPoint, "record the notice version shown when the details were collected"),
    };

    public static readonly Condition ExistingClient = new("recipient.is-an-existing-client")
    {
        Test = Recipient.ExistingClient.IsYes(),
        Satisfied = "the person is a client of the caller and would expect such calls",
        NotSatisfied = "the person is not a client of the caller",
        NotEvidenced = "nothing shows that the person is a client who would expect such calls",
        Remedy = IfTrue("if the person is a client, record the relationship"),
    };

    public static readonly Condition DealtWithin = new("recipient.dealt-with-the-sender-within")
    {
        Test = Recipient.LastDealing.WithinTheLawsPeriodBefore(Message.Day),
        Satisfied = "the person last dealt with the sender within {law}",
        NotSatisfied = "the person last dealt with the sender on {recipient.last-dealing}, more than {law} ago",
        NotEvidenced = "nothing shows when the person last dealt with the sender",
        Remedy = new Remedy(RemedyKind.NewSaleOrConsent, "only the person can change this, by dealing with the sender again"),
    };

    public static readonly Condition InCountry = new("recipient.in-country")
    {
        Test = Recipient.Countries.HoldsTheLaws(),
        Satisfied = "the law of {law} may be the recipient's",
        NotSatisfied = "the law of {law} is not the recipient's",
        NotEvidenced = "the recipient's country is not known",
        Remedy = IfTrue("record the recipient's country and how it is known"),
    };

    /// <summary>Never open: a country that is not known may be any.</summary>
    public static readonly Condition MayBeIn = new("recipient.may-be-in")
    {
        Test = Recipient.Countries.OverlapsTheLaws(),
        Satisfied = "the recipient is, or may be, in one of these countries: {law}",
        NotSatisfied = "the recipient is in none of these countries: {law}",
        NotEvidenced = "the recipient's country is not known",
        Remedy = IfTrue("record the recipient's country and how it is known"),
    };

    internal static readonly ImmutableArray<Condition> List =
    [
        Unsolicited,
        IndividualSubscriber,
        RoleAddress,
        PersonalData,
        BusinessCapacity,
        RelatesToJob,
        AddressPublished,
        NotAChild,
        EarlierMessagesOfferedRefusal,
        InformedInTime,
        ExistingClient,
        DealtWithin,
        InCountry,
        MayBeIn,
    ];
}
