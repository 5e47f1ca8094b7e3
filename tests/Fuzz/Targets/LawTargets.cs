using System.Text;
using MaySend.Law.Cases;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Reading;

namespace MaySend.Fuzz.Targets;

/// <summary>Law files, their cases, and facts.</summary>
static class LawTargets
{
    static readonly string[] Words =
    [
        "provision: ",
        "kind: prohibition",
        "kind: bar",
        "kind: duty",
        "in_force: {from: 2020-01-01}",
        "applies_when:",
        "grounds:",
        "all: ",
        "any: ",
        "not: ",
        "some: consent",
        "some: collection",
        "condition: ",
        "cite: ",
        "says: ",
        "authority: guidance",
        "confidence: low",
        "message.by-electronic-mail",
        "consent.valid",
        "until: 2019-01-01",
        "with: ",
        "within: ",
        "months",
        "source: {url: x, read_on: 2026-01-01}",
        "facts:",
        "expect:",
        "recipient:",
        "message:",
    ];

    public static readonly Target[] All =
    [
        new("law-yaml", "a YAML text, as every file of law, sender or gate is one", () => Corpus.Files("law/gb", "*.yaml", 12), Yaml)
        {
            Words = Words,
            InTests = 2000,
        },
        new(
            "law-provision",
            "a provision file of a law folder",
            () => Corpus.Files("law/gb", "*.yaml").Where(IsProvision),
            octets => Book("gb/x.yaml", octets)
        )
        {
            Words = Words,
        },
        new(
            "law-jurisdiction",
            "the file of a country",
            () => Corpus.Files("law", "jurisdiction.yaml", 6),
            octets => Book("gb/jurisdiction.yaml", octets)
        )
        {
            Words = Words,
        },
        new("law-registers", "the file of registers", () => Corpus.Files("law", "registers.yaml"), octets => Registers(octets))
        {
            Words = Words,
        },
        new(
            "law-cases",
            "the cases beside a provision",
            () => Corpus.Files("law/gb", "*.cases.yaml", 12),
            octets => Book("gb/x.cases.yaml", octets)
        )
        {
            Words = Words,
        },
        new("facts", "facts of one question", () => Corpus.Files("samples/facts", "*.yaml"), Facts)
        {
            Words = [.. Words, .. Vocabulary.All.Select(fact => fact.Name + ": ")],
        },
    ];

    // What stands beside a damaged file is read again with each: as much of it as the files begun with need.
    static readonly byte[] Country = Lines("law/gb/jurisdiction.yaml", _ => true);
    static readonly byte[] Instruments = Lines(
        "law/instruments.yaml",
        line => line.Contains("GDPR", StringComparison.Ordinal) || line[0] != ' '
    );

    static byte[] Lines(string path, Func<string, bool> isTaken) =>
        Encoding.UTF8.GetBytes(
            string.Concat(
                File.ReadLines(Path.Combine(Corpus.Root, path))
                    .TakeWhile(line => !line.StartsWith("information:", StringComparison.Ordinal))
                    .Where(isTaken)
                    .Select(line => line + "\n")
            )
        );

    static bool IsProvision(byte[] file) => file.AsSpan().IndexOf("provision:"u8) >= 0;

    static void Yaml(byte[] octets)
    {
        var problems = new Problems();
        Doors.Said(YamlTree.Read(new StreamReader(new MemoryStream(octets)), "x.yaml", problems), problems);
    }

    static void Book(string name, byte[] octets)
    {
        var folder = Path.Combine(Scratch.Folder, "law");
        Directory.CreateDirectory(Path.Combine(folder, "gb"));
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
            File.Delete(file);
        Scratch.File("law/gb/jurisdiction.yaml", Country);
        Scratch.File("law/instruments.yaml", Instruments);
        Scratch.File(Path.Combine("law", name), octets);
        var problems = new Problems();
        Doors.Said(
            name.EndsWith(".cases.yaml", StringComparison.Ordinal) ? CaseReader.Read(folder, problems) : LawReader.Read(folder, problems),
            problems
        );
    }

    static void Registers(byte[] octets)
    {
        Scratch.File("registers/registers.yaml", octets);
        var problems = new Problems();
        Doors.Said(RegisterReader.Read(Path.Combine(Scratch.Folder, "registers"), problems), problems);
    }

    static void Facts(byte[] octets)
    {
        var problems = new Problems();
        if (YamlTree.Read(new StringReader(Encoding.UTF8.GetString(octets)), "facts.yaml", problems) is { } root)
            FactsReader.ReadInto(new FactsDraft(), MapReader.Open(root, problems), problems);
        Doors.Said(problems, problems);
    }
}
