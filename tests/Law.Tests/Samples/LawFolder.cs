using MaySend.Law.Cases;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Tests.Samples;

/// <summary>A small sound law in a folder of its own, of which a test changes one file; deleted at the end.</summary>
public sealed class LawFolder : IDisposable
{
    /// <summary>One country whose law is the rule and the basis below.</summary>
    public const string Jurisdiction = """
        jurisdiction: zz
        name: Zedland
        zone: Europe/London
        confidence: high
        """;

    /// <summary>A send rule with one ground, from 2020 on, for every channel.</summary>
    public const string Rule = """
        provision: zz/rule
        short: Rule
        key: send
        kind: prohibition
        title: Messages
        says: no messages without consent
        in_force: {from: 2020-01-01}
        source: {url: "https://example.com/rule", read_on: 2026-01-01}
        cite: s 1
        channels: all
        grounds:
          consent:
            cite: s 2
            rests_on: consent
            says: the person consented
            some: consent
            all:
              - consent.covers-this-channel
              - consent.not-withdrawn
        """;

    /// <summary>A process rule with one ground.</summary>
    public const string Basis = """
        provision: zz/basis
        short: Basis
        key: process
        kind: prohibition
        title: Basis
        says: no use of data without a basis
        in_force: {from: 2020-01-01}
        source: {url: "https://example.com/basis"}
        cite: s 9
        channels: all
        grounds:
          person:
            cite: s 10
            rests_on: exception
            says: the person is nobody
            not: recipient.is-an-identifiable-person
        """;

    readonly string folder = Directory.CreateTempSubdirectory("maysend-law-").FullName;

    /// <summary>The small law, with some files instead of or beside its own.</summary>
    public LawFolder(params IEnumerable<(string Name, string Text)> files)
    {
        foreach (
            var (name, text) in files
                .Prepend(("zz/basis.yaml", Basis))
                .Prepend(("zz/rule.yaml", Rule))
                .Prepend(("zz/jurisdiction.yaml", Jurisdiction))
        )
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    /// <summary>Where it is.</summary>
    public string Root => folder;

    /// <summary>What is wrong with it, as people read it; lines without help.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            var problems = new Problems();
            LawReader.Read(folder, problems);
            return [.. problems.List.Select(problem => $"{problem.Place}: {problem.Text}")];
        }
    }

    /// <summary>The law, which must be sound.</summary>
    public LawBook Book
    {
        get
        {
            var problems = new Problems();
            var book = LawReader.Read(folder, problems);
            problems.ThrowIfAny();
            return book;
        }
    }

    /// <summary>Its cases, with what is wrong with them.</summary>
    public IReadOnlyList<LawCase> Cases(Problems problems) => CaseReader.Read(folder, problems);

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(folder, recursive: true);
}
