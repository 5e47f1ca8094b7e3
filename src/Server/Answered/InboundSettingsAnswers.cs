using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using MaySend.Records.Inbound;

namespace MaySend.Server.Answered;

/// <summary>What <c>inbound.json</c> says, without its secrets.</summary>
/// <param name="Sources">Each platform that is listened to, and <c>mail</c>, in the order of the file; empty if it cannot be read.</param>
/// <param name="Faults">What is wrong with the file as it is now: until it is corrected, the last good settings stay in use and nothing can
/// be changed here. Empty when it is in force.</param>
/// <param name="Platforms">Every platform that can be listened to.</param>
sealed record InboundSettingsShown(
    IReadOnlyList<InboundSourceShown> Sources,
    IReadOnlyList<string> Faults,
    IReadOnlyList<string> Platforms
);

/// <summary>What <c>inbound.json</c> says of one source, without its secret. What it does not say is left out.</summary>
/// <param name="Id">A platform, or <c>mail</c>.</param>
/// <param name="HasSecret">A secret is set: of a platform what proves its calls, of <c>mail</c> what its mailbox is signed in to
/// with.</param>
/// <param name="Sender">The sender whose messages it reports on; left out for every sender.</param>
/// <param name="Zone">The time zone of the platform's account.</param>
/// <param name="TopicArn">Amazon SES: the topic of SNS that is believed.</param>
/// <param name="Topics">The platform's groups, lists and streams, as topics of yours.</param>
/// <param name="Server">Mail: the name that your own mail server writes into Authentication-Results.</param>
/// <param name="Domain">Mail: the domain of the opt-out mailboxes.</param>
/// <param name="Sealers">Mail: the domains whose seals (ARC) are believed.</param>
/// <param name="Imap">Mail: the address of the mailbox that the server reads.</param>
/// <param name="SignsInWith">Mail: what it signs in to that mailbox with.</param>
/// <param name="MoveTo">Mail: the folder of the mailbox to which mails go once they are on record.</param>
/// <param name="Maildir">Mail: the maildir that the server reads. It can only be named in the file itself.</param>
sealed record InboundSourceShown(
    string Id,
    bool HasSecret,
    string? Sender,
    string? Zone,
    string? TopicArn,
    IReadOnlyDictionary<string, string>? Topics,
    string? Server,
    string? Domain,
    IReadOnlyList<string>? Sealers,
    string? Imap,
    [property: AllowedValues("password", "token")] string? SignsInWith,
    string? MoveTo,
    string? Maildir
)
{
    /// <summary>Out of what the file says.</summary>
    public static InboundSourceShown Of(string id, InboundSource source)
    {
        var mailbox = ReturnMailbox.Of(source);
        return new(
            id,
            (source.Secret ?? source.PasswordFile ?? source.TokenFile) is not null,
            source.Sender,
            source.Zone,
            source.TopicArn,
            source.Topics,
            source.Server,
            source.Domain,
            source.Sealers,
            // As it was read: an address that somebody wrote wrongly may hold a password.
            mailbox?.Address,
            mailbox is null ? null
                : source.TokenFile is not null ? "token"
                : "password",
            source.MoveTo,
            source.Maildir
        );
    }
}

/// <summary>What became of a change of <c>inbound.json</c>.</summary>
/// <param name="Id">What was changed: a platform, <c>mail</c>, or <c>inbound.json</c> as a whole.</param>
/// <param name="Outcome">Changed and in force; the same as before; or only looked at, because you asked for a preview.</param>
/// <param name="Changes">What differs. Of a secret it says only that it is another.</param>
/// <param name="Lost">What MaySend no longer hears, or hears for fewer senders than before.</param>
sealed record InboundSettingsChange(
    string Id,
    [property: AllowedValues("changed", "same", "preview")] string Outcome,
    IReadOnlyList<InboundChange> Changes,
    IReadOnlyList<string> Lost
);

/// <summary>A change of <c>inbound.json</c> that was made over the API or in the console.</summary>
/// <param name="Id">What was changed: a platform, <c>mail</c>, or <c>inbound.json</c> as a whole.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Changes">What, a line each, as it was and as it is; of a secret only that it is another.</param>
sealed record InboundSettingsChangeLine(string Id, DateTimeOffset At, string By, ImmutableArray<string> Changes);
