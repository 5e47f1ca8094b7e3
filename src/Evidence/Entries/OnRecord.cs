using MaySend.Evidence.Actors;

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
            NoticeNamedMarketing = No(said.NoticeNamedMarketing),
            NoticeNamedInterest = No(said.NoticeNamedInterest),
            NoticeGiven = No(said.NoticeGiven),
            RightToObjectShown = No(said.RightToObjectShown),
            Lawful = No(said.Lawful),
            DetailsGivenAnew = No(said.DetailsGivenAnew),
        };

    /// <summary>Only what stands in the way of sending.</summary>
    public static TemplateVersion AgainstSending(this TemplateVersion said) =>
        said with
        {
            RefusalOffered = No(said.RefusalOffered),
            RefusalSimple = No(said.RefusalSimple),
            RefusalFree = No(said.RefusalFree),
            SenderIdentified = No(said.SenderIdentified),
            StopAddressValid = No(said.StopAddressValid),
            CommercialNatureClear = No(said.CommercialNatureClear),
            StatesRightToObject = No(said.StatesRightToObject),
            CarriesPrivacyNotice = No(said.CarriesPrivacyNotice),
            Labels = null,
            Tracking = said.Tracking is null or "none" ? null : said.Tracking,
        };

    /// <summary>What two versions show together; the first gives its name and period.</summary>
    public static TemplateVersion Together(this TemplateVersion one, TemplateVersion other) =>
        one with
        {
            RefusalOffered = Both(one.RefusalOffered, other.RefusalOffered),
            RefusalSimple = Both(one.RefusalSimple, other.RefusalSimple),
            RefusalFree = Both(one.RefusalFree, other.RefusalFree),
            SenderIdentified = Both(one.SenderIdentified, other.SenderIdentified),
            StopAddressValid = Both(one.StopAddressValid, other.StopAddressValid),
            CommercialNatureClear = Both(one.CommercialNatureClear, other.CommercialNatureClear),
            StatesRightToObject = Both(one.StatesRightToObject, other.StatesRightToObject),
            CarriesPrivacyNotice = Both(one.CarriesPrivacyNotice, other.CarriesPrivacyNotice),
            Tracking =
                other.Tracking is null || one.Tracking == other.Tracking ? one.Tracking
                : one.Tracking is null ? other.Tracking
                : null,
        };

    static bool? No(bool? said) => said == false ? false : null;

    static bool? Both(bool? one, bool? other) =>
        one is null ? other
        : other is null || one == other ? one
        : null;
}
