using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MaySend.Mail.Inbound;

/// <summary>A reading while it is made: what every platform file writes into.</summary>
sealed class ReadingDraft(WebhookSource source, WebhookRequest request)
{
    readonly List<InboundSignal> signals = [];
    readonly List<InboundProblem> problems = [];
    readonly string name = source.Platform.ToString().ToLowerInvariant();

    public WebhookSource Source => source;

    public WebhookRequest Request => request;

    public SignalTime Arrival => new(request.ReceivedAt.ToUniversalTime(), TimeCertainty.ArrivalOnly);

    public InboundReading Done(Authenticity authenticity) => new(authenticity, signals, problems);

    public static InboundReading Refuse(string place, string says, string remedy) =>
        new(Authenticity.Refused, [], [new(place, says, remedy)]);

    /// <summary>The whole body as JSON; depth is limited so that nesting cannot exhaust the stack.</summary>
    public JsonAt Json() => Json(request.Body, "$");

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
        read();
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
        read();
        return Done(source.Secret is null ? Authenticity.NotOffered : Authenticity.Verified);
    }

    public void Problem(
        string place,
        string says,
        string remedy = "look at the call in the platform's log; if this is a new form, report it"
    ) => problems.Add(new(place, says, remedy));

    /// <summary>What a person wrote who is not understood, or may ask to stop: kept for a person to read.</summary>
    public void Ask(string place, string? address, SignalChannel channel, bool mayBeStop, string words, string id) =>
        signals.Add(
            new()
            {
                Kind = InboundSignalKind.Ignored,
                Ignored = IgnoredReason.NeedsAPerson,
                Source = name,
                EventId = id,
                Address = address,
                Channel = channel,
                When = Arrival,
                By = SignalActor.Recipient,
                Detail = "text",
                MayBeStop = mayBeStop,
                Words = words,
                Place = place,
            }
        );

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
        if (string.IsNullOrWhiteSpace(address))
        {
            Problem(place, $"the event {detail} names no address");
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
                Address = address.Trim(),
                NewAddress = newAddress?.Trim(),
                Channel = channel,
                When = when,
                Scope = scope,
                By = by,
                MessageId = Bare(messageId),
                Detail = detail,
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
