using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Mail.Inbound;
using MaySend.Reading;

namespace MaySend.Records.Inbound;

/// <summary>One hook that is open.</summary>
/// <param name="Source">Who calls, and how they prove it.</param>
/// <param name="Sender">The sender whose messages the platform sends; null binds every sender.</param>
/// <param name="Topics">The platform's groups, lists and streams, as topics of ours.</param>
public sealed record InboundHook(WebhookSource Source, string? Sender, ImmutableDictionary<string, string> Topics);

/// <summary>
/// Reads <c>inbound.json</c> in the data folder: <c>{"mailgun": {"secret": "...", "sender": "lantern-ltd", "topics": {"list-7":
/// "homeware"}}}</c>. A platform that is not named has no hook.
/// </summary>
static class InboundFile
{
    const string MailName = "mail";
    const string MailKeys = "sender, server, domain, sealers, imap, passwordFile, tokenFile and moveTo";

    sealed record Entry
    {
        public string? Server { get; init; }

        public string? Domain { get; init; }

        public string? Secret { get; init; }

        public string? Sender { get; init; }

        public string? Zone { get; init; }

        public string? TopicArn { get; init; }

        public string? Imap { get; init; }

        public string? PasswordFile { get; init; }

        public string? TokenFile { get; init; }

        public string? MoveTo { get; init; }

        public ImmutableArray<string> Sealers { get; init; } = [];

        public ImmutableDictionary<string, string> Topics { get; init; } = ImmutableDictionary<string, string>.Empty;
    }

    static readonly ConcurrentDictionary<Uri, X509Certificate2?> Certificates = new();
    static readonly HttpClient Amazon = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    /// <summary>The hooks, by platform, and what is known of mails; none where there is no file.</summary>
    /// <exception cref="BadInputException">The file is wrong.</exception>
    public static InboundSettings Read(string path, Func<Uri, X509Certificate2?>? certificate = null)
    {
        if (!File.Exists(path))
            return InboundSettings.None;
        var problems = new Problems();
        var hooks = ImmutableDictionary.CreateBuilder<string, InboundHook>(StringComparer.OrdinalIgnoreCase);
        var mail = InboundSettings.None.Mail;
        try
        {
            foreach (
                var (name, entry) in JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllBytes(path), EntryJson.Options) ?? []
            )
                if (name.Equals(MailName, StringComparison.OrdinalIgnoreCase))
                    mail = Mail(entry, path, problems);
                else if (Hook(name, entry, path, certificate ?? Certificate, problems) is { } hook)
                    hooks[name] = hook;
        }
        catch (JsonException fault)
        {
            problems.Add(
                new Place(path, (int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1),
                $"cannot be read at {fault.Path}",
                $"secret, sender, zone, topicArn and topics are known; for {MailName}: {MailKeys}"
            );
        }
        problems.ThrowIfAny();
        return new(hooks.ToImmutable(), mail);
    }

    /// <summary>
    /// Every sender and topic that the hooks name must be on record. While there is no sender at all, as before the first load, there is
    /// nothing to check against.
    /// </summary>
    /// <exception cref="BadInputException">Some are not.</exception>
    public static void Check(string path, InboundSettings settings, KnownNames known)
    {
        if (known.IsEmpty)
            return;
        var problems = new Problems();
        if (settings.Mail.Sender is { } named && !known.Senders(named).Any())
            problems.Add(
                new Place(path),
                $"{MailName}: `{named}` is not a sender on record",
                "its id, or leave it out: requests to stop then apply to every sender"
            );
        foreach (var (name, hook) in settings.Hooks)
        {
            var senders = hook.Sender is { } sender ? NameSet.Of(known.Senders(sender)) : NameSet.Everything;
            if (hook.Sender is not null && senders.IsEmpty)
                problems.Add(
                    new Place(path),
                    $"{name}: `{hook.Sender}` is not a sender on record",
                    "its id, or leave it out: requests to stop then apply to every sender"
                );
            foreach (var topic in hook.Topics.Values.Distinct().Where(topic => !known.Topics(topic, senders).Any() && !senders.IsEmpty))
                problems.Add(
                    new Place(path),
                    $"{name}: `{topic}` is not a topic on record",
                    "a topic of the sender, or leave it out: requests to stop then apply to every topic"
                );
        }
        problems.ThrowIfAny();
    }

