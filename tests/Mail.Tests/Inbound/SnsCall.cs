using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MaySend.Mail.Inbound;

namespace MaySend.Mail.Tests.Inbound;

/// <summary>An SNS notification signed with a certificate made for the test.</summary>
static class SnsCall
{
    public const string Topic = "arn:aws:sns:eu-west-1:123456789012:bounces";
    const string CertificateUrl = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";
    static readonly RSA Key = RSA.Create(2048);

    public static InboundReading Read(
        string message,
        string version = "2",
        string topic = Topic,
        string certificateUrl = CertificateUrl,
        string type = "Notification",
        Func<string, string>? tamper = null
    )
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Message"] = message,
            ["MessageId"] = "sns-1",
            ["Timestamp"] = "2026-03-03T09:00:01.000Z",
            ["TopicArn"] = topic,
            ["Type"] = type,
        };
        if (type != "Notification")
            (fields["SubscribeURL"], fields["Token"]) = ("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t", "t");
        var signed = string.Concat(fields.Select(field => $"{field.Key}\n{field.Value}\n"));
        fields["SignatureVersion"] = version;
        fields["SigningCertURL"] = certificateUrl;
        var hash = version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        fields["Signature"] = Convert.ToBase64String(Key.SignData(Encoding.UTF8.GetBytes(signed), hash, RSASignaturePadding.Pkcs1));
        var body = JsonSerializer.Serialize(fields);
        return Hook.Read(
            new(WebhookPlatform.Ses) { TopicArn = Topic, Certificate = _ => Certificate() },
            Encoding.UTF8.GetBytes(tamper?.Invoke(body) ?? body)
        );
    }

    static X509Certificate2 Certificate() =>
        new CertificateRequest("CN=sns.amazonaws.com", Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            Hook.Arrival.AddDays(-1),
            Hook.Arrival.AddDays(1)
        );
}
