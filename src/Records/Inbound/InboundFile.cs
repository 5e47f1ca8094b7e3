using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Mail.Inbound;
using MaySend.Reading;

namespace MaySend.Records.Inbound;

/// <summary>One hook that is open.</summary>
/// <param name="Source">Who calls, and how they prove it.</param>
/// <param name="Sender">The sender whose messages the platform sends; null binds every sender.</param>
/// <param name="Topics">The platform's groups, lists and streams, as topics of ours.</param>
public sealed record InboundHook(WebhookSource Source, string? Sender, ImmutableDictionary<string, string> Topics);

/// <summary>
/// Reads and writes <c>inbound.json</c> in the data folder: <c>{"mailgun": {"secret": "...", "sender": "lantern-ltd", "topics": {"list-7":
/// "homeware"}}}</c>. A platform that is not named has no hook.
/// </summary>
static class InboundFile
{
    public const string FileName = "inbound.json";
    public const string MailKeys = "sender, server, domain, sealers, maildir, imap, passwordFile, tokenFile and moveTo";

    // Of two values for one name a reader would take either: the file then says nothing sure.
    static readonly JsonSerializerOptions Layout = new(EntryJson.Options) { AllowDuplicateProperties = false, WriteIndented = true };

    static readonly ConcurrentDictionary<Uri, X509Certificate2?> Certificates = new();
    static readonly HttpClient Amazon = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    /// <summary>The names of platforms, as the file writes them.</summary>
    public static IReadOnlyList<string> Platforms { get; } =
    [.. Enum.GetNames<WebhookPlatform>().Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal)];

    /// <summary>The platform of a name, in any case of letters; null for a name that is none's.</summary>
    public static WebhookPlatform? PlatformOf(string name) =>
        Platforms.Contains(name, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<WebhookPlatform>(name, ignoreCase: true) : null;

    /// <summary>The hooks, by platform, and what is known of mails; none where there is no file.</summary>
    /// <exception cref="BadInputException">The file is wrong.</exception>
    public static InboundSettings Read(string path, Func<Uri, X509Certificate2?>? certificate = null) =>
        Read(path, Octets(path), certificate);

    /// <summary>The same of what the file holds; null where there is no file.</summary>
    /// <exception cref="BadInputException">It is wrong.</exception>
    public static InboundSettings Read(string path, byte[]? octets, Func<Uri, X509Certificate2?>? certificate)
    {
        if (octets is null)
            return InboundSettings.None;
        var sources = Sources(path, octets);
        var problems = new Problems();
        problems.AddAll(sources.SelectMany(one => SourceProblem.Of(one.Key, one.Value, path)).Select(problem => problem.In(path)));
        problems.ThrowIfAny();
        return new(
            sources
                .Where(one => PlatformOf(one.Key) is not null)
                .ToImmutableDictionary(
                    one => one.Key,
                    one => Hook(PlatformOf(one.Key)!.Value, one.Value, certificate ?? Certificate),
                    StringComparer.OrdinalIgnoreCase
                ),
            sources.GetValueOrDefault(InboundSource.Mail) is { } mail ? Mail(mail, path) : InboundSettings.None.Mail
        );
    }

    /// <summary>What the file holds; null where there is none.</summary>
    /// <exception cref="BadInputException">It is there and cannot be read.</exception>
    public static byte[]? Octets(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(new Place(path), "cannot be opened", "let the user that runs the server read it");
        }
    }

    /// <summary>What the file says of each source, by name, in its order.</summary>
    /// <exception cref="BadInputException">It is not such a file.</exception>
    public static IReadOnlyDictionary<string, InboundSource> Sources(string path, ReadOnlySpan<byte> octets)
    {
        var sources = new Dictionary<string, InboundSource>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var named =
                JsonSerializer.Deserialize<Dictionary<string, InboundSource?>>(octets, Layout)
                ?? throw new BadInputException(new Place(path), "holds nothing", "{} where nothing is to be heard");
            foreach (var (name, source) in named)
                if (source is null || !sources.TryAdd(name, source))
                    throw new BadInputException(
                        new Place(path),
                        source is null ? $"`{name}` says nothing" : $"`{name}` is there twice",
                        source is null ? "what is known of it, or leave it out" : "leave one of them out"
                    );
        }
        catch (JsonException fault)
        {
            throw new BadInputException(
                new Place(path, (int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1),
                $"cannot be read at {fault.Path}",
                $"secret, sender, zone, topicArn and topics are known; for {InboundSource.Mail}: {MailKeys}"
            );
        }
        return sources;
    }

    /// <summary>The same as the file says it.</summary>
    public static string Text(IEnumerable<KeyValuePair<string, InboundSource>> sources) =>
        JsonSerializer.Serialize(new OrderedDictionary<string, InboundSource>(sources), Layout) + "\n";

    /// <summary>Every sender and topic that the hooks name must be on record.</summary>
    /// <exception cref="BadInputException">Some are not.</exception>
    public static void Check(string path, InboundSettings settings, KnownNames known)
    {
        var problems = new Problems();
        problems.AddAll(
            SourceProblem
                .Unknown(InboundSource.Mail, settings.Mail.Sender, [], known)
                .Concat(settings.Hooks.SelectMany(one => SourceProblem.Unknown(one.Key, one.Value.Sender, one.Value.Topics.Values, known)))
                .Select(problem => problem.In(path))
        );
        problems.ThrowIfAny();
    }

    /// <summary>The mailbox that the server reads; null where none is named, or what is said of it is wrong.</summary>
    public static ReturnMailbox? Mailbox(InboundSource mail, string path, Problems problems, bool isSecretAtHand = false)
    {
        var secrets = new MailboxSecrets(Beside(path, mail.PasswordFile), Beside(path, mail.TokenFile)) { IsAtHand = isSecretAtHand };
        return mail.Imap is { } imap ? ReturnMailbox.Read(imap, secrets, mail.MoveTo, new Place(path), problems) : null;
    }

    static ReturnMail Mail(InboundSource mail, string path) =>
        new(mail.Sender, mail.Server, mail.Domain?.ToLowerInvariant())
        {
            Sealers = mail.Sealers ?? [],
            Mailbox = Mailbox(mail, path, new Problems()),
            Maildir = Beside(path, mail.Maildir),
        };

    static string? Beside(string path, string? file) =>
        file is null ? null : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file);

    static InboundHook Hook(WebhookPlatform platform, InboundSource source, Func<Uri, X509Certificate2?> certificate) =>
        new(
            new WebhookSource(platform)
            {
                Secret = source.Secret,
                AccountZone = source.Zone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : null,
                TopicArn = source.TopicArn,
                Certificate = certificate,
            },
            source.Sender,
            source.Topics?.ToImmutableDictionary() ?? ImmutableDictionary<string, string>.Empty
        );

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
