using MaySend.Mail.Inbound.RawMail;

namespace MaySend.Records;

/// <summary>Where the server keeps what is not in the store, and for how long; the host makes it from its own settings.</summary>
public sealed record RecordsOptions
{
    /// <summary>The folder of the spool, the copy of the opt-out keys, <c>inbound.json</c> and the screenings.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The folder of the spool, on another disk than the store's for choice; null for <see cref="DataFolder"/>.</summary>
    public string? SpoolFolder { get; init; }

    internal string SpoolIn => SpoolFolder ?? DataFolder;

    /// <summary>How long an opt-out waits for the store before it is spooled.</summary>
    public TimeSpan OptOutPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often the spool is tried again.</summary>
    public TimeSpan DrainEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a screening's files are kept: they are personal data.</summary>
    public TimeSpan KeepScreenings { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How much the screenings that are kept may take of the disk, in octets; more are asked for when some are gone.</summary>
    public long GreatestScreenings { get; init; } = 4L << 30;

    /// <summary>How much the files may take of the disk, in octets, that people brought to be imported and are looking at.</summary>
    public long GreatestStagedImports { get; init; } = 1L << 30;

    /// <summary>
    /// Gives the certificate that signs for Amazon SNS, for an address already checked to be Amazon's; null to fetch it there.
    /// </summary>
    public Func<Uri, System.Security.Cryptography.X509Certificates.X509Certificate2?>? SnsCertificate { get; init; }

    /// <summary>Where the keys of mails' signatures are looked up.</summary>
    public ITextRecords Dns { get; init; } = SystemDns;

    static readonly DnsTextRecords SystemDns = new();

    /// <summary>How long something may wait in the inbox before it is an alarm.</summary>
    public TimeSpan InboxAlarmAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long the text of something settled is kept.</summary>
    public TimeSpan KeepSettledTexts { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The address under which people reach the public pages; null for the first the server listens on.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How long the link in a confirmation mail is good.</summary>
    public TimeSpan SignUpLasts { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a fresh link to what is held about somebody is good.</summary>
    public TimeSpan FreshLinkLasts { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The folder, beside the store, of the sealed texts of what waits for a person: a backup takes it along.</summary>
    public const string InboxName = "inbox";

    internal string Inbox => Path.Combine(DataFolder, InboxName);

    /// <summary>The folder, beside the store, of what was screened: an erasure reaches it too.</summary>
    public const string ScreeningsName = "screenings";

    internal string Screenings => Path.Combine(DataFolder, ScreeningsName);
}
