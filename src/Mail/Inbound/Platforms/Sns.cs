using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>The envelope of Amazon SNS: who may speak, and the RSA signature over its fields.</summary>
static partial class Sns
{
    // The signed fields, in this order; a notification without subject leaves that one out.
    static readonly string[] Notification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    static readonly string[] Confirmation = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    /// <summary>Null if the envelope is Amazon's and the topic ours, else what is wrong.</summary>
    public static InboundProblem? Check(JsonAt envelope, WebhookSource source)
    {
        if (string.IsNullOrEmpty(source.TopicArn) || source.Certificate is null)
            return new(
                "configuration",
                "no topic or no way to get the certificate is configured",
                "configure both; Amazon repeats the call later"
            );
        if (envelope.Text("TopicArn") != source.TopicArn)
            return new(
                "$.TopicArn",
                "the call is from another topic",
                "any AWS account can sign, so MaySend believes only the configured " + "topic"
            );
        if (!IsAmazons(envelope.Text("SigningCertURL"), out var address) || !CertificatePath().IsMatch(address.AbsolutePath))
            return new("$.SigningCertURL", "the certificate is not at Amazon SNS", "nothing to do: the call is forged");
        if (source.Certificate(address) is not { } certificate)
            return new("$.SigningCertURL", "the certificate could not be fetched", "let Amazon repeat the call");
        return IsSigned(envelope, certificate)
            ? null
            : new("$.Signature", "the signature is wrong", "nothing to do: the call is forged or was changed on the way");
    }

    /// <summary>An https address of Amazon SNS itself.</summary>
    public static bool IsAmazons(string? text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!)
        && address.Scheme == Uri.UriSchemeHttps
        && address.IsDefaultPort
        && address.UserInfo.Length == 0
        && Host().IsMatch(address.Host);

    static bool IsSigned(JsonAt envelope, X509Certificate2 certificate)
    {
        var signed = new StringBuilder();
        foreach (var name in envelope.Text("Type") == "Notification" ? Notification : Confirmation)
            if (envelope.Text(name) is { } value)
                signed.Append(name).Append('\n').Append(value).Append('\n');
        var octets = new byte[envelope.Text("Signature")?.Length ?? 0];
        if (!Convert.TryFromBase64String(envelope.Text("Signature") ?? "", octets, out var length))
            return false;
        HashAlgorithmName? hash = envelope.Text("SignatureVersion") switch
        {
            "1" => HashAlgorithmName.SHA1,
            "2" => HashAlgorithmName.SHA256,
            _ => null,
        };
        using var key = certificate.GetRSAPublicKey();
        return key is not null
            && hash is { } known
            && key.VerifyData(Encoding.UTF8.GetBytes(signed.ToString()), octets.AsSpan(0, length), known, RSASignaturePadding.Pkcs1);
    }

    [GeneratedRegex(@"^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$")]
    private static partial Regex Host();

    [GeneratedRegex(@"^/SimpleNotificationService-[0-9a-f]+\.pem$")]
    private static partial Regex CertificatePath();
}
