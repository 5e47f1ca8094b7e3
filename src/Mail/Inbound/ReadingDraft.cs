using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MaySend.Mail.Inbound;

/// <summary>A reading while it is made: what every platform file writes into.</summary>
sealed partial class ReadingDraft(WebhookSource source, WebhookRequest request)
{
    readonly List<InboundSignal> signals = [];
    readonly List<InboundProblem> problems = [];
    readonly string name = source.Platform.ToString().ToLowerInvariant();
    JsonAt? current;

    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public WebhookSource Source => source;

    public WebhookRequest Request => request;

    public SignalTime Arrival => new(request.ReceivedAt.ToUniversalTime(), TimeCertainty.ArrivalOnly);

    public InboundReading Done(Authenticity authenticity) =>
        new(
            authenticity,
            authenticity == Authenticity.Verified
                ? [.. signals.Select(signal => signal with { Proof = SignalProof.VerifiedCall })]
                : signals,
            problems
        );

    public static InboundReading Refuse(string place, string says, string remedy) =>
        new(Authenticity.Refused, [], [new(place, says, remedy)]);

    /// <summary>
    /// The whole body as JSON; depth is limited so that nesting cannot exhaust the stack. A byte order mark before it is no fault (RFC 8259
    /// 8.1).
    /// </summary>
    public JsonAt Json() => Json(request.Body[(request.Body.Span.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0)..], "$");

    /// <summary>The events of a batch, one after another: what is wrong with one is kept with the text of that one alone.</summary>
    public IEnumerable<JsonAt> Events(JsonAt batch)
    {
        foreach (var item in batch.Items())
        {
            current = item;
            yield return item;
        }
        current = null;
    }

    /// <summary>JSON that stands as text inside something else. As octets, since half a surrogate pair must not stop the parser.</summary>
    public static JsonAt Json(string text, string path) => Json(Encoding.UTF8.GetBytes(text), path);

    static JsonAt Json(ReadOnlyMemory<byte> octets, string path)
    {
        using var document = JsonDocument.Parse(octets, new JsonDocumentOptions { MaxDepth = 32 });
        return new(document.RootElement.Clone(), path);
    }

    /// <summary>For platforms that sign: no key, no reading.</summary>
    public InboundReading ReadSigned(Func<string, bool> isRight, Action read)
    {
        if (string.IsNullOrEmpty(source.Secret))
            return Refuse("configuration", $"no signing key is configured for {name}", "configure it; the platform repeats the call later");
        if (!isRight(source.Secret))
            return Refuse(
                "signature",
                "the signature is missing or wrong",
                "check that key and public address of the hook are those the platform shows"
            );
        ReadProved(read);
        return Done(Authenticity.Verified);
    }

    /// <summary>For platforms that sign nothing: a shared secret if one is configured.</summary>
    public InboundReading ReadShared(Action read)
    {
        if (source.Secret is { } secret && !Proof.SharedSecret(secret, request))
            return Refuse(
                "Authorization",
                "the shared secret is missing or wrong",
                "put it into the address of the hook: ?key=... or user:password@"
            );
        if (source.Secret is null)
        {
            read();
            return Done(Authenticity.NotOffered);
        }
        ReadProved(read);
        return Done(Authenticity.Verified);
    }

    /// <summary>A call that is proved and no JSON is kept for a person: it may be somebody's opt-out, and is not sent for ever.</summary>
    void ReadProved(Action read)
    {
        try
        {
            read();
        }
        catch (JsonException error) when (!request.Body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            Problem(PlaceOf(error), NoJson, "check that the hook is set to JSON");
        }
    }

    /// <summary>What is wrong with a body that no reader of JSON takes.</summary>
    public const string NoJson = "the body is not JSON";

    /// <summary>Where a body stops to be JSON.</summary>
    public static string PlaceOf(JsonException error) => $"body line {error.LineNumber + 1} byte {error.BytePositionInLine + 1}";

