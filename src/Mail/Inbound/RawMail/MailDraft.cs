using System.Security.Cryptography;
using MimeKit;
using MimeKit.Utils;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>A reading of one message while it is made.</summary>
sealed class MailDraft(MimeMessage message, ReadOnlyMemory<byte> octets, MailEnvelope envelope, OwnTokens tokens, ISenderProof? senders)
{
    readonly List<InboundSignal> signals = [];
    readonly List<InboundProblem> problems = [];

    public MimeMessage Message => message;

    public MailEnvelope Envelope => envelope;

    public OwnTokens Tokens => tokens;

    /// <summary>The null sender, by the envelope or, where that is not known, by the Return-Path that the last server wrote.</summary>
    public bool IsFromNobody =>
        envelope.From is "" or "<>" || (envelope.From is null && message.Headers["Return-Path"]?.Trim() is "<>" or "<MAILER-DAEMON>");

    /// <summary>What a bounce says in words.</summary>
    public BounceProse Prose { get; } = new(message);

    /// <summary>The date the reporter wrote, if it has a zone and is not in the future; else the arrival.</summary>
    public SignalTime When
    {
        get
        {
            var arrival = envelope.ReceivedAt.ToUniversalTime();
            if (message.Headers[HeaderId.Date] is not { } text || message.Date == DateTimeOffset.MinValue || message.Date > arrival)
                return new(arrival, TimeCertainty.ArrivalOnly);
            // RFC 5322 3.3: "-0000" says that the writer's zone is not known.
            var zoneless = text.TrimEnd().EndsWith("-0000", StringComparison.Ordinal);
            return new(message.Date.ToUniversalTime(), zoneless ? TimeCertainty.ZoneAssumed : TimeCertainty.Stated);
        }
    }

    /// <summary>The sender's domain is authenticated and aligned with From. It may cost a look-up, so it is asked once and only where
    /// it matters.</summary>
    public bool SenderIsProved => (proved ??= new(() => senders?.IsAligned(message, octets) == true)).Value;

    Lazy<bool>? proved;

    public InboundReading Done() =>
        new(
            signals.Exists(signal => signal.Proof != SignalProof.None) ? Authenticity.Verified : Authenticity.NotChecked,
            signals,
            problems
        );

    // Made once: a report may name a thousand recipients.
    string Id => id ??= message.MessageId ?? Convert.ToHexStringLower(SHA256.HashData(octets.Span).AsSpan(0, 16));

    string? id;

    public void Problem(string place, string says) =>
        problems.Add(new(place, says, "look at the message; if this is a new form, report it"));

    public void Ignore(string source, string place, IgnoredReason reason, string? detail = null) =>
        Add(
            new()
            {
                Kind = InboundSignalKind.Ignored,
                Ignored = reason,
                Source = source,
                EventId = "",
                When = When,
                Place = place,
                Detail = detail,
            }
        );

    /// <summary>Adds a signal; its id is the report's Message-ID, or a digest of the report, and its number within the report.</summary>
    public void Add(InboundSignal signal) => signals.Add(signal with { EventId = $"{Id}/{signals.Count}" });

    /// <summary>Adds what a bounce says about one address: it does not exist, or, if that is not certain, this delivery failed.</summary>
    public void AddBounce(
        string source,
        string place,
        string address,
        bool? dead,
        string? detail,
        OptOutReference? reference,
        string? messageId
    ) =>
        Add(
            new()
            {
                Kind = dead == true ? InboundSignalKind.HardBounce : InboundSignalKind.SoftBounce,
                Source = source,
                EventId = "",
                Address = address,
                When = When,
                By = SignalActor.Platform,
                Reference = reference,
                MessageId = messageId,
                Detail = detail,
                Proof = reference is null ? SignalProof.None : SignalProof.OwnToken,
                Place = place,
            }
        );

    /// <summary>A mailbox address out of a field; null if it is none.</summary>
    public static string? Mailbox(string text) =>
        MailboxAddress.TryParse(text.Trim(), out var mailbox) && mailbox.Address.IndexOf('@', StringComparison.Ordinal) > 0
            ? mailbox.Address
            : null;

    /// <summary>The Message-ID in a returned header, also one without its angle brackets; null if there is none.</summary>
    public static string? MessageId(HeaderList? returned) =>
        returned?["Message-Id"] is not { } id ? null
        : MimeUtils.EnumerateReferences(id).FirstOrDefault() is { } known ? known
        : id.Trim() is { Length: > 0 } bare && !bare.Contains(' ', StringComparison.Ordinal) ? bare
        : null;

    /// <summary>The header of the message that a report returns, whole or header only; null if none is attached.</summary>
    public HeaderList? Returned() => (returned ??= new(FindReturned)).Value;

    Lazy<HeaderList?>? returned;

    HeaderList? FindReturned()
    {
        foreach (var part in Parts())
            switch (part.Entity)
            {
                case MessagePart { Message: { } inner }
                    when part.Entity.ContentType.MediaSubtype.StartsWith("rfc822", StringComparison.OrdinalIgnoreCase):
                    return inner.Headers;
                case TextPart text when text.ContentType.IsMimeType("text", "rfc822-headers"):
                    return Headers(text);
            }
        return null;
    }

    /// <summary>All parts of the message itself with their numbers, without looking into messages it carries.</summary>
    public IEnumerable<(MimeEntity Entity, string Place)> Parts() => message.Body is null ? [] : Parts(message.Body, "part 1");

    static IEnumerable<(MimeEntity, string)> Parts(MimeEntity entity, string place)
    {
        yield return (entity, $"{place} {entity.ContentType.MimeType}");
        if (entity is not Multipart multipart)
            yield break;
        for (var i = 0; i < multipart.Count; i++)
            foreach (var inner in Parts(multipart[i], $"{place}.{i + 1}"))
                yield return inner;
    }

    static HeaderList? Headers(TextPart text)
    {
        try
        {
            using var stream = new MemoryStream();
            text.Content?.DecodeTo(stream);
            stream.Position = 0;
            return HeaderList.Load(stream);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
