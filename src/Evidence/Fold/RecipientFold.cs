using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>Facts of the recipient and of the history with them.</summary>
sealed class RecipientFold(ControllerRecord controller, Campaign campaign)
{
    readonly bool marketingOnlyThroughTemplates =
        controller.Statement(campaign.Sender, StatementKind.MarketingOnlyThroughTemplates, campaign.Day) is { Answer: true };
    readonly bool sendsComplete = controller.Statement(campaign.Sender, StatementKind.SendsComplete, campaign.Day) is { Answer: true };
    readonly TemplateVersion[] templates = [.. controller.TemplatesBefore(campaign.Sender, campaign.Day)];

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
            .With(
                Recipient.Solicited,
                Array.Exists(history.Of<MessageRequested>(), request => request.Campaign == campaign.Id) ? true : null
            )
            .With(Recipient.Minor, Array.Exists(stated, s => s.Minor == true) ? true : Agreed(stated, s => s.Minor))
            .With(Recipient.EarlierMessagesOfferedRefusal, EarlierMessagesOfferedRefusal(history))
            .With(Recipient.NoticeGiven, NoticeGiven(history.Collected))
            .With(Recipient.RightToObjectShown, RightToObjectShown(history))
            .With(Recipient.MarketingLast30Days, MarketingLast30Days(history.Sent))
            .With(Recipient.LastDealing, Array.FindLast(history.Collected, c => c.Entry.From is "recipient" or null).Entry?.When.Day)
            .With(Recipient.ExistingClient, Agreed(stated, s => s.ExistingClient));
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
        stated.Subscriber == "corporate" && string.IsNullOrWhiteSpace(stated.RegisterNumber) ? null : stated.Subscriber;

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
    /// message or template
    /// without a refusal contradicts it.
    /// </summary>
    bool? EarlierMessagesOfferedRefusal(History history)
    {
        bool? bySend = true;
        foreach (var sent in history.Sent)
            bySend &= Offered(sent.Template);
        if (bySend == false)
            return false;
        if (!marketingOnlyThroughTemplates)
            return null;
        var since = history.Collected is [var first, ..] ? first.Entry.When.Day : DateOnly.MinValue;
        bool? byTemplate = true;
        foreach (var template in templates)
            if (template.Until is null || template.Until > since)
                byTemplate &= Offered(template);
        return bySend is null ? null : byTemplate;
    }

    static bool? Offered(TemplateVersion? template) =>
        template is null ? null : template.RefusalOffered & template.RefusalSimple & template.RefusalFree;

    static bool? NoticeGiven(Collected[] collected) =>
        Array.Exists(collected, c => c.Shown?.NoticeGiven == true) ? true
        : collected.Length > 0 && Array.TrueForAll(collected, c => c.Shown?.NoticeGiven == false) ? false
        : null;

    static bool? RightToObjectShown(History history)
    {
        if (Array.Exists(history.Of<NoticeServed>(), notice => notice.ShowsRightToObject))
            return true;
        if (Array.Exists(history.Collected, c => c.Shown?.RightToObjectShown == true))
            return true;
        if (Array.Exists(history.Sent, sent => sent.Template?.StatesRightToObject == true))
            return true;
        return
            history.Collected.Length > 0
            && Array.TrueForAll(history.Collected, c => c.Shown?.RightToObjectShown == false)
            && history.Sent.Length == 0
            ? false
            : null;
    }

    /// <summary>Counted where the sender signed that every message is on record; otherwise what is on record is not a count.</summary>
    int? MarketingLast30Days(Sent[] sent) =>
        sendsComplete
            ? sent.Count(message => message.Entry.When.Day > campaign.Day.AddDays(-30) && message.Entry.When.Day <= campaign.Day)
            : null;
}
