using System.Text.Json;
using MaySend.Mail.Inbound.Platforms;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>
/// Reads a webhook call: checks who sent it, then turns it into signals. An old but rightly signed call is still read, since a late opt-out
/// is an opt-out, and repeating one changes nothing.
/// </summary>
public static class Webhooks
{
    /// <summary>True for platforms that report replies to text messages, some of which call by GET.</summary>
    public static bool IsOfTextMessages(WebhookPlatform platform) =>
        platform is WebhookPlatform.Twilio or WebhookPlatform.Vonage or WebhookPlatform.Bird or WebhookPlatform.Sinch;

    /// <summary>Reads one call. Never throws on what the call holds.</summary>
    public static InboundReading Read(WebhookSource source, WebhookRequest request)
    {
        var draft = new ReadingDraft(source, request);
        if (request.Body.Length > WebhookRequest.LargestBody)
            return ReadingDraft.Refuse(
                "body",
                $"the body has {request.Body.Length} bytes; at most {WebhookRequest.LargestBody} are allowed",
                "let the platform send smaller batches"
            );
        try
        {
            return source.Platform switch
            {
                WebhookPlatform.SendGrid => SendGrid.Read(draft),
                WebhookPlatform.Mailgun => Mailgun.Read(draft),
                WebhookPlatform.Postmark => Postmark.Read(draft),
                WebhookPlatform.Ses => Ses.Read(draft),
                WebhookPlatform.Mailjet => Mailjet.Read(draft),
                WebhookPlatform.Brevo => Brevo.Read(draft),
                WebhookPlatform.Mandrill => Mandrill.Read(draft),
                WebhookPlatform.SparkPost => SparkPost.Read(draft),
                WebhookPlatform.Resend => Resend.Read(draft),
                WebhookPlatform.Mailchimp => Mailchimp.Read(draft),
                WebhookPlatform.Listmonk => Listmonk.Read(draft),
                WebhookPlatform.Twilio => Twilio.Read(draft),
                WebhookPlatform.MailerSend => MailerSend.Read(draft),
                WebhookPlatform.Mailtrap => Mailtrap.Read(draft),
                WebhookPlatform.Postal => Postal.Read(draft),
                WebhookPlatform.Vonage => Vonage.Read(draft),
                WebhookPlatform.Bird => Bird.Read(draft),
                WebhookPlatform.Sinch => Sinch.Read(draft),
                _ => throw new ArgumentOutOfRangeException(nameof(source), source.Platform, "no such platform"),
            };
        }
        catch (JsonException error)
        {
            return ReadingDraft.Refuse(ReadingDraft.PlaceOf(error), ReadingDraft.NoJson, "check that the hook is set to JSON");
        }
    }
}
