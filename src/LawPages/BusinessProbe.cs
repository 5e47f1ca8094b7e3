using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.LawPages;

/// <summary>
/// Asks a country's send law how it treats mailboxes of companies: an email for direct marketing, unsolicited, to a company without any
/// consent or sale on record, against the prohibitions alone (duties and refusals are met). Answered by the same formulas as every
/// decision, on the law as read; a question mark says that by default house policy does not rely on that reading.
/// </summary>
sealed class BusinessProbe(LawBook law, Jurisdiction jurisdiction, DateOnly day)
{
    const string Email = "email";
    static readonly HousePolicy Cautious = HousePolicy.None.With(HousePolicy.LowConfidence, true);

    /// <summary>A general mailbox such as info@, which relates to nobody.</summary>
    public string CompanyMailbox() => Treatment("role", "no");

    /// <summary>The address of a named person at work.</summary>
    public string NamedAtWork() => Treatment("named", "yes");

    string Treatment(string addressKind, string personalData)
    {
        var asRead = Treatment(addressKind, personalData, HousePolicy.None);
        return asRead == Treatment(addressKind, personalData, Cautious) ? asRead : $"{asRead}?";
    }

    string Treatment(string addressKind, string personalData, HousePolicy policy)
    {
        if (IsFree(addressKind, personalData, relatesToJob: "no", isLookedUp: false, policy))
            return "free";
        if (IsFree(addressKind, personalData, relatesToJob: "no", isLookedUp: true, policy))
            return "free if not listed";
        return IsFree(addressKind, personalData, relatesToJob: "yes", isLookedUp: true, policy) ? "free if about the job" : "as a person";
    }

    bool IsFree(string addressKind, string personalData, string relatesToJob, bool isLookedUp, HousePolicy policy)
    {
        var draft = new FactsDraft();
        foreach (var (fact, text) in Facts(addressKind, personalData, relatesToJob))
            if (fact.TryRead(text, out var value, out _))
                draft.Set(fact, value);
        if (isLookedUp)
            foreach (var register in Registers())
                draft.Add(Looked(register));
        var evaluator = new Evaluator(draft.Campaign, draft.Recipient);
        var formula = new Composer(law).Compose(new Reach([jurisdiction.Id], [], [], []), Email, day, day, policy);
        return formula
            .Send.Elements.Where(element => element.Kind is ElementKind.Prohibition or ElementKind.NoRule or ElementKind.NotCovered)
            .All(element => evaluator.Of(element.Clear) == Truth.Satisfied);
    }

    IEnumerable<(Fact Fact, string Text)> Facts(string addressKind, string personalData, string relatesToJob) =>
        [
            (Message.Day, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            (Message.Channel, Email),
            (Message.Purpose, "direct-marketing"),
            (Message.SentOrInstigated, "yes"),
            (Message.RefusalOffered, "yes"),
            (Message.RefusalSimple, "yes"),
            (Message.RefusalFree, "yes"),
            (Message.SenderIdentified, "yes"),
            (Message.StopAddressValid, "yes"),
            (Message.Labels, "all"),
            (Recipient.Countries, jurisdiction.Id),
            (Recipient.Subscriber, "corporate"),
            (Recipient.AddressKind, addressKind),
            (Recipient.PersonalData, personalData),
            (Recipient.BusinessCapacity, "yes"),
            (Recipient.RelatesToJob, relatesToJob),
            (Recipient.AddressPublishedForContact, "no"),
            (Recipient.Solicited, "no"),
            (Recipient.Minor, "no"),
            (Recipient.EarlierMessagesOfferedRefusal, "yes"),
        ];

    IEnumerable<string> Registers() => CountryTable.RegistersIn(law.AsAt(jurisdiction.Id, Key.Send, day, day), day).Distinct();

    FactSheet Looked(string register)
    {
        var check = new FactSheet(Scope.Check);
        check[Check.Register] = FactValue.OfName(register);
        check[Check.Day] = FactValue.OfDay(day);
        if (Check.Listed.TryRead("no", out var no, out _))
            check[Check.Listed] = no;
        return check;
    }
}
