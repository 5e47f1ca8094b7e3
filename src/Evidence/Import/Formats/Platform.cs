using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Evidence.Import.Formats;

/// <summary>What a word of a state says.</summary>
enum PlatformWord
{
    /// <summary>Neither yes nor no.</summary>
    Nothing,

    /// <summary>A word that is not known.</summary>
    Unknown,

    /// <summary>A request to stop.</summary>
    Stop,

    /// <summary>A complaint: an objection that binds every sender.</summary>
    Complaint,

    /// <summary>The address does not work.</summary>
    Failed,

    /// <summary>Subscribed: a consent where the file says when.</summary>
    Yes,

    /// <summary>Something that is not evidence and worth saying.</summary>
    Claim,
}

/// <summary>A platform's list of people, as described.</summary>
sealed record Platform
{
    public required string Name { get; init; }

    public required string Says { get; init; }

    public required ImmutableArray<ImmutableArray<string>> Headers { get; init; }

    public required ImmutableDictionary<string, ImmutableArray<string>> Names { get; init; }

    public required ImmutableArray<string> FileNames { get; init; }

    public required CsvLayout Layout { get; init; }

    public required string Address { get; init; }

    public string? Phone { get; init; }

    /// <summary>The column that the platform has for the country; null where it has none of its own.</summary>
    public string? Country { get; init; }

    /// <summary>A column that people added, which is read by its name for what it says.</summary>
    public const string AnyCountry = "Country";

    public required ImmutableArray<PlatformState> States { get; init; }

    /// <summary>What the file's own name says of everybody in it.</summary>
    public required ImmutableArray<(ImmutableArray<string> Words, PlatformWord Kind)> FileStates { get; init; }

    public required ImmutableArray<(string Column, string Says)> Claims { get; init; }
}

/// <summary>One column that says a state, and what its words mean.</summary>
sealed record PlatformState
{
    public required string Column { get; init; }

    /// <summary>The channel it is about.</summary>
    public required string Channel { get; init; }

    /// <summary>A column that names the channel; null where it is always the same.</summary>
    public string? ChannelFrom { get; init; }

    /// <summary>The column with the time of a request to stop.</summary>
    public string? At { get; init; }

    /// <summary>The column with the time of a yes.</summary>
    public string? Given { get; init; }

    /// <summary>The column with the time of its confirmation.</summary>
    public string? Confirmed { get; init; }

    /// <summary>A column that must be filled for the confirmation to count.</summary>
    public string? ConfirmedIp { get; init; }

    /// <summary>By word, folded.</summary>
    public ImmutableDictionary<string, PlatformWord> Words { get; init; } = ImmutableDictionary<string, PlatformWord>.Empty;

    /// <summary>What words say that are claims, folded.</summary>
    public ImmutableDictionary<string, string> ClaimTexts { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What a word means that is listed nowhere.</summary>
    public PlatformWord IfUnknown { get; init; } = PlatformWord.Unknown;

    /// <summary>What a word of the column says.</summary>
    public PlatformWord Of(string word)
    {
        var text = Folded.Of(word);
        if (Words.TryGetValue(text, out var known))
            return known;
        if (StateWords.Flag(word) is { } flag && Words.TryGetValue(flag ? "yes" : "no", out known))
            return known;
        return StateWords.Said(ColumnSense.Any, word) switch
        {
            StateSaid.Stop => PlatformWord.Stop,
            StateSaid.Failed => PlatformWord.Failed,
            _ => StateWords.IsBlank(word) ? PlatformWord.Nothing : IfUnknown,
        };
    }

    /// <summary>The sentence for a word that is a claim.</summary>
    public string ClaimOf(string word) =>
        ClaimTexts.GetValueOrDefault(Folded.Of(word))
        ?? ClaimTexts.GetValueOrDefault(StateWords.Flag(word) == true ? "yes" : "no")
        ?? $"`{Column}` = `{word}`: a claim";
}