    /// <summary>What a person wrote who is not understood, or may ask to stop: kept for a person to read.</summary>
    public void Ask(
        string place,
        string? address,
        SignalChannel channel,
        bool mayBeStop,
        string words,
        string id,
        SignalTime? when = null
    ) =>
        signals.Add(
            new()
            {
                Kind = InboundSignalKind.Ignored,
                Ignored = mayBeStop ? IgnoredReason.NeedsAPerson : IgnoredReason.OrdinaryWords,
                Source = name,
                EventId = id,
                Address = SignalAddresses.Read(address, channel) ?? address,
                Channel = channel,
                When = when ?? Arrival,
                By = SignalActor.Recipient,
                Detail = "text",
                MayBeStop = mayBeStop,
                Words =
                    !mayBeStop ? null
                    : words.Length > LongestKept ? words[..LongestKept]
                    : words,
                Place = place,
            }
        );

    /// <summary>A message not sent because the platform holds a block: what the person did, what may be that, or nothing new.</summary>
    public void Held(
        string place,
        string? address,
        SignalTime when,
        string id,
        string? detail,
        SignalChannel channel = SignalChannel.Email,
        params string?[] reasons
    )
    {
        if (HeldBlock.Kind([detail, .. reasons]) is { } kind)
            Add(kind, place, address, when, id, detail, SignalActor.Recipient, channel: channel);
        else if (HeldBlock.MayBeStop([detail, .. reasons]))
            Ask(place, address, channel, mayBeStop: true, string.Join(' ', reasons.Prepend(detail)).Trim(), id, when);
        else
            Ignore(place, IgnoredReason.AlreadySuppressed, detail, id);
    }

    public void Ignore(string place, IgnoredReason reason, string? detail = null, string? id = null) =>
        signals.Add(
            new()
            {
                Kind = InboundSignalKind.Ignored,
                Ignored = reason,
                Source = name,
                EventId = id ?? Digest(place, detail, Convert.ToHexString(SHA256.HashData(request.Body.Span))),
                When = Arrival,
                Detail = detail,
                Place = place,
            }
        );

    /// <summary>Adds a signal about an address; without an address it is a problem, since somebody's act would be lost.</summary>
    public void Add(
        InboundSignalKind kind,
        string place,
        string? address,
        SignalTime when,
        string eventId,
        string? detail,
        SignalActor by = SignalActor.Unknown,
        SignalScope scope = default,
        string? messageId = null,
        string? newAddress = null,
        SignalChannel channel = SignalChannel.Email
    )
    {
        var stops = kind is InboundSignalKind.Unsubscribe or InboundSignalKind.Complaint;
        if (SignalAddresses.Read(address, channel) is not { } bare)
        {
            Problem(
                place,
                string.IsNullOrWhiteSpace(address)
                    ? $"the event {detail} names no address"
                    : $"the event {detail} names no address that can be read",
                mayBeStop: stops
            );
            return;
        }
        if (kind == InboundSignalKind.AddressChanged && string.IsNullOrWhiteSpace(newAddress))
        {
            Problem(place, "the change of address names no new address");
            return;
        }
        signals.Add(
            new()
            {
                Kind = kind,
                Source = name,
                EventId = eventId,
                Address = bare,
                NewAddress = SignalAddresses.Read(newAddress, channel) ?? newAddress?.Trim(),
                Channel = channel,
                When = when,
                Scope = scope,
                By = by,
                MessageId = Bare(messageId),
                Detail = detail,
                MayBeStop = stops,
                Place = place,
            }
        );
    }

    /// <summary>An id for events that have none: a digest of what identifies them, each part set off from the next.</summary>
    public static string Digest(params string?[] parts)
    {
        var text = string.Join('\u001f', parts.Select(part => part ?? "\u0000"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    static string? Bare(string? messageId) => messageId?.Trim().TrimStart('<').TrimEnd('>') is { Length: > 0 } bare ? bare : null;
}
