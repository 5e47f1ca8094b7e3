using System.Collections.Concurrent;
using MaySend.Decisions;
using MaySend.Law.Cases;
using MaySend.Reading;

namespace MaySend.Console.Evidence;

/// <summary>
/// The cases of the law by which this server decides, read when somebody first looks at a country: like the law, they stay as they are
/// until the server starts again. Safe for several threads.
/// </summary>
sealed class CasesOnFile(Decider decider, ConsoleOptions options)
{
    readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<LawCase>>> read = new(StringComparer.Ordinal);
    readonly CaseRunner runner = new(decider.Law);

    /// <summary>The cases of a country; the United Kingdom's where none is named, none where its law is not on file.</summary>
    public IReadOnlyList<LawCase> Of(string? country) =>
        decider.Law.Find(string.IsNullOrEmpty(country) ? "gb" : country) is { } found
            ? read.GetOrAdd(found.Id, id => new(() => CaseReader.Read(options.LawFolder, new Problems(), id))).Value
            : [];

    /// <summary>Begins to read a country's cases, for whoever has its law before them and will ask next.</summary>
    public void Prepare(string? country) => _ = Task.Run(() => Of(country));

    /// <summary>Runs a case.</summary>
    public CaseOutcome Run(LawCase one) => runner.Run(one);
}
