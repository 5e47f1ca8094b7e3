using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Conditions;

/// <summary>Conditions on when, from where and how a call or a message by machine is made.</summary>
public static class CallConditions
{
    static Remedy Change(string text) => new(RemedyKind.ChangeMessage, text);

    public static readonly Condition OnWeekday = new("call.on-weekday")
    {
        Test = Calling.Weekday.IsOneOfTheLaws(),
        Satisfied = "calls are allowed on that day of the week",
        NotSatisfied = "the day is a {message.weekday}, and calls are allowed on {law} only",
        NotEvidenced = "the day of the call is not recorded",
        Remedy = Change("call on another day: {law}"),
    };

    public static readonly Condition NotOnAHoliday = new("call.not-on-a-public-holiday")
    {
        Test = !Calling.PublicHolidayIn.HoldsTheLaws(),
        Satisfied = "the day is not a public holiday there",
        NotSatisfied = "the day is a public holiday there",
        NotEvidenced = "the day of the call is not recorded",
        Remedy = Change("call on a day that is not a public holiday"),
    };

    public static readonly Condition NotOnARegionalHoliday = new("call.not-on-a-regional-holiday")
    {
        Test = !Calling.RegionalHolidaysIn.HoldsTheLaws() | !Calling.RegionalHolidayIn.Covers(Calling.Region),
        Satisfied = "the day is not a public holiday in the person's region",
        NotSatisfied = "the day is a public holiday in the person's region ({recipient.region})",
        NotEvidenced =
            "the day is, or may be, a public holiday in some regions of the country, and nothing shows that it is not one where the person "
            + "is: their region is not on record, or its list of holidays for that year is not on file yet",
        Remedy = new Remedy(
            RemedyKind.RecordIfTrue,
            "record the person's region or postcode if it is not on record; otherwise call on a day that no region of the country may keep"
        ),
    };

    public static readonly Condition NotInTheHours = new("call.not-in-the-hours")
    {
        Test = Calling.NoCallsIn.HoldsTheLaws(),
        Satisfied = "no calls are made in the hours in which the rule forbids them",
        NotSatisfied = "calls are made in hours in which the rule forbids them (hours beginning at {law})",
        NotEvidenced = "nothing says at which hours, by the called person's clock, calls are made",
        Remedy = Change("make no calls in the hours beginning at {law}, and record the campaign's calling hours"),
    };

    public static readonly Condition LineRegistered = new("call.line-registered")
    {
        Test = Calling.CallingLineRegistered.IsYes(),
        Satisfied = "the caller's number is registered to the caller and found in the directory",
        NotSatisfied = "the caller's number is not registered to the caller in the directory",
        NotEvidenced = "nothing shows that the caller's number is registered to the caller in the directory",
        Remedy = Change("call from a number that is entered in the directory under the caller's name, and record it"),
    };

    public static readonly Condition RangeIs = new("call.range-is")
    {
        Test = Calling.CallingRange.IsOneOfTheLaws(),
        Satisfied = "the caller's number is from the range that the rule requires",
        NotSatisfied = "the caller's number is from a range that the rule does not allow ({message.calling-range})",
        NotEvidenced = "nothing says from which range the caller's number comes",
        Remedy = Change("call from a number in the range that the rule requires ({law}), and record it"),
    };

    public static readonly Condition SenderNameRegistered = new("message.sender-name-registered")
    {
        Test = Calling.SenderNameRegistered.Is("yes", "number-shown"),
        Satisfied = "the name shown as sender is registered, or a number is shown",
        NotSatisfied = "the name shown as sender is not registered",
        NotEvidenced = "nothing shows that the name shown as sender is registered",
        Remedy = Change("register the name shown as sender, or show a number, and record it"),
    };

    public static readonly Condition MachineDisclosed = new("call.machine-disclosed")
    {
        Test = Calling.MachineDisclosed.IsYes(),
        Satisfied = "people are told at the start that a machine speaks",
        NotSatisfied = "people are not told at the start that a machine speaks",
        NotEvidenced = "nothing shows that people are told at the start that a machine speaks",
        Remedy = Change("begin the call by saying that a machine speaks, and record its script"),
    };

    public static readonly Condition UploadAnnounced = new("message.upload-announced")
    {
        Test = Calling.UploadAnnounced.IsYes(),
        Satisfied = "people were told beforehand of the upload to the platform, and could object",
        NotSatisfied = "people were not told beforehand of the upload to the platform",
        NotEvidenced = "nothing shows that people were told beforehand of the upload to the platform",
        Remedy = Change("tell people beforehand which platform gets their address and what for, let them object, and record it"),
    };

    public static readonly Condition TradeIs = new("sender.trade-is")
    {
        Test = Calling.Trade.IsOneOfTheLaws(),
        Satisfied = "the sender is in a trade that the rule favours",
        NotSatisfied = "the sender is not in a trade that the rule favours ({law})",
        NotEvidenced = "nothing shows that the sender is in a trade that the rule favours ({law})",
        Remedy = new Remedy(RemedyKind.RecordIfTrue, "if it is true, record the sender's trade ({law})"),
    };

