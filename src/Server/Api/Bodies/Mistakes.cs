using System.Collections.Immutable;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;
using MaySend.Server.Http;

namespace MaySend.Server.Api.Bodies;

/// <summary>Collects everything that is wrong with a request, so that it can be said at once.</summary>
sealed class Mistakes
{
    readonly List<FieldProblem> list = [];

    public int Count => list.Count;

    public bool IsEmpty => list.Count == 0;

    public IReadOnlyList<FieldProblem> List => list;

    public void Add(string field, string says, string? help = null) => list.Add(new(field, says, help));

    /// <summary>A word of a closed list, or nothing.</summary>
    public void Word(string field, string? word, ImmutableArray<string> words)
    {
        if (word is not null && !words.Contains(word))
            Add(field, $"`{Spelling.Short(word)}` is not an allowed value", $"one of {string.Join(", ", words)}");
    }

    /// <summary>Names of a closed list, all of them, or nothing.</summary>
    public void Words(string field, Law.Facts.NameSet? names, ImmutableArray<string> words)
    {
        foreach (var name in names is null or { IsEverything: true } ? [] : names.Names)
            Word(field, name, words);
    }

    /// <summary>An address; null and a mistake when it is none.</summary>
    public Address? Address(string field, string? text)
    {
        var reading = Evidence.Ledger.Identity.Address.Read(text);
        if (reading.Fault is { } fault)
            Add(field, fault, "anna@example.com or +441632960001");
        return reading.Address;
    }

    public void ThrowIfAny()
    {
        if (list.Count > 0)
            throw new ProblemException(ProblemAnswer.Fields(list));
    }
}
