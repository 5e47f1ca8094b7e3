using System.Security.Cryptography;
using System.Text;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>
/// Vonage: replies and receipts. Its SMS API puts a signature over all fields among them (<c>sig</c>; the account chooses the hash, and
/// GET, POST or JSON); its Messages API sends a token whose claims hold the digest of the body.
/// </summary>
static class Vonage
{
    public static InboundReading Read(ReadingDraft draft)
    {
        var fields = Fields(draft);
        string? Of(string name) => fields.FirstOrDefault(field => field.Name == name).Value;
        return draft.ReadSigned(
            key => IsTokenOfBody(key, draft.Request) || IsSigned(key, fields),
            () =>
            {
                var (from, id) = (Of("msisdn") ?? Of("from"), Of("messageId") ?? Of("message_uuid"));
                var when = SignalTimes.Epoch(Of("timestamp")) ?? SignalTimes.Iso(Of("timestamp")) ?? Utc(Of("message-timestamp"));
                id ??= ReadingDraft.Digest(from, Of("to"), Of("text"), Of("timestamp"), Of("message-timestamp"));
                if (Of("text") is { } text)
                    new TextReply("text", from, text, id)
                    {
                        When = when,
                        MessageId = id,
                        Carrier = Of("channel"),
                    }.Read(draft);
                else if (Of("status") is { } status)
                    OnReceipt(draft, Of("msisdn"), Of("err-code"), status, when ?? draft.Arrival, $"{id}/{status}");
                else if (Of("message_type") is not null and not "text")
                    draft.Ignore("message_type", IgnoredReason.OrdinaryWords, Of("message_type"), id);
                else
                    draft.Problem("text", "neither a message nor a receipt", mayBeStop: true);
            }
        );
    }

    // 3: the subscriber is gone for good. 9: there is no such number.
    static void OnReceipt(ReadingDraft draft, string? to, string? code, string status, SignalTime when, string id)
    {
        if (code is "3" or "9")
            draft.Add(HardBounce, "err-code", to, when, id, code, SignalActor.Platform, channel: SignalChannel.Sms);
        else
            draft.Ignore("status", IgnoredReason.DeliveryEvent, status, id);
    }

    static List<(string Name, string Value)> Fields(ReadingDraft draft)
    {
        var body = draft.Request.Body.Span;
        return !draft.Request.IsByQuery && body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..]
            ? [.. draft.Json().Members().SelectMany(member => Value(member.Value) is { } value ? [(member.Name, value)] : Nothing)]
            : [.. FormBody.Read(draft.Request.Body).Fields];
    }

    static readonly (string, string)[] Nothing = [];

    /// <summary>Text, numbers, true and false as they are written; what holds others is not signed, and not read.</summary>
    static string? Value(JsonAt value) =>
        value.Text()
        ?? value.Flag() switch
        {
            true => "true",
            false => "false",
            null => null,
        };

    static bool IsTokenOfBody(string key, WebhookRequest request) =>
        request.Header("Authorization") is { } given
        && given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && Proof.Claims(key, given["Bearer ".Length..]) is { } claims
        && !request.IsByQuery
        && Proof.Same(Proof.Digest(request.Body.Span), claims.Text("payload_hash")?.ToLowerInvariant());

    /// <summary>
    /// <c>&amp;name=value</c> for each field but the signature itself in the order of names, ampersands and equals signs within values as
    /// underscores; keyed, or with the secret behind it (the oldest form, and still what an account begins with).
    /// </summary>
#pragma warning disable CA5350, CA5351 // The platform's choices; which of them is the account's.
    static bool IsSigned(string key, List<(string Name, string Value)> fields)
    {
        if (fields.FindAll(field => field.Name == "sig") is not [var sig])
            return false;
        var text = new StringBuilder();
        foreach (var (name, value) in fields.Where(field => field.Name != "sig").OrderBy(field => field.Name, StringComparer.Ordinal))
            text.Append('&').Append(name).Append('=').Append(value.Replace('&', '_').Replace('=', '_'));
        var (signed, secret) = (Encoding.UTF8.GetBytes(text.ToString()), Encoding.UTF8.GetBytes(key));
        var given = sig.Value.ToLowerInvariant();
        byte[][] expected = given.Length switch
        {
            32 => [MD5.HashData([.. signed, .. secret]), HMACMD5.HashData(secret, signed)],
            40 => [HMACSHA1.HashData(secret, signed)],
            64 => [HMACSHA256.HashData(secret, signed)],
            128 => [HMACSHA512.HashData(secret, signed)],
            _ => [],
        };
        return expected.Aggregate(false, (found, one) => found | Proof.Same(Convert.ToHexStringLower(one), given));
    }
#pragma warning restore CA5350, CA5351

    /// <summary>"2026-03-03 09:00:00", which is UTC.</summary>
    static SignalTime? Utc(string? text) => text is { Length: 19 } ? SignalTimes.Iso(text.Replace(' ', 'T') + "Z") : SignalTimes.Iso(text);
}
