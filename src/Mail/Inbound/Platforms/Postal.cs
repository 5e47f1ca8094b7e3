using System.Security.Cryptography;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Postal: one event a call, RSA over the body by the installation's key. It knows of no opt-out and no complaint.</summary>
static class Postal
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadSigned(
            key => IsSigned(key, draft.Request),
            () =>
            {
                var root = draft.Json();
                var word = root.Text("event");
                if (root["payload"] is not { IsObject: true } item)
                    draft.Problem("$.payload", "no payload");
                else
                    On(draft, root, item, word);
            }
        );

    static void On(ReadingDraft draft, JsonAt root, JsonAt item, string? word)
    {
        var message = item["message"] ?? item["original_message"];
        var address = message?.Text("to");
        var when = SignalTimes.Epoch(root.Text("timestamp")) ?? draft.Arrival;
        var id = root.Text("uuid") ?? ReadingDraft.Digest(word, address, root.Text("timestamp"));
        var said = item.Text("output") ?? item.Text("details");
        if (message?.Text("direction") == "incoming")
        {
            draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, word, id);
            return;
        }
        void Add(InboundSignalKind kind) =>
            draft.Add(kind, item.Path, address, when, id, said ?? word, SignalActor.Platform, messageId: message?.Text("message_id"));

        switch (word)
        {
            // "HardFail" says that the other side refused for good, not why: only its words may mark an address as dead.
            case "MessageDeliveryFailed":
                Add(BounceClass.IsDead(null, said) == true ? HardBounce : SoftBounce);
                break;
            case "MessageBounced" or "MessageDelayed":
                Add(SoftBounce);
                break;
            case "MessageHeld":
                draft.Held(item.Path, address, when, id, said);
                break;
            case "MessageSent" or "MessageLoaded" or "MessageLinkClicked" or "DomainDNSError":
                draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, word, id);
                break;
            case null:
                draft.Problem("$.event", "no event");
                break;
            default:
                draft.Unknown(item.Path, word, id, address, when);
                break;
        }
    }

    static bool IsSigned(string key, WebhookRequest request)
    {
        var (header, hash) = request.Header("X-Postal-Signature-256") is { } strong
            ? (strong, HashAlgorithmName.SHA256)
            : (request.Header("X-Postal-Signature"), HashAlgorithmName.SHA1);
        var (octets, signature) = (new byte[key.Length], new byte[header?.Length ?? 0]);
        if (
            header is null
            || !Convert.TryFromBase64String(header, signature, out var signed)
            || !Convert.TryFromBase64String(key, octets, out var length)
        )
            return false;
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(octets.AsSpan(0, length), out _);
            return rsa.VerifyData(request.Body.Span, signature.AsSpan(0, signed), hash, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
