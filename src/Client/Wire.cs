using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaySend.Client;

/// <summary>A question, as it travels.</summary>
sealed record QuestionSent(string Address, string Campaign);

/// <summary>An answer, as it travels: an answer of the service or its problem (RFC 9457), which says no as well.</summary>
sealed record AnswerGiven
{
    public int? Line { get; init; }

    public string? Verdict { get; init; }

    public bool? Send { get; init; }

    public string? Reason { get; init; }

    public DecisionMade? Decision { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyList<FieldWrong>? Errors { get; init; }

    /// <summary>What is wrong with the question; null where nothing is.</summary>
    public string? Wrong =>
        Errors is [_, ..] ? string.Join("; ", Errors.Select(one => $"{one.Field} {one.Says}"))
        : Title is null ? null
        : $"{Title}. {Detail}".TrimEnd();
}

/// <summary>A field of a question that is wrong.</summary>
sealed record FieldWrong(string? Field, string? Says);

/// <summary>The decision of an answer.</summary>
sealed record DecisionMade(string? Id);

/// <summary>A link that is asked for.</summary>
sealed record LinkAsked(string Address, string Sender, string Channel, string? Topic, string? Campaign);

/// <summary>A link, as it travels.</summary>
sealed record LinkMade(Uri? Url, Dictionary<string, string>? Headers);

/// <summary>A refusal, as it travels.</summary>
sealed record RefusalSent(
    string Address,
    string? How,
    string? When,
    IReadOnlyList<string>? Senders,
    IReadOnlyList<string>? Channels,
    IReadOnlyList<string>? Topics
);

/// <summary>How these are read and written, made when the program is built.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QuestionSent))]
[JsonSerializable(typeof(AnswerGiven))]
[JsonSerializable(typeof(LinkAsked))]
[JsonSerializable(typeof(LinkMade))]
[JsonSerializable(typeof(RefusalSent))]
sealed partial class Wire : JsonSerializerContext;
