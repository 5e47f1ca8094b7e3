using System.Collections.Concurrent;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>Facts of the recipient and of the history with them.</summary>
sealed class RecipientFold(ControllerRecord controller, Campaign campaign)
{
    readonly StatementSigned? onlyThroughTemplates = controller.Statement(
        campaign.Sender,
        StatementKind.MarketingOnlyThroughTemplates,
        campaign.Day
    );
    readonly bool offersNothingToChildren =
        controller.Statement(campaign.Sender, StatementKind.OffersToChildren, campaign.Day) is { Answer: false };
    readonly bool isEveryMessageOfThirtyDaysOnRecord = controller
        .Statement(campaign.Sender, StatementKind.SendsComplete, campaign.Day)
        .VouchesFrom(DateOnly.FromDayNumber(Math.Max(0, campaign.Day.DayNumber - 29)));
    readonly TemplateVersion[] templates = [.. controller.TemplatesBefore(campaign.Sender, campaign.Day).OrderBy(version => version.From)];
    readonly ConcurrentDictionary<DateOnly, bool?> byTemplates = [];
    readonly TemplateVersion[] contradicting = [.. controller.ContradictingTemplates(campaign.Sender, campaign.Day)];

    public FactSheet Of(History history)
    {
        var stated = history.Stated;
        return new FactSheet(Scope.Recipient)
            .With(Recipient.Countries, Countries(history))
            .With(Recipient.Subscriber, Agreed(stated, Subscriber))
            .With(Recipient.AddressKind, Agreed(stated, s => s.AddressKind))
            .With(Recipient.PersonalData, Agreed(stated, s => s.PersonalData))
            .With(Recipient.BusinessCapacity, Agreed(stated, s => s.BusinessCapacity))
            .With(Recipient.RelatesToJob, campaign.RelatesToJob)
            .With(Recipient.AddressPublishedForContact, Agreed(stated, s => s.PublishedForContact))
            .With(Recipient.Solicited, IsAskedFor(history) ? true : null)
            .With(Recipient.Minor, Minor(history))
            .With(Recipient.Age, history.Ages.On(campaign.Day))
            .With(Recipient.Vulnerable, Array.Exists(stated, s => s.Vulnerable == true) ? true : null)
            .With(Recipient.EarlierMessagesOfferedRefusal, EarlierMessagesOfferedRefusal(history))
            .With(Recipient.NoticeGiven, NoticeGiven(history))
            .With(Recipient.RightToObjectShown, RightToObjectShown(history))
            .With(Recipient.MarketingLast30Days, MarketingLast30Days(history))
            .With(Recipient.LastDealing, LastDealing(history))
            .With(Recipient.ExistingClient, Agreed(stated, s => s.ExistingClient))
            .With(Calling.Directory, Agreed(stated, s => s.Directory))
            .With(Calling.Region, Agreed(stated, s => s.Region))
            .With(Calling.CallsLast30Days, CallsLast30Days(history.Sent));
    }

    bool IsAskedFor(History history)
    {
        foreach (var request in history.Of<MessageRequested>())
            if (request.Campaign == campaign.Id)
                return true;
        return false;
    }

    /// <summary>Every country that any source names; null where none does.</summary>
    static NameSet? Countries(History history)
    {
        var countries = NameSet.None;
        foreach (var stated in history.Stated)
            countries = countries.Union(Named(stated.Countries));
        foreach (var collected in history.Collected)
            countries = countries.Union(Named(collected.Entry.Countries));
        return countries.IsEmpty ? null : countries;
    }

    static NameSet Named(NameSet? countries) => countries is { IsEverything: false } ? countries : NameSet.None;

    /// <summary>A company is only shown by its number in a register; a word in a file is a claim.</summary>
    static string? Subscriber(DetailsStated stated) =>
        stated.Subscriber == "corporate" && !RegisterNumber.IsOne(stated.RegisterNumber) ? null : stated.Subscriber;

    /// <summary>The one value that every source that speaks agrees on; conflicting sources show nothing.</summary>
    static string? Agreed(DetailsStated[] sources, Func<DetailsStated, string?> says)
    {
        string? agreed = null;
        foreach (var source in sources)
        {
            if (says(source) is not { } said)
                continue;
            if (agreed is not null && agreed != said)
                return null;
            agreed = said;
        }
        return agreed;
    }

    static bool? Agreed(DetailsStated[] sources, Func<DetailsStated, bool?> says)
    {
        bool? agreed = null;
        foreach (var source in sources)
        {
            if (says(source) is not { } said)
                continue;
            if (agreed == !said)
                return null;
            agreed = said;
        }
        return agreed;
    }

    /// <summary>
    /// Shown by the message templates, where the sender signed that all its marketing went through them, and by every message on record. A
    /// message or template without a refusal contradicts it.
    /// </summary>
    bool? EarlierMessagesOfferedRefusal(History history)
    {
        bool? bySend = true;
        foreach (var sent in history.Sent)
            bySend &= sent.Template?.OffersRefusal();
        if (bySend == false)
            return false;
        var since = history.First.Day ?? campaign.Day;
        return bySend is not null && onlyThroughTemplates.VouchesFrom(since)
            ? byTemplates.GetOrAdd(since, static (day, fold) => fold.ByTemplates(day), this)
            : null;
    }

