using MaySend.Evidence.Actors;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Entries;

/// <summary>
/// An entry about the controller, and whether whoever recorded it may sign: what decides if it counts, and if it replaces.
/// </summary>
/// <param name="Entry">What it says.</param>
/// <param name="BySigner">Whether whoever recorded it may sign.</param>
/// <param name="Seq">Its number in the controller's chain; 0 for what stands in files.</param>
public readonly record struct OnRecord(ControllerEntry Entry, bool BySigner, long Seq = 0)
{
    /// <summary>False for what only says that something was asked: campaigns as they were described, screenings.</summary>
    public bool IsEvidence => Entry is not (CampaignRegistered or AudienceScreened);

    /// <summary>As a store keeps it; of an entry from before rights were kept nobody knows, so it is nobody's who may sign.</summary>
    public static OnRecord Of(ControllerEntry entry, Rights? rights, long seq = 0) =>
        new(entry, (rights ?? Rights.None).HasFlag(Rights.Sign), seq);
}

/// <summary>What of a row counts.</summary>
static class OnRecordVouching
{
    /// <summary>
    /// The entry as it counts: what a row says was shown counts towards sending only from somebody who may sign, and against it from
    /// anybody. Of an entry from before rights were kept, one that was read from a file counts as its importer's.
    /// </summary>
    public static ContactEntry Counting(this ContactEntry entry, Rights? rights, bool isFromFile) =>
        entry is DetailsCollected { Shown: { } shown } collected && !(rights?.HasFlag(Rights.Sign) ?? isFromFile)
            ? collected with
            {
                Shown = shown.AgainstSending(),
            }
            : entry;

    /// <summary>Only what stands in the way of sending.</summary>
    public static Shown AgainstSending(this Shown said) =>
        new()
        {
            RefusalOffered = No(said.RefusalOffered),
            RefusalSimple = No(said.RefusalSimple),
            RefusalFree = No(said.RefusalFree),
            RefusalsInRegister = No(said.RefusalsInRegister),
            ConsentAsked = said.ConsentAsked == true ? true : null,
            IsAskingUnsigned = said.ConsentAsked == true,
            ToldNoMarketing = said.ToldNoMarketing == true ? true : null,
            BasisClaimed = said.BasisClaimed == Shown.OnConsent ? Shown.OnConsent : null,
            NoticeNamedMarketing = No(said.NoticeNamedMarketing),
            NoticeNamedInterest = No(said.NoticeNamedInterest),
            NoticeGiven = No(said.NoticeGiven),
            RightToObjectShown = No(said.RightToObjectShown),
            Lawful = No(said.Lawful),
            DetailsGivenAnew = No(said.DetailsGivenAnew),
        };

    /// <summary>Only what stands in the way of sending; its labels too, which show nothing and may contradict.</summary>
    public static TemplateVersion AgainstSending(this TemplateVersion said) =>
        said with
        {
            RefusalOffered = No(said.RefusalOffered),
            RefusalSimple = No(said.RefusalSimple),
            RefusalFree = No(said.RefusalFree),
            RefusalWorks = No(said.RefusalWorks),
            RefusalScope = said.RefusalScope == WholeScope ? null : said.RefusalScope,
            RefusalMedium = said.RefusalMedium == SameMedium ? null : said.RefusalMedium,
            SenderIdentified = No(said.SenderIdentified),
            StopAddressValid = No(said.StopAddressValid),
            CommercialNatureClear = No(said.CommercialNatureClear),
            StatesRightToObject = No(said.StatesRightToObject),
            CarriesPrivacyNotice = No(said.CarriesPrivacyNotice),
            Tracking = said.Tracking is null or "none" ? null : said.Tracking,
        };

    /// <summary>
    /// What two versions show together; the first gives its name and period. Whether a refusal works, for how much and in which medium
    /// is taken for granted where nobody speaks of it: there what restricts stands, whoever says it.
    /// </summary>
    public static TemplateVersion Together(this TemplateVersion one, TemplateVersion other) =>
        one with
        {
            RefusalOffered = Both(one.RefusalOffered, other.RefusalOffered),
            RefusalSimple = Both(one.RefusalSimple, other.RefusalSimple),
            RefusalFree = Both(one.RefusalFree, other.RefusalFree),
            RefusalWorks = one.RefusalWorks & other.RefusalWorks ?? one.RefusalWorks ?? other.RefusalWorks,
            RefusalScope = one.RefusalScope is null or WholeScope ? other.RefusalScope ?? one.RefusalScope : one.RefusalScope,
            RefusalMedium = one.RefusalMedium is null or SameMedium ? other.RefusalMedium ?? one.RefusalMedium : one.RefusalMedium,
            SenderIdentified = Both(one.SenderIdentified, other.SenderIdentified),
            StopAddressValid = Both(one.StopAddressValid, other.StopAddressValid),
            CommercialNatureClear = Both(one.CommercialNatureClear, other.CommercialNatureClear),
            StatesRightToObject = Both(one.StatesRightToObject, other.StatesRightToObject),
            CarriesPrivacyNotice = Both(one.CarriesPrivacyNotice, other.CarriesPrivacyNotice),
            Labels = other.Labels is null || one.Labels is null ? one.Labels : Common(one.Labels, other.Labels),
            Tracking =
                other.Tracking is null || one.Tracking == other.Tracking ? one.Tracking
                : one.Tracking is null ? other.Tracking
                : null,
        };

    /// <summary>The labels that both name: what one of them lacks, nothing shows.</summary>
    static NameSet Common(NameSet one, NameSet other) =>
        one.IsEverything || other.IsEverything
            ? one.IsEverything
                ? other
                : one
            : NameSet.Of(one.Names.Where(other.Has), isComplete: false);

    const string WholeScope = "everything";
    const string SameMedium = "same";

    static bool? No(bool? said) => said == false ? false : null;

    static bool? Both(bool? one, bool? other) =>
        one is null ? other
        : other is null || one == other ? one
        : null;
}