    static ReturnMail Mail(Entry entry, string path, Problems problems)
    {
        if (entry is not { Secret: null, Zone: null, TopicArn: null, Topics.IsEmpty: true })
            problems.Add(new Place(path), $"{MailName}: only {MailKeys} are known", "mail comes in with an API key, or from a mailbox");
        if (entry.Domain is { } domain && Uri.CheckHostName(domain) != UriHostNameType.Dns)
            problems.Add(new Place(path), $"{MailName}: `{domain}` is not a domain", "such as u.shop.example");
        foreach (var sealer in entry.Sealers.Where(sealer => Uri.CheckHostName(sealer) != UriHostNameType.Dns))
            problems.Add(new Place(path), $"{MailName}: `{sealer}` is not a domain that signs ARC seals", "such as google.com");
        if (entry is { Imap: null } and not { PasswordFile: null, TokenFile: null, MoveTo: null })
            problems.Add(new Place(path), $"{MailName}: passwordFile, tokenFile and moveTo need imap");
        var secrets = new MailboxSecrets(Beside(path, entry.PasswordFile), Beside(path, entry.TokenFile));
        return new(entry.Sender, entry.Server, entry.Domain?.ToLowerInvariant())
        {
            Sealers = entry.Sealers,
            Mailbox = entry.Imap is { } imap ? ReturnMailbox.Read(imap, secrets, entry.MoveTo, new Place(path), problems) : null,
        };
    }

    static string? Beside(string path, string? file) =>
        file is null ? null : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file);

    static InboundHook? Hook(string name, Entry entry, string path, Func<Uri, X509Certificate2?> certificate, Problems problems)
    {
        if (!Enum.TryParse<WebhookPlatform>(name, ignoreCase: true, out var platform) || int.TryParse(name, out _))
        {
            problems.Add(
                new Place(path),
                $"`{name}` is not a platform",
                $"{MailName}, or one of {string.Join(", ", Enum.GetNames<WebhookPlatform>()).ToLowerInvariant()}"
            );
            return null;
        }
        // SES signs with Amazon's certificate and speaks through one topic; every other hook is open to whoever knows its address unless
        // there is a secret.
        if (platform == WebhookPlatform.Ses ? entry.TopicArn is null : string.IsNullOrEmpty(entry.Secret))
            problems.Add(
                new Place(path),
                $"{name}: {(platform == WebhookPlatform.Ses ? "`topicArn`" : "`secret`")} is missing",
                "without it, anybody could report"
            );
        if (
            entry
            is not { Server: null, Domain: null, Imap: null, PasswordFile: null, TokenFile: null, MoveTo: null, Sealers.IsEmpty: true }
        )
            problems.Add(
                new Place(path),
                $"{name}: server, domain, sealers, imap, passwordFile, tokenFile and moveTo belong under `{MailName}`"
            );
        TimeZoneInfo? zone = null;
        if (entry.Zone is { } id && !TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone))
            problems.Add(new Place(path), $"{name}: `{id}` is not a time zone", "such as Europe/Paris");
        return new(
            new WebhookSource(platform)
            {
                Secret = entry.Secret,
                AccountZone = zone,
                TopicArn = entry.TopicArn,
                Certificate = certificate,
            },
            entry.Sender,
            entry.Topics
        );
    }

    /// <summary>
    /// Answers Amazon's question whether the topic may speak to this hook. The question was signed by the topic that is configured, and the
    /// address is Amazon's.
    /// </summary>
    public static async Task ConfirmAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var answer = await Amazon.GetAsync(address, cancellation);
        }
        catch (HttpRequestException)
        {
            // Amazon asks again; until then the topic stays silent.
        }
    }

    /// <summary>The address was checked to be Amazon's before this is asked.</summary>
    static X509Certificate2? Certificate(Uri address)
    {
        if (Certificates.TryGetValue(address, out var known))
            return known;
        try
        {
            using var answer = Amazon.Send(new HttpRequestMessage(HttpMethod.Get, address));
            if (!answer.IsSuccessStatusCode)
                return null;
            using var reader = new StreamReader(answer.Content.ReadAsStream());
            var certificate = X509Certificate2.CreateFromPem(reader.ReadToEnd());
            return Certificates.Count < 100 ? Certificates[address] = certificate : certificate;
        }
        catch (Exception fault)
            when (fault is HttpRequestException or TaskCanceledException or System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
