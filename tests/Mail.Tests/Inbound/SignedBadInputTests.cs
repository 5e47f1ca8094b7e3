using System.Text;
using CsCheck;
using MaySend.Mail.Inbound;

namespace MaySend.Mail.Tests.Inbound;

/// <summary>A platform can sign nonsense too: what is rightly signed and wrongly formed must not stop a reader either.</summary>
public class SignedBadInputTests
{
    static readonly byte[][] Fixtures =
    [
        .. Fixture.Files("webhooks").Where(file => file.EndsWith(".json", StringComparison.Ordinal)).Select(Fixture.Bytes),
    ];

    static readonly Gen<byte[]> Damaged = Gen.Select(Gen.Int[0, Fixtures.Length - 1], Gen.Int[0, int.MaxValue], Gen.Byte)
        .Select(
            (file, at, octet) =>
            {
                var body = (byte[])Fixtures[file].Clone();
                body[at % body.Length] = octet;
                return body;
            }
        );

    static bool IsReported(InboundReading reading) =>
        reading.Problems.All(problem => problem.Place.Length > 0 && problem.Remedy.Length > 0)
        && reading.Signals.All(signal => signal.Place.Length > 0);

    [Fact]
    public void SendGrids_damage_is_reported() => Damaged.Sample(body => IsReported(Hook.SendGrid(body)), iter: 100);

    [Fact]
    public void Resends_damage_is_reported() => Damaged.Sample(body => IsReported(Hook.Resend(body)), iter: 500);

    [Fact]
    public void Amazons_damage_is_reported() => Damaged.Sample(body => IsReported(SnsCall.Read(Encoding.UTF8.GetString(body))), iter: 100);

    [Fact]
    public void Mandrills_damage_is_reported() =>
        Damaged.Sample(
            body =>
                IsReported(
                    Hook.Form(
                        WebhookPlatform.Mandrill,
                        "mandrill_events=" + Uri.EscapeDataString(Encoding.Latin1.GetString(body)),
                        "X-Mandrill-Signature"
                    )
                ),
            iter: 500
        );

    [Fact]
    public void Mailguns_damage_is_reported() =>
        Damaged.Sample(body => IsReported(Hook.Read(new(WebhookPlatform.Mailgun) { Secret = Hook.MailgunKey }, body)), iter: 500);

    [Fact]
    public void Twilios_damage_is_reported() =>
        Gen.Char[" -~"]
            .Array[0, 40]
            .Sample(
                text =>
                    IsReported(
                        Hook.Form(
                            WebhookPlatform.Twilio,
                            $"From=%2B1&Body={Uri.EscapeDataString(new string(text))}&MessageSid=S",
                            "X-Twilio-Signature"
                        )
                    ),
                iter: 1000
            );
}
