using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Mail.Inbound;
using MaySend.Reading;

namespace MaySend.Records.Inbound;

/// <summary>One thing wrong with a source of <c>inbound.json</c>.</summary>
/// <param name="Source">Which.</param>
/// <param name="Field">The field as the file names it; blank where it is the source as a whole.</param>
/// <param name="Text">What is wrong; a secret is never in it.</param>
/// <param name="Help">What to do.</param>
public sealed record SourceProblem(string Source, string Field, string Text, string? Help = null)
{
    const string Wider = "its id, or leave it out: requests to stop then apply to every sender";

    /// <summary>The same as a problem of the file.</summary>
    internal Problem In(string path) => new(new Place(path), $"{Source}: {Text}", Help);

    /// <summary>What is wrong with a source, whoever is on record.</summary>
    /// <param name="name">A platform's name, or <see cref="InboundSource.Mail"/>.</param>
    /// <param name="source">What is said of it.</param>
    /// <param name="path">The file, beside which files are named.</param>
    /// <param name="isSecretAtHand">True where the mailbox's password or token was typed just now, and has no file yet.</param>
    internal static IEnumerable<SourceProblem> Of(string name, InboundSource source, string path, bool isSecretAtHand = false) =>
        name.Equals(InboundSource.Mail, StringComparison.OrdinalIgnoreCase)
            ? OfMail(name, source, path, isSecretAtHand)
            : OfPlatform(name, source);

    static IEnumerable<SourceProblem> OfPlatform(string name, InboundSource source)
    {
        if (InboundFile.PlatformOf(name) is not { } platform)
        {
            yield return new(
                name,
                "",
                $"`{name}` is not a platform",
                $"{InboundSource.Mail}, or one of {string.Join(", ", InboundFile.Platforms)}"
            );
            yield break;
        }
        // SES signs with Amazon's certificate and speaks through one topic; every other hook is open to whoever knows its address unless
        // there is a secret.
        if (platform == WebhookPlatform.Ses && string.IsNullOrWhiteSpace(source.TopicArn))
            yield return new(name, "topicArn", "`topicArn` is missing", "without it, anybody could report");
        if (platform != WebhookPlatform.Ses && string.IsNullOrEmpty(source.Secret))
            yield return new(name, "secret", "`secret` is missing", "without it, anybody could report");
        if (
            source is not { Server: null, Domain: null, Imap: null, PasswordFile: null, TokenFile: null, MoveTo: null }
            || source is not { Sealers: null, Maildir: null }
        )
            yield return new(
                name,
                "",
                $"server, domain, sealers, maildir, imap, passwordFile, tokenFile and moveTo belong under `{InboundSource.Mail}`"
            );
        if (source.Topics?.FirstOrDefault(topic => string.IsNullOrWhiteSpace(topic.Value)) is { Key: { } blank })
            yield return new(name, "topics", $"`{blank}` is translated into nothing", "a topic of the sender, or leave it out");
        if (source.Zone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            yield return new(name, "zone", $"`{zone}` is not a time zone", "such as Europe/Paris");
    }

    static IEnumerable<SourceProblem> OfMail(string name, InboundSource source, string path, bool isSecretAtHand)
    {
        if (source is not { Secret: null, Zone: null, TopicArn: null, Topics: null })
            yield return new(name, "", $"only {InboundFile.MailKeys} are known", "mail comes in with an API key, or from a mailbox");
        if (source.Server is { } server && string.IsNullOrWhiteSpace(server))
            yield return new(name, "server", "`server` is blank", "the name that your own mail server writes, or leave it out");
        if (source.Domain is { } domain && !IsDomain(domain))
            yield return new(name, "domain", $"`{domain}` is not a domain", "such as u.shop.example");
        foreach (var sealer in (source.Sealers ?? []).Where(sealer => !IsDomain(sealer)))
            yield return new(name, "sealers", $"`{sealer}` is not a domain that signs ARC seals", "such as google.com");
        if (source.Maildir is { } maildir && string.IsNullOrWhiteSpace(maildir))
            yield return new(name, "maildir", "`maildir` is blank", "the folder that holds new, cur and tmp, or leave it out");
        if (source is { Maildir: not null, Imap: not null })
            yield return new(
                name,
                "imap",
                "both a mailbox and a maildir are named, and the server reads one of them",
                "keep one; `maysend inbound --watch` reads the other"
            );
        if (
            source is { Imap: null } and not { PasswordFile: null, TokenFile: null, MoveTo: null }
            || (source.Imap is null && isSecretAtHand)
        )
            yield return new(name, "imap", "passwordFile, tokenFile and moveTo need imap");
        if (source.Imap is null)
            yield break;
        var problems = new Problems();
        _ = InboundFile.Mailbox(source, path, problems, isSecretAtHand);
        foreach (var problem in problems.List)
            yield return new(name, "imap", problem.Text, problem.Help);
    }

    /// <summary>
    /// The senders and topics that a source names and nobody bears. While there is no sender at all, as before the first load, there is
    /// nothing to check against.
    /// </summary>
    internal static IEnumerable<SourceProblem> Unknown(string name, string? sender, IEnumerable<string> topics, KnownNames known)
    {
        if (known.IsEmpty)
            yield break;
        var senders = sender is null ? NameSet.Everything : NameSet.Of(known.Senders(sender));
        if (senders.IsEmpty)
        {
            yield return new(name, "sender", $"`{sender}` is not a sender on record", Wider);
            yield break;
        }
        foreach (var topic in topics.Distinct(StringComparer.Ordinal).Where(topic => !known.Topics(topic, senders).Any()))
            yield return new(
                name,
                "topics",
                $"`{topic}` is not a topic on record",
                "a topic of the sender, or leave it out: requests to stop then apply to every topic"
            );
    }

    static bool IsDomain(string name) => Uri.CheckHostName(name) == UriHostNameType.Dns;
}
