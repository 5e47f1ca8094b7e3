namespace MaySend.Records.Inbound;

/// <summary>
/// One source as <c>inbound.json</c> names it: a platform, or under <see cref="Mail"/> what comes back by mail. Nothing prints its secret.
/// </summary>
public sealed record InboundSource
{
    /// <summary>The name under which the file speaks of mail; every other name is a platform's.</summary>
    public const string Mail = "mail";

    /// <summary>What a platform signs its calls with, or the password that it brings.</summary>
    public string? Secret { get; init; }

    /// <summary>The sender whose messages are answered; null binds every sender.</summary>
    public string? Sender { get; init; }

    /// <summary>The time zone of the platform's account.</summary>
    public string? Zone { get; init; }

    /// <summary>SES: the topic that may speak.</summary>
    public string? TopicArn { get; init; }

    /// <summary>The platform's groups, lists and streams, as topics of ours.</summary>
    public IReadOnlyDictionary<string, string>? Topics { get; init; }

    /// <summary>Mail: the name that our own mail server writes into Authentication-Results.</summary>
    public string? Server { get; init; }

    /// <summary>Mail: the domain of the opt-out mailboxes.</summary>
    public string? Domain { get; init; }

    /// <summary>Mail: the domains whose seals are believed.</summary>
    public IReadOnlyList<string>? Sealers { get; init; }

    /// <summary>Mail: the address of the mailbox that the server reads.</summary>
    public string? Imap { get; init; }

    /// <summary>Mail: the file with the mailbox's password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Mail: the file with an OAuth token in its place.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Mail: the folder for what is on record.</summary>
    public string? MoveTo { get; init; }

    /// <summary>Mail: the maildir that the server reads; beside <c>inbound.json</c> unless its path says otherwise.</summary>
    public string? Maildir { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(InboundSource);
}
