using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MaySend.Records.Outbox;

/// <summary>Where mail is handed over by SMTP.</summary>
/// <param name="Host">The host.</param>
/// <param name="Port">The port.</param>
/// <param name="Security">How the connection is kept private.</param>
/// <param name="From">The address that mails come from.</param>
sealed record SmtpPlace(string Host, int Port, SecureSocketOptions Security, MailboxAddress From)
{
    /// <summary>Who signs in; null where nobody must.</summary>
    public string? User { get; init; }

    /// <summary>The password of the user.</summary>
    public string? Password { get; init; }
}

/// <summary>
/// Hands a mail over by SMTP, a connection each: they are few. It says that a machine wrote it, so that no machine answers.
/// </summary>
sealed class SmtpHandover(SmtpPlace place, TimeProvider clock) : IMailHandover
{
    public async Task HandOverAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        using var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = clock.GetUtcNow(),
            Body = new TextPart("plain") { Text = mail.Text },
        };
        message.From.Add(place.From);
        message.To.Add(new MailboxAddress(null, mail.To));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        using var client = new SmtpClient { Timeout = 20_000 };
        await client.ConnectAsync(place.Host, place.Port, place.Security, cancellation);
        if (place.User is { } user)
            await client.AuthenticateAsync(user, place.Password ?? "", cancellation);
        await client.SendAsync(message, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }
}
