using System.Security.Cryptography.X509Certificates;

namespace MaySend.Mail.Inbound;

/// <summary>A platform whose webhooks are read.</summary>
public enum WebhookPlatform
{
    /// <summary>Twilio SendGrid Event Webhook.</summary>
    SendGrid,

    /// <summary>Mailgun webhooks.</summary>
    Mailgun,

    /// <summary>Postmark webhooks.</summary>
    Postmark,

    /// <summary>Amazon SES over Amazon SNS.</summary>
    Ses,

    /// <summary>Mailjet Event API.</summary>
    Mailjet,

    /// <summary>Brevo webhooks.</summary>
    Brevo,

    /// <summary>Mailchimp Transactional (Mandrill) webhooks.</summary>
    Mandrill,

    /// <summary>SparkPost (Bird) webhooks.</summary>
    SparkPost,

    /// <summary>Resend webhooks (signed by Svix).</summary>
    Resend,

    /// <summary>Mailchimp Marketing webhooks.</summary>
    Mailchimp,

    /// <summary>What is posted to listmonk's bounce endpoint.</summary>
    Listmonk,

    /// <summary>Twilio incoming messages and status callbacks.</summary>
    Twilio,

    /// <summary>MailerSend activity webhooks.</summary>
    MailerSend,

    /// <summary>Mailtrap email sending webhooks.</summary>
    Mailtrap,

    /// <summary>Postal, which one hosts oneself.</summary>
    Postal,

    /// <summary>Vonage (Nexmo): incoming messages and receipts of its SMS API and its Messages API.</summary>
    Vonage,

    /// <summary>Bird (MessageBird): incoming messages of its Channels API, and of MessageBird before it.</summary>
    Bird,

    /// <summary>Sinch: incoming messages of its SMS API, and messages and opt-outs of its Conversation API.</summary>
    Sinch,
}

/// <summary>One configured webhook. It is no record, so that nothing prints its secret.</summary>
/// <param name="platform">Who calls.</param>
public sealed class WebhookSource(WebhookPlatform platform)
{
    /// <summary>Who calls.</summary>
    public WebhookPlatform Platform => platform;

    /// <summary>
    /// The key to check with. SendGrid, Postal: the public key (base64). Mailgun, Mandrill, Resend, Twilio, MailerSend, Mailtrap: the
    /// signing key or auth token; Vonage: the signature secret; Bird: the signing key; Sinch: the secret of the webhook, or the password of
    /// its basic authentication. The others sign nothing: a shared secret, expected as password of basic authentication, as bearer
    /// token, or as <c>key</c> in the query; null if none.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>
    /// The zone of the platform account, for platforms that write times without one (Brevo, Mailchimp); null if not known.
    /// </summary>
    public TimeZoneInfo? AccountZone { get; init; }

    /// <summary>SES: the topic that may speak. Any AWS account can sign a message, only this topic is ours.</summary>
    public string? TopicArn { get; init; }

    /// <summary>
    /// SES: gives the signing certificate for an address already checked to be Amazon's; null if it cannot be had. It stays the caller's,
    /// who may keep it for the next call.
    /// </summary>
    public Func<Uri, X509Certificate2?>? Certificate { get; init; }
}
