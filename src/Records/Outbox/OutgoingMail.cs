namespace MaySend.Records.Outbox;

/// <summary>
/// A mail of the server's own to one person: the confirmation of a sign-up, a fresh link, a reminder. It holds no marketing.
/// </summary>
/// <param name="Kind"><c>confirm-sign-up</c>, <c>fresh-link</c> or <c>review-due</c>.</param>
/// <param name="To">The address.</param>
/// <param name="Sender">The id of the sender on whose page it was asked for.</param>
/// <param name="SenderName">Its name for people.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The text, with the link in it.</param>
/// <param name="Link">The link by itself, for whoever writes a text of their own.</param>
public sealed record OutgoingMail(
    string Kind,
    string To,
    string Sender,
    string SenderName,
    string Language,
    string Subject,
    string Text,
    string Link
);

/// <summary>Who sends the server's own mails.</summary>
interface IMailHandover
{
    /// <summary>Hands one over; returns once whoever sends it has taken it.</summary>
    Task HandOverAsync(OutgoingMail mail, CancellationToken cancellation);
}
