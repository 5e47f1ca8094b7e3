using System.Text.Json.Serialization;

namespace MaySend.Client;

/// <summary>May this message go to this person?</summary>
public sealed record MaySendAnswer
{
    /// <summary>Whom it is about, as asked.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whether it may go, now. The only member to act on.</summary>
    public bool Send { get; init; }

    /// <summary>
    /// <c>permitted</c>, <c>refused</c> (something on record forbids it) or <c>not-shown</c> (nothing shows that it is lawful).
    /// </summary>
    public string Verdict { get; init; } = "not-shown";

    /// <summary>A stable code of what decided, such as <c>gb/pecr/refusal#holds</c>; <c>no-answer</c> where the server gave none.</summary>
    public string Reason { get; init; } = NoAnswer;

    /// <summary>The decision's id, by which it is found and replayed later; null where none was made.</summary>
    public string? DecisionId { get; init; }

    /// <summary>What went wrong, for a log; null where the server decided.</summary>
    [JsonIgnore]
    public string? Failure { get; init; }

    /// <summary>The reason where the server gave no answer.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>The answer where there is none.</summary>
    public static MaySendAnswer No(string address, string failure) => new() { Address = address, Failure = failure };
}

/// <summary>The way out of one message to one recipient (RFC 2369, RFC 8058).</summary>
/// <param name="Url">For the text of the message.</param>
/// <param name="Headers">For its header, by name, exactly as they are.</param>
public sealed record MaySendLink(Uri Url, IReadOnlyDictionary<string, string> Headers);

/// <summary>A request to stop that reached you. What is left out is not narrowed: it then binds every sender, channel or topic.</summary>
public sealed record MaySendRefusal
{
    /// <summary>How it came, such as <c>phone</c>, <c>letter</c> or <c>reply</c>.</summary>
    public string? How { get; init; }

    /// <summary>When it was said: a day (<c>2026-03-09</c>) or an instant with its offset; now when left out.</summary>
    public string? When { get; init; }

    /// <summary>The senders it names.</summary>
    public IReadOnlyList<string>? Senders { get; init; }

    /// <summary>The channels it names: <c>email</c>, <c>sms</c>, ...</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>The topics it names.</summary>
    public IReadOnlyList<string>? Topics { get; init; }
}

/// <summary>Something was not recorded, or not made. A question never throws it.</summary>
/// <param name="message">What the server said, or why it was not reached.</param>
/// <param name="status">The HTTP status; null where there was no answer.</param>
/// <param name="inner">What happened underneath.</param>
public sealed class MaySendException(string message, int? status = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? Status { get; } = status;
}
