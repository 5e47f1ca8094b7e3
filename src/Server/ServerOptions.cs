using MaySend.Records;

namespace MaySend.Server;

/// <summary>Where the server finds and keeps things, and what it allows.</summary>
public sealed record ServerOptions
{
    /// <summary>The folder of the store (unless PostgreSQL holds it), its keys, the copy of the opt-out keys and the spool.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The folder of the spool of opt-outs, on another disk for choice; null for <see cref="DataFolder"/>.</summary>
    public string? SpoolFolder { get; init; }

    /// <summary>A PostgreSQL connection; null for the store in <see cref="DataFolder"/>.</summary>
    public string? Postgres { get; init; }

    /// <summary>The folder of the law files.</summary>
    public required string LawFolder { get; init; }

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The address under which recipients reach the opt-out pages; null for the first of <see cref="Urls"/>.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Who has to have a second factor to use the console.</summary>
    public SecondFactorFor SecondFactor { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Requests a second that one API key may make. Opt-outs are never limited.</summary>
    public int RequestsPerSecond { get; init; } = 2000;

    /// <summary>The largest body of an ordinary request, in octets; batches and uploads have their own limit.</summary>
    public long GreatestBody { get; init; } = 1024 * 1024;

    /// <summary>How long an opt-out waits for the store before it is spooled.</summary>
    public TimeSpan OptOutPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Gives the certificate that signs for Amazon SNS, for an address already checked to be Amazon's; null to fetch it there.
    /// </summary>
    public Func<Uri, System.Security.Cryptography.X509Certificates.X509Certificate2?>? SnsCertificate { get; init; }

    /// <summary>Where the keys of mails' signatures are looked up; null for the DNS of this machine.</summary>
    public Mail.Inbound.RawMail.ITextRecords? Dns { get; init; }

    /// <summary>How often the spool is tried again.</summary>
    public TimeSpan DrainEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a screening's files are kept: they are personal data.</summary>
    public TimeSpan KeepScreenings { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The largest upload of a screening, in octets; the command line takes more.</summary>
    public long GreatestUpload { get; init; } = 120_000_000;

    internal RecordsOptions Records => Dns is { } dns ? Usual with { Dns = dns } : Usual;

    RecordsOptions Usual =>
        new()
        {
            DataFolder = DataFolder,
            SpoolFolder = SpoolFolder,
            OptOutPatience = OptOutPatience,
            DrainEvery = DrainEvery,
            KeepScreenings = KeepScreenings,
            SnsCertificate = SnsCertificate,
            PublicUrl = PublicUrl,
        };

    /// <summary>The store's location, as <c>EvidenceStores</c> takes it.</summary>
    public string Location => Postgres ?? DataFolder;

    /// <summary>The store's key file.</summary>
    public string KeyFile => Path.Combine(DataFolder, Stores.EvidenceStores.KeyFileName);
}