    public static readonly Condition DirectoryIs = new("recipient.directory-is")
    {
        Test = Calling.Directory.IsOneOfTheLaws(),
        Satisfied = "the number is listed in the directory as the rule requires",
        NotSatisfied = "the number is not listed in the directory as the rule requires ({recipient.directory})",
        NotEvidenced = "nothing says how the number is listed in the directory",
        Remedy = new Remedy(RemedyKind.CheckRegister, "look the number up in the public directory and record how it is listed there"),
    };

    public static readonly Condition FewerCalls = new("history.fewer-calls-in-30-days")
    {
        Test = Calling.CallsLast30Days.ComparedWithTheLaws(Comparison.Less),
        Satisfied = "the person was called fewer than {law} times in 30 days",
        NotSatisfied = "the person was called {recipient.calls-last-30-days} times in 30 days, and the limit is {law}",
        NotEvidenced = "nothing shows how often the person was called in 30 days",
        Remedy = new Remedy(RemedyKind.RecordIfTrue, "record every call, answered or not, and sign that all are on record"),
    };

    public static readonly Condition UnderARunningContract = new("collection.under-a-running-contract")
    {
        Test = Calling.ContractRunning.IsYes(),
        Satisfied = "a contract made then is still being performed",
        NotSatisfied = "no contract made then is still being performed",
        NotEvidenced = "nothing shows that a contract made then is still being performed",
        Remedy = new Remedy(RemedyKind.RecordIfTrue, "if a contract is running, record it with the order it comes from"),
    };

    public static readonly Condition ContractRunsOrEndedWithin = new("collection.contract-runs-or-ended-within")
    {
        Test = Calling.ContractRunning.IsYes() | Collection.ContractEnded.WithinTheLawsPeriodBefore(Message.Day),
        Satisfied = "the contract is running, or ended within {law}",
        NotSatisfied = "the contract ended more than {law} ago",
        NotEvidenced = "nothing shows that a contract is running, or ended within {law}",
        Remedy = new Remedy(RemedyKind.RecordIfTrue, "if a contract is running, record it with the order it comes from"),
    };

    public static readonly Condition GivenOrRenewedWithin = new("consent.given-or-renewed-within")
    {
        Test = Consent.Day.WithinTheLawsPeriodBefore(Message.Day) | Calling.Renewed.WithinTheLawsPeriodBefore(Message.Day),
        Satisfied = "it was given or expressly renewed within {law}",
        NotSatisfied = "it was neither given nor expressly renewed within {law}",
        NotEvidenced = "it was given on {consent.day}, and nothing shows that it was expressly renewed within {law}",
        Remedy = new Remedy(RemedyKind.NewSaleOrConsent, "only the person can renew a consent"),
    };

    public static readonly Condition CoversUpload = new("consent.covers-upload")
    {
        Test = Calling.CoversUpload.IsYes(),
        Satisfied = "it covers handing the address to the platform",
        NotSatisfied = "it does not cover handing the address to the platform",
        NotEvidenced = "nothing shows that it covers handing the address to the platform",
        Remedy = new Remedy(RemedyKind.NewSaleOrConsent, "only the person can give another consent"),
    };

    public static readonly Condition RefusedWithin = new("refusal.made-within")
    {
        Test = Refusal.Day.WithinTheLawsPeriodBefore(Message.Day),
        Satisfied = "it was made within {law} before the call",
        NotSatisfied = "it was not made within {law} before the call",
        NotEvidenced = "nothing says when it was made",
        Remedy = new Remedy(RemedyKind.NewSaleOrConsent, "wait until that period is over"),
    };

    public static readonly Condition CheckedInTheMonth = new("check.done-in-the-month-of-sending")
    {
        Test = Check.Day.Compared(Comparison.AtLeast, Calling.MonthBegan) & Check.Day.Compared(Comparison.AtMost, Message.Day),
        Satisfied = "the register used was from the month of sending",
        NotSatisfied = "the register used was from {check.day}, not from the month of sending",
        NotEvidenced = "the day of the register used is not recorded",
        Remedy = new Remedy(
            RemedyKind.CheckRegister,
            "look the recipient up again in the month of sending and record the day and the result"
        ),
    };

    /// <summary>Asks of one consent and one look-up at once: an entry in the register takes back what was agreed before it.</summary>
    public static readonly Condition ConsentLaterThanEntry = new("consent.later-than-the-entry")
    {
        Test = Consent.Day.Compared(Comparison.More, Calling.Entered),
        Satisfied = "the consent is later than the entry in the register",
        NotSatisfied = "the entry in the register ({check.entered}) is later, and withdrew the consent of {consent.day}",
        NotEvidenced = "nothing shows that the consent is later than the entry in the register",
        Remedy = new Remedy(RemedyKind.CheckRegister, "record the day of the entry in the register, or ask the person again"),
    };

    internal static readonly ImmutableArray<Condition> List =
    [
        OnWeekday,
        NotOnAHoliday,
        NotOnARegionalHoliday,
        NotInTheHours,
        LineRegistered,
        RangeIs,
        SenderNameRegistered,
        MachineDisclosed,
        UploadAnnounced,
        TradeIs,
        DirectoryIs,
        FewerCalls,
        UnderARunningContract,
        ContractRunsOrEndedWithin,
        GivenOrRenewedWithin,
        CoversUpload,
        RefusedWithin,
        CheckedInTheMonth,
        ConsentLaterThanEntry,
    ];
}
