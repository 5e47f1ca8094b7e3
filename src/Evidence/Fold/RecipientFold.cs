using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>Facts of the recipient and of the history with them.</summary>
sealed class RecipientFold(ControllerRecord controller, Campaign campaign)
{
    public FactSheet Of(IReadOnlyList<ContactEntry> known, IReadOnlyList<DetailsCollected> collected)
    {
        var stated = known.OfType<DetailsStated>().ToList();
        var countries = stated.Select(s => s.Countries).Concat(collected.Select(c => c.Countries)).OfType<NameSet>().SelectMany(set => set.Names).Distinct().ToList();
        var sent = known.OfType<MessageSent>().Where(message => message.IsMarketing && message.Sender == campaign.Sender).ToList();
        return new FactSheet(Scope.Recipient)
            .With(Recipient.Countries, countries.Count == 0 ? null : NameSet.Of(countries))
            .With(Recipient.Subscriber, Agreed(stated.Select(Subscriber))).With(Recipient.AddressKind, Agreed(stated.Select(s => s.AddressKind)))
            .With(Recipient.PersonalData, AgreedFlag(stated.Select(s => s.PersonalData))).With(Recipient.BusinessCapacity, AgreedFlag(stated.Select(s => s.BusinessCapacity)))
            .With(Recipient.RelatesToJob, campaign.RelatesToJob).With(Recipient.AddressPublishedForContact, AgreedFlag(stated.Select(s => s.PublishedForContact)))
            .With(Recipient.Solicited, known.OfType<MessageRequested>().Any(request => request.Campaign == campaign.Id) ? true : null)
            .With(Recipient.Minor, stated.Any(s => s.Minor == true) ? true : AgreedFlag(stated.Select(s => s.Minor)))
            .With(Recipient.EarlierMessagesOfferedRefusal, EarlierMessagesOfferedRefusal(collected, sent))
            .With(Recipient.NoticeGiven, collected.Count > 0 ? NoticeGiven(collected) : null)
            .With(Recipient.RightToObjectShown, RightToObjectShown(known, collected, sent))
            .With(Recipient.MarketingLast30Days, MarketingLast30Days(sent))
            .With(Recipient.LastDealing, collected.Where(c => c.From is "recipient" or null).Select(c => (DateOnly?)c.When.Day).Max())
            .With(Recipient.ExistingClient, AgreedFlag(stated.Select(s => s.ExistingClient)));
    }

    /// <summary>A company is only shown by its number in a register; a word in a file is a claim.</summary>
    static string? Subscriber(DetailsStated stated) => stated.Subscriber == "corporate" && string.IsNullOrWhiteSpace(stated.RegisterNumber) ? null : stated.Subscriber;

    /// <summary>The one value that every source that speaks agrees on; conflicting sources show nothing.</summary>
    static string? Agreed(IEnumerable<string?> values) => values.OfType<string>().Distinct().ToList() is [var only] ? only : null;

    static bool? AgreedFlag(IEnumerable<bool?> values) => values.OfType<bool>().Distinct().ToList() is [var only] ? only : null;

    /// <summary>
    /// Shown by the message templates, where the sender signed that all its marketing went through them, and by every message on record. A message or template
    /// without a refusal contradicts it.
    /// </summary>
    bool? EarlierMessagesOfferedRefusal(IReadOnlyList<DetailsCollected> collected, List<MessageSent> sent)
    {
        var bySend = sent.Select(message => Offered(controller.TemplateOn(message.Template, message.When.Day))).ToList();
        if (bySend.Contains(false)) return false;
        if (controller.Statement(campaign.Sender, StatementKind.MarketingOnlyThroughTemplates, campaign.Day) is not { Answer: true }) return null;
        if (bySend.Contains(null)) return null;
        var since = collected.Select(c => (DateOnly?)c.When.Day).Min() ?? DateOnly.MinValue;
        var inUse = controller.TemplatesBetween(campaign.Sender, since, campaign.Day).Select(Offered).ToList();
        return inUse.Contains(false) ? false : inUse.Contains(null) ? null : true;
    }

    static bool? Offered(TemplateVersion? template) => template switch
    {
        { RefusalOffered: true, RefusalSimple: true, RefusalFree: true } => true,
        { RefusalOffered: false } or { RefusalSimple: false } or { RefusalFree: false } => false,
        _ => null,
    };

    bool? NoticeGiven(IReadOnlyList<DetailsCollected> collected)
    {
        var given = collected.Select(c => Shown(c)?.NoticeGiven).ToList();
        return given.Contains(true) ? true : given.TrueForAll(g => g == false) ? false : null;
    }

    bool? RightToObjectShown(IReadOnlyList<ContactEntry> known, IReadOnlyList<DetailsCollected> collected, List<MessageSent> sent)
    {
        if (known.OfType<NoticeServed>().Any(notice => notice.ShowsRightToObject)) return true;
        if (collected.Any(c => Shown(c)?.RightToObjectShown == true)) return true;
        if (sent.Any(message => controller.TemplateOn(message.Template, message.When.Day)?.StatesRightToObject == true)) return true;
        return collected.Count > 0 && collected.All(c => Shown(c)?.RightToObjectShown == false) && sent.Count == 0 ? false : null;
    }

    /// <summary>Counted where the sender signed that every message is on record; otherwise what is on record is not a count.</summary>
    int? MarketingLast30Days(List<MessageSent> sent) =>
        controller.Statement(campaign.Sender, StatementKind.SendsComplete, campaign.Day) is { Answer: true }
            ? sent.Count(message => message.When.Day > campaign.Day.AddDays(-30) && message.When.Day <= campaign.Day)
            : null;

    Shown? Shown(DetailsCollected collection) => collection.Shown ?? controller.PointOn(collection.Point, collection.When.Day)?.Shown;
}