    /// <summary>
    /// What the templates in use from a day to the day of sending carried. Where a template's versions leave a gap, or none was in use,
    /// nothing shows what went out then.
    /// </summary>
    bool? ByTemplates(DateOnly since)
    {
        bool? offered = true;
        foreach (var template in templates)
            if (template.Until is null || template.Until > since)
                offered &= template.OffersRefusal();
        return offered == false ? false
            : Array.Exists(contradicting, template => template.Until is null || template.Until > since) ? null
            : Array.TrueForAll(templates, version => IsFollowed(version, since)) && IsCovered(since) ? offered
            : null;
    }

    /// <summary>Another version of the same template follows at once, or none ever does.</summary>
    bool IsFollowed(TemplateVersion version, DateOnly since) =>
        version.Until is not { } end
        || end >= campaign.Day
        || !Array.Exists(templates, later => later.Template == version.Template && later.From > end && later.From > since)
        || Array.Exists(templates, next => next.Template == version.Template && next.From <= end && !(next.Until <= end));

    bool IsCovered(DateOnly since)
    {
        var reached = since;
        foreach (var version in templates)
            if (version.From <= reached && (version.Until is not { } until || until > reached))
                reached = version.Until ?? campaign.Day;
        return reached >= campaign.Day;
    }

    DateOnly? LastDealing(History history)
    {
        for (var i = history.Collected.Length - 1; i >= 0; i--)
            if (history.Collected[i].Entry.From is "recipient" or null && IsOurs(history.Collected[i]))
                return history.Collected[i].Entry.When.Day;
        return null;
    }

    /// <summary>
    /// What is on record about the person outranks what the sender states in general: somebody known as a child is one, and where an age
    /// is on record only the age speaks, also against a source that says they are no child.
    /// </summary>
    string? Minor(History history)
    {
        var isAChild = Array.Exists(history.Stated, stated => stated.Minor == true) ? true : Agreed(history.Stated, stated => stated.Minor);
        return isAChild == true ? "yes"
            : isAChild == false && !history.Ages.AreOfAChildOn(campaign.Day) ? "no"
            : Array.Exists(history.Consents, consent => consent.Age is not null) ? "by-age"
            : offersNothingToChildren ? "no"
            : null;
    }

    /// <summary>
    /// Given where the details were given to this sender: on the form of an order or sign-up, or on the form that asked for consent to its
    /// messages. What another company's form told is that company's notice.
    /// </summary>
    bool? NoticeGiven(History history) =>
        IsShownByOurs(history, static shown => shown.NoticeGiven == true) ? true
        : IsShownByAConsent(history) ? true
        : AllOfOurs(history, static shown => shown.NoticeGiven == false) ? false
        : null;

    bool? RightToObjectShown(History history)
    {
        if (Array.Exists(history.Of<NoticeServed>(), static notice => notice.ShowsRightToObject))
            return true;
        if (IsShownByOurs(history, static shown => shown.RightToObjectShown == true))
            return true;
        if (Array.Exists(history.Sent, static sent => sent is { IsSurelyOurs: true, Template.StatesRightToObject: true }))
            return true;
        return history.Sent.Length == 0 && AllOfOurs(history, static shown => shown.RightToObjectShown == false) ? false : null;
    }

    bool IsOurs(in Collected collected) => collected.Entry.ObtainedBy == campaign.Sender;

    bool IsShownByOurs(History history, Predicate<Shown> shows)
    {
        foreach (ref readonly var collected in history.Collected.AsSpan())
            if (IsOurs(collected) && collected.Shown is { } shown && shows(shown))
                return true;
        return false;
    }

    bool IsShownByAConsent(History history)
    {
        foreach (var consent in history.Consents)
            if (consent.To?.Has(campaign.Sender) == true && ShownFor(consent)?.NoticeGiven == true)
                return true;
        return false;
    }

    Shown? ShownFor(ConsentAnswered consent) => controller.PointAt(consent.Point, consent.When, campaign.Day)?.Shown;

    bool AllOfOurs(History history, Predicate<Shown> shows)
    {
        var isAny = false;
        foreach (ref readonly var collected in history.Collected.AsSpan())
        {
            if (!IsOurs(collected))
                continue;
            if (collected.Shown is not { } shown || !shows(shown))
                return false;
            isAny = true;
        }
        return isAny;
    }

    /// <summary>Counted as <see cref="MarketingLast30Days"/> is; a call counts by being tried.</summary>
    int? CallsLast30Days(Sent[] sent) => MessagesLast30Days(sent.Only(static message => Words.Calls.Contains(message.Entry.Channel)));

    /// <summary>
    /// Counted where the sender signed that every message is on record; otherwise what is on record is not a count. A message that is about
    /// to go counts, so that of two at once the second sees the first.
    /// </summary>
    public int? MarketingLast30Days(History history)
    {
        var count = MessagesLast30Days(history.Sent);
        foreach (var intent in history.Intended)
            if (IsInThirtyDays(intent.When.Day))
                count++;
        return count;
    }

    int? MessagesLast30Days(Sent[] sent)
    {
        if (!isEveryMessageOfThirtyDaysOnRecord)
            return null;
        var count = 0;
        foreach (ref readonly var message in sent.AsSpan())
            if (IsInThirtyDays(message.Entry.When.Day))
                count++;
        return count;
    }

    bool IsInThirtyDays(DateOnly day) => campaign.Day.DayNumber - day.DayNumber is >= 0 and < 30;
}
