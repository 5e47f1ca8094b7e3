using MaySend.Records.Inbound;
using MaySend.Server.Api.Bodies;

namespace MaySend.Server.Api;

/// <summary>What <c>inbound.json</c> is to say of one source. What is left out it says no longer, except for secrets.</summary>
sealed record InboundSourceAsked
{
    /// <summary>A platform, or <c>mail</c>; the same as in the URL.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// A platform: what it signs its calls with, or the password that it brings. Leave it out to keep the one that is set.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>The sender whose messages it reports on; leave it out for every sender.</summary>
    public string? Sender { get; init; }

    /// <summary>A platform: the time zone of its account, if it writes times without one.</summary>
    public string? Zone { get; init; }

    /// <summary>Amazon SES: the topic of SNS that is believed.</summary>
    public string? TopicArn { get; init; }

    /// <summary>A platform: its groups, lists and streams, as topics of yours.</summary>
    public Dictionary<string, string>? Topics { get; init; }

    /// <summary>Mail: the name that your own mail server writes into Authentication-Results.</summary>
    public string? Server { get; init; }

    /// <summary>Mail: the domain of the opt-out mailboxes.</summary>
    public string? Domain { get; init; }

    /// <summary>Mail: the domains whose seals (ARC) are believed.</summary>
    public string[]? Sealers { get; init; }

    /// <summary>
    /// Mail: the address of a mailbox that the server reads, <c>imaps://USER@HOST/FOLDER</c>, or <c>imap://</c> for STARTTLS.
    /// </summary>
    public string? Imap { get; init; }

    /// <summary>
    /// Mail: the password of that mailbox. Leave it out to keep the one that is set; another server or login needs it anew.
    /// </summary>
    public string? Password { get; init; }

    /// <summary>Mail: an OAuth access token in place of the password; the same holds.</summary>
    public string? Token { get; init; }

    /// <summary>Mail: the folder of the mailbox to which mails go once they are on record.</summary>
    public string? MoveTo { get; init; }

    /// <summary>No secret is printed.</summary>
    public override string ToString() => $"{nameof(InboundSourceAsked)} {Id}";

    internal bool IsOfMail => Id == InboundSource.Mail;

    /// <summary>What was given for the mailbox to be signed in to with.</summary>
    internal MailboxSecret? SignsIn =>
        (Token ?? Password) is { } text && Imap is not null ? new MailboxSecret(text, isToken: Token is not null) : null;

    /// <summary>Says what is wrong with it by itself.</summary>
    internal void Check(Mistakes mistakes)
    {
        const int LongestText = 4000;
        (string Name, string? Text, bool? OfMail)[] texts =
        [
            ("secret", Secret, false),
            ("sender", Sender, null),
            ("zone", Zone, false),
            ("topicArn", TopicArn, false),
            ("server", Server, true),
            ("domain", Domain, true),
            ("imap", Imap, true),
            ("password", Password, true),
            ("token", Token, true),
            ("moveTo", MoveTo, true),
        ];
        foreach (var (name, text, _) in texts.Where(one => one.Text is not null))
            if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
                mistakes.Add(name, $"is blank or longer than {LongestText} characters", "leave it out if there is none");
        (string Name, bool IsGiven, bool? OfMail)[] members =
        [
            .. texts.Select(one => (one.Name, one.Text is not null, one.OfMail)),
            ("topics", Topics is not null, false),
            ("sealers", Sealers is not null, true),
        ];
        foreach (var (name, _, ofMail) in members.Where(one => one.IsGiven && one.OfMail is { } mails && mails != IsOfMail))
            mistakes.Add(name, ofMail == true ? $"belongs to `{InboundSource.Mail}`" : "belongs to a platform", "leave it out");
        if (Password is not null && Token is not null)
            mistakes.Add("token", "is given beside a password", "the mailbox is signed in to with one of them");
        if (IsOfMail && Imap is null)
            foreach (var (name, _, _) in texts.Where(one => one is { Name: "password" or "token" or "moveTo", Text: not null }))
                mistakes.Add(name, "needs `imap`", "the mailbox that it belongs to");
    }

    /// <summary>The same as the file is to say it. What lies in files of this machine stays as it is.</summary>
    internal InboundSource After(InboundSource? before) =>
        IsOfMail
            ? new()
            {
                Sender = Sender,
                Server = Server,
                Domain = Domain,
                Sealers = Sealers is { Length: > 0 } ? Sealers : null,
                Imap = Imap,
                PasswordFile = Imap is null ? null : before?.PasswordFile,
                TokenFile = Imap is null ? null : before?.TokenFile,
                MoveTo = Imap is null ? null : MoveTo,
                Maildir = before?.Maildir,
            }
            : new()
            {
                Secret = Secret ?? before?.Secret,
                Sender = Sender,
                Zone = Zone,
                TopicArn = TopicArn,
                Topics = Topics is { Count: > 0 } ? Topics : null,
            };
}
