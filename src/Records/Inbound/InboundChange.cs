namespace MaySend.Records.Inbound;

/// <summary>One thing that a change of a source alters; of a secret only that it is another.</summary>
/// <param name="What">What.</param>
/// <param name="Before">What was said of it.</param>
/// <param name="After">What is said from then on.</param>
public sealed record InboundChange(string What, string Before, string After)
{
    const string None = "none";
    const string Everyone = "every sender";
    const string EveryTopic = "every topic";

    /// <summary>In one line, for the record.</summary>
    public override string ToString() => $"{What}: {Before} → {After}";

    /// <summary>Everything that differs between two states of a source.</summary>
    /// <param name="before">As it was; null where it was not there.</param>
    /// <param name="after">As it shall be; null where it goes.</param>
    /// <param name="secret">The mailbox's new password or token; null where it stays.</param>
    public static IReadOnlyList<InboundChange> Between(InboundSource? before, InboundSource? after, MailboxSecret? secret = null)
    {
        var (old, now) = (before ?? new(), after ?? new());
        var changes = new List<InboundChange>();
        if (before is null != after is null)
            changes.Add(new("listening", before is null ? "no" : "yes", after is null ? "no" : "yes"));
        Add("secret", Secret(old.Secret), old.Secret == now.Secret ? Secret(now.Secret) : Another(now.Secret, old.Secret));
        Add("topic of Amazon SNS", old.TopicArn ?? None, now.TopicArn ?? None);
        Add("it stops the marketing of", Where(before, old.Sender ?? Everyone), Where(after, now.Sender ?? Everyone));
        Add("time zone of the account", old.Zone ?? None, now.Zone ?? None);
        var (topics, with) = (old.Topics ?? new Dictionary<string, string>(), now.Topics ?? new Dictionary<string, string>());
        foreach (var name in topics.Keys.Union(with.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            Add(
                $"“{name}” there",
                Where(before, topics.GetValueOrDefault(name) ?? EveryTopic),
                Where(after, with.GetValueOrDefault(name) ?? EveryTopic)
            );
        Add("your mail server's name", old.Server ?? None, now.Server ?? None);
        Add("opt-out mailboxes", At(old.Domain), At(now.Domain));
        Add("seals believed", Listed(old.Sealers), Listed(now.Sealers));
        Add("mailbox", Mailbox(old), Mailbox(now));
        Add("maildir", old.Maildir ?? None, now.Maildir ?? None);
        Add("once read, moved to", old.MoveTo ?? None, now.MoveTo ?? None);
        var (file, next) = (old.PasswordFile ?? old.TokenFile, now.PasswordFile ?? now.TokenFile);
        if (secret is not null)
            Add($"the mailbox's {(secret.IsToken ? "OAuth token" : "password")}", Secret(file), file is null ? "set" : "another");
        else if (file != next)
            Add("what the mailbox is signed in to with", Secret(file), Another(next, file));
        return changes;

        void Add(string what, string was, string becomes)
        {
            if (was != becomes)
                changes.Add(new(what, was, becomes));
        }
    }

    /// <summary>What MaySend no longer hears, or hears for fewer than before, once a change is made; empty where nothing is lost.</summary>
    /// <param name="name">The source.</param>
    /// <param name="before">As it was; null where it was not there.</param>
    /// <param name="after">As it shall be; null where it goes.</param>
    public static IReadOnlyList<string> Lost(string name, InboundSource? before, InboundSource? after)
    {
        if (before is null)
            return [];
        var isMail = name.Equals(InboundSource.Mail, StringComparison.OrdinalIgnoreCase);
        var lost = new List<string>();
        if (!isMail && after is null)
            lost.Add(
                $"MaySend no longer listens to {name}: unsubscribes, complaints and bounces there "
                    + $"reach it only when you import {name}'s list."
            );
        if (after is { Sender: { } bound } && before.Sender != bound)
            lost.Add(
                $"What it reports stops marketing of {bound} only; so far it stopped that of {before.Sender ?? "every sender"}. A stop "
                    + "already on record stays as wide as it is."
            );
        if (before.TopicArn is { } topic && after is not null && after.TopicArn != topic)
            lost.Add($"Messages of the topic {topic} are no longer believed.");
        if (before.Imap is not null && Mailbox(before) != Mailbox(after ?? new()))
            lost.Add($"MaySend no longer reads the mailbox {Mailbox(before)}: an opt-out that arrives there is not heard.");
        if (before.Maildir is { } maildir && maildir != after?.Maildir)
            lost.Add($"MaySend no longer reads the maildir {maildir}: an opt-out that arrives there is not heard.");
        if (before.Domain is { } domain && !domain.Equals(after?.Domain, StringComparison.OrdinalIgnoreCase))
            lost.Add(
                $"New opt-out links name no mailbox at {domain}. Messages already sent do: keep its mailboxes and go on passing on what "
                    + "arrives there."
            );
        if (before.Server is { } server && server != after?.Server)
            lost.Add($"What {server} says about who wrote a mail is no longer believed: requests that only it proves wait for a person.");
        foreach (var sealer in (before.Sealers ?? []).Except(after?.Sealers ?? [], StringComparer.OrdinalIgnoreCase))
            lost.Add($"Seals of {sealer} are no longer believed: requests that only they prove wait for a person.");
        return lost;
    }

    /// <summary>The mailbox of a source as people name it: who signs in, where, which folder.</summary>
    public static string Mailbox(InboundSource source) =>
        source.Imap is not { } address ? None
        : ReturnMailbox.Of(source) is { } box
            ? $"{box.User} at {box.Host}:{box.Port}, {box.Folder}, {(box.IsSecureFromTheStart ? "TLS" : "STARTTLS")}"
        // An address that cannot be read may hold a password.
        : Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.Host
        : "one that cannot be read";

    /// <summary>To whom the mailbox's password goes: the server, and who signs in there.</summary>
    internal static (string? Host, int Port, string? User) Door(InboundSource? source) =>
        source is not null && ReturnMailbox.Of(source) is { } box ? (box.Host.ToLowerInvariant(), box.Port, box.User) : default;

    /// <summary>What holds where a source is listened to; nothing holds where it is not.</summary>
    static string Where(InboundSource? source, string holds) => source is null ? None : holds;

    static string Secret(string? secret) => secret is null ? None : "set";

    static string Another(string? secret, string? before) =>
        secret is null ? None
        : before is null ? "set"
        : "another";

    static string At(string? domain) => domain is null ? None : $"at {domain}";

    static string Listed(IReadOnlyList<string>? names) => names is { Count: > 0 } ? string.Join(", ", names) : None;
}
