using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Facts of each request for consent. A refusal withdraws every consent in its scope, and so does a no to a later request; a tie in time is
/// read against sending.
/// </summary>
sealed class ConsentFacts(ControllerRecord controller, Campaign campaign)
{
    readonly StatementSigned? complete = controller.Statement(
        campaign.Sender,
        StatementKind.RefusalsComplete,
        campaign.Day,
        campaign.Channel
    );

    public ImmutableArray<FactSheet> Of(History history)
    {
        if (history.Consents.Length == 0)
            return [];
        var (requests, noes) = (new Moments(), new Moments());
        foreach (var refusal in history.Requests)
            if (refusal.AtMostIn30Days is null && RefusalFacts.Reaches(refusal, campaign))
                requests.Add(RefusalFacts.MadeAt(refusal));
        foreach (var answer in history.Consents)
            if (answer.Act == AskedInVain.No && campaign.IsReachedBy(answer.To, answer.Channels, answer.Topics, controller.Names))
                noes.Add(answer.When);
        var sheets = new FactSheet[history.Consents.Length];
        for (var i = 0; i < sheets.Length; i++)
            sheets[i] = Sheet(history.Consents[i], history, Withdrawn(history.Consents[i], requests, noes));
        return RecordOrder.NewestFirst(sheets, Consent.Day);
    }

    /// <summary>"All" names nobody in particular, and a consent is to those who are named; that none was is a fact.</summary>
    static NameSet? Named(NameSet? to) =>
        to is { IsEverything: true } ? null
        : to is { IsEmpty: true } ? Consent.To.None
        : to;

    /// <summary>A withdrawn one is taken whatever it calls its channels; a name that no law knows is no channel of a consent.</summary>
    static NameSet? Understood(NameSet? channels) =>
        channels is { IsEverything: false } ? NameSet.Of(channels.Names.Where(Words.Channels.Contains), channels.IsComplete) : channels;

    FactSheet Sheet(ConsentAnswered consent, History history, bool? withdrawn)
    {
        var version = controller.PointAt(consent.Point, consent.When, campaign.Day);
        var hasWording = version is { Wording.Length: > 0 } || !string.IsNullOrWhiteSpace(consent.Wording);
        var lastSent = Array
            .FindLast(
                history.Sent,
                sent => sent.IsSurelyOurs && sent.Entry.When.Day >= consent.When.Day && (consent.Channels?.Has(sent.Entry.Channel) ?? false)
            )
            .Entry;
        return new FactSheet(Scope.Consent, consent.Id)
            .With(Consent.Day, consent.When.Day)
            .With(Consent.To, Named(consent.To))
            .With(Consent.ChoseAmongSenders, consent.ChoseAmongSenders)
            .With(Consent.CoversOthersOffers, consent.CoversOthersOffers)
            .With(Consent.ToldUntil, consent.ToldUntil)
            .With(Consent.Channels, consent.Withdrawn is null ? consent.Channels : Understood(consent.Channels))
            .With(Consent.Topics, consent.Topics)
            .With(Consent.Act, consent.Act)
            .With(Consent.ConditionOfService, consent.ConditionOfService)
            .With(Consent.Informed, consent.Informed)
            .With(Consent.SeparateRequest, consent.SeparateRequest)
            .With(Consent.ToldOfWithdrawal, consent.ToldOfWithdrawal)
            // Proof is who, when, how and to what wording, for this person: a flag alone proves nothing.
            .With(Consent.Proven, hasWording && consent.Act is not null ? true : null)
            .With(Consent.ObtainedThrough, consent.ObtainedThrough)
            .With(Consent.SupplierChecked, consent.SupplierChecked)
            // A confirmation comes after what it confirms; one that may not have is a mistake of a clock, a zone or a file.
            .With(Consent.Confirmed, consent.Confirmed is { } confirmed && confirmed.IsSurelyAfter(consent.When) ? confirmed.Day : null)
            .With(Consent.CarriesName, consent.CarriesName)
            .With(Consent.Explicit, consent.Explicit)
            .With(Consent.CoversProfiling, consent.CoversProfiling)
            .With(Consent.CoversTracking, consent.CoversTracking)
            .With(Consent.Withdrawn, withdrawn)
            .With(Consent.PurposeEnded, consent.PurposeEnded)
            .With(Consent.LastUsed, lastSent?.When.Day ?? consent.When.Day)
            .With(Consent.Age, history.Ages.When(consent))
            .With(Consent.AgeOnRecord, history.Ages.AreOnRecord)
            .With(Consent.ParentAuthorised, consent.ParentAuthorised)
            .With(Calling.Renewed, consent.Renewed?.Day)
            .With(Calling.CoversUpload, consent.CoversUpload)
            .With(Calling.CoversPolitical, consent.CoversPolitical);
    }

    /// <summary>Whether a consent stands no longer; null where that is not known.</summary>
    /// <param name="consent">The consent.</param>
    /// <param name="requests">When requests to stop were made that reach the campaign.</param>
    /// <param name="noes">
    /// When the person, asked again, said no: an earlier yes is not what they say now. A box that was only left says nothing of it.
    /// </param>
    bool? Withdrawn(ConsentAnswered consent, in Moments requests, in Moments noes)
    {
        if (consent.Withdrawn is not null)
            return true;
        // The register is asked for the time since the consent was given, and vouches from its own beginning on.
        return requests.AnyMayBeAfter(consent.When) || (consent.Act != AskedInVain.No && noes.AnyMayBeAfter(consent.When)) ? true
            : complete.VouchesFrom(consent.When.Day) ? false
            : null;
    }
}
