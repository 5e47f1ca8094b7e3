using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Files;

/// <summary>
/// Reads a <c>law/</c> folder into a <see cref="LawBook"/>, strictly: an unknown or duplicate key, a bad date, an unknown condition or a
/// gap in time is a problem with file, line and column, and all are said at once. A book with problems is never used.
/// </summary>
public static class LawReader
{
    internal const string JurisdictionFile = "jurisdiction.yaml";
    const string CasesEnding = ".cases.yaml";

    /// <summary>
    /// Reads the folder, as every door does that answers by it: a law without bars on requests to stop is refused too. Where exactly this
    /// text lies compiled, it is not read again (<see cref="CompiledLaw"/>).
    /// </summary>
    /// <param name="folder">The law folder.</param>
    /// <param name="compiledIn">The folder of the compiled form; null for the program's own.</param>
    /// <exception cref="BadInputException">Anything is wrong with any file.</exception>
    public static LawBook Read(string folder, string? compiledIn = null) =>
        CompiledLaw.Of(folder, Path.Combine(compiledIn ?? AppContext.BaseDirectory, CompiledLaw.FileName)) ?? ReadText(folder);

    /// <summary>Reads the text of the folder, compiled or not.</summary>
    /// <exception cref="BadInputException">Anything is wrong with any file.</exception>
    internal static LawBook ReadText(string folder)
    {
        var problems = new Problems();
        var book = Read(folder, problems);
        StopBars.Check(book, problems);
        problems.ThrowIfAny();
        return book;
    }

    /// <summary>Reads the folder and notes what is wrong; the book is only good when nothing was noted.</summary>
    public static LawBook Read(string folder, Problems problems)
    {
        if (!Directory.Exists(folder))
        {
            problems.Add(new Place(folder), "law folder not found");
            return LawBook.Empty;
        }
        var files = Files(folder).ToList();
        var instruments = InstrumentsReader.Read(folder, problems);
        var jurisdictions = files
            .Where(file => file.Name.EndsWith(JurisdictionFile, StringComparison.Ordinal))
            .Select(file =>
                YamlTree.ReadFile(file.Path, file.Name, problems) is { } root ? JurisdictionReader.Read(root, file.Name, problems) : null
            )
            .OfType<Jurisdiction>()
            .ToList();
        var provisions = files
            .Where(file =>
                !file.Name.EndsWith(JurisdictionFile, StringComparison.Ordinal)
                && !file.Name.EndsWith(CasesEnding, StringComparison.Ordinal)
                && file.Name != RegisterReader.FileName
                && file.Name != InstrumentsReader.File
            )
            .Select(file =>
                YamlTree.ReadFile(file.Path, file.Name, problems) is { } root
                    ? ProvisionReader.Read(root, file.Name, jurisdictions, instruments, problems)
                    : null
            )
            .OfType<Provision>()
            .ToList();
        if (jurisdictions.Count == 0)
            problems.Add(new Place(folder), "no jurisdiction.yaml in this folder or below", "an empty law book permits nobody");
        Coverage.Check(jurisdictions, provisions, problems);
        return new LawBook(jurisdictions, provisions, DigestOf(files))
        {
            Instruments = instruments,
            Registers = RegisterReader.Read(folder, problems),
        };
    }

    /// <summary>The law files below a folder, by name relative to it, with forward slashes.</summary>
    public static IEnumerable<(string Path, string Name)> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Select(path => (path, Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .OrderBy(file => file.Item2, StringComparer.Ordinal);

    /// <summary>True for a file of cases, which decides nothing and is no part of the digest.</summary>
    public static bool IsCases(string name) => name.EndsWith(CasesEnding, StringComparison.Ordinal);

    /// <summary>Names exactly the text of a folder, its cases apart.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static Digest DigestOf(string folder) => DigestOf(Files(folder));

    static Digest DigestOf(IEnumerable<(string Path, string Name)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, name) in files.Where(file => !file.Name.EndsWith(CasesEnding, StringComparison.Ordinal)))
        {
            var content = File.ReadAllBytes(path);
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{content.Length}\0"));
            hash.AppendData(content);
        }
        return Digest.FromHash(hash.GetHashAndReset());
    }
}

/// <summary>Reads one provision file.</summary>
static class ProvisionReader
{
    public static Provision Read(
        YamlTree root,
        string name,
        IReadOnlyList<Jurisdiction> jurisdictions,
        Instruments instruments,
        Problems problems
    )
    {
        var map = MapReader.Open(root, problems, new Place(name));
        var id = map.Text("provision");
        if (id.Length > 0 && id != Path.ChangeExtension(name, null))
            map.Problem("provision", $"`{id}` does not match the file's path", $"provision: {Path.ChangeExtension(name, null)}");
        var home = jurisdictions.Where(j => name.StartsWith($"{j.Id}/", StringComparison.Ordinal)).MaxBy(j => j.Id.Length);
        if (home is null)
            problems.Add(new Place(name), "no jurisdiction.yaml in any folder above");

        var kind = map.Word("kind", LawWords.Kinds, ProvisionKind.Prohibition, isRequired: true);
        var authority = map.Word("authority", LawWords.Authorities, Authority.Statute);
        var confidence = map.Word("confidence", LawWords.Confidences, Confidence.High);
        var cite = map.OptionalText("cite") ?? "";
        var clauses = new ClauseReader(problems, instruments);
        var defaults = new ClauseDefaults(id, cite, authority, confidence);
        var applies = map.OptionalMap("applies_when");
        var appliesCite = applies?.OptionalText("cite") ?? cite;
        var appliesSays = applies?.OptionalText("says") ?? "";
        var bodyMap = map.OptionalMap(BodyWord(kind));
        var bodySays = bodyMap?.OptionalText("says") ?? "";
        var provision = new Provision
        {
            Id = id,
            Jurisdiction = home?.Id ?? "",
            Key = map.Word("key", LawWords.Keys, Key.Send, isRequired: true),
            Kind = kind,
            Title = map.Text("title"),
            ShortName = map.Text("short"),
            Says = map.Text("says"),
            InForce = LawWords.Period(map, InForce.Always),
            KnownFrom = map.Day("known_from"),
            Source = ReadSource(map, problems),
            Authority = authority,
            Confidence = confidence,
            Channels = Channels(map),
            AppliesWhen = applies is null
                ? null
                : clauses.ReadBody(applies, defaults with { Id = $"{id}#applies", Cite = appliesCite }, Unbound),
            AppliesCite = appliesCite,
            AppliesSays = appliesSays,
            BodySays = bodySays,
            Cite = cite,
            Grounds =
            [
                .. map.Entries("grounds")
                    .Select(entry => ReadGround(entry.Key, entry.Value, defaults, clauses, instruments, problems))
                    .OfType<Ground>(),
            ],
            Body = bodyMap is { } body ? ReadClause(body, defaults with { Id = $"{id}#{BodyWord(kind)}" }, clauses) : null,
            AddedBy = LawWords.Switch(map, "added_by"),
            Instruments = instruments,
            Note = map.OptionalText("note"),
            Reviewed = LawWords.Reviewed(map),
            Place = new Place(name, 1, 1),
        };
        applies?.Done();
        if (!map.Has("in_force"))
            map.Problem("in_force", "`in_force` is missing", "in_force: {from: 2003-12-11}");
        CheckShape(provision, map);
        map.Done();
        return provision;
    }

    static readonly IReadOnlySet<Scope> Unbound = new HashSet<Scope>();

    static string BodyWord(ProvisionKind kind) =>
        kind switch
        {
            ProvisionKind.Bar => "holds_when",
            ProvisionKind.Duty => "met_when",
            _ => "no-body",
        };

    static Formulas.Formula? ReadClause(MapReader body, ClauseDefaults defaults, ClauseReader clauses)
    {
        var own = defaults with { Cite = body.OptionalText("cite") ?? defaults.Cite };
        var clause = clauses.ReadBody(body, own, Unbound);
        body.Done();
        return clause;
    }

    static Ground? ReadGround(
        YamlText name,
        YamlTree node,
        ClauseDefaults provision,
        ClauseReader clauses,
        Instruments instruments,
        Problems problems
    )
    {
        var map = MapReader.Open(node, problems, name.Place);
        var defaults = new ClauseDefaults(
            $"{provision.Id}#{name.Text}",
            map.Text("cite"),
            map.Word("authority", LawWords.Authorities, provision.Authority),
            map.Word("confidence", LawWords.Confidences, provision.Confidence)
        );
        var ground = new Ground
        {
            Name = name.Text,
            Says = map.Text("says"),
            Cite = defaults.Cite,
            Body = clauses.ReadBody(map, defaults, Unbound) ?? Formulas.Constant.NotEvidenced,
            RestsOn = map.Word("rests_on", LawWords.RestsOns, RestsOn.Consent, isRequired: true),
            InForce = LawWords.Period(map, InForce.Always),
            KnownFrom = map.Day("known_from"),
            DroppedBy = LawWords.Switch(map, "dropped_by"),
            Instruments = instruments,
            Authority = defaults.Authority,
            Confidence = defaults.Confidence,
            Cannot = [.. map.Texts("cannot")],
            Note = map.OptionalText("note"),
            Place = name.Place,
        };
        if (ground.Body is Formulas.Constant)
            problems.Add(name.Place, $"the ground `{name.Text}` has no conditions", "a ground without conditions never permits");
        map.Done();
        return ground;
    }

    static void CheckShape(Provision provision, MapReader map)
    {
        if (provision.Kind is ProvisionKind.Prohibition && provision.Grounds.IsEmpty)
            map.Problem("grounds", "a prohibition without grounds", "kind: bar, where nothing lifts it");
        if (provision.Kind is ProvisionKind.Bar or ProvisionKind.Duty && provision.Body is null)
            map.Problem(BodyWord(provision.Kind), $"`{BodyWord(provision.Kind)}` is missing");
        if (provision.Kind is ProvisionKind.NoRule && (provision.AppliesWhen is not null || !provision.Grounds.IsEmpty))
            map.Problem("kind", "a no-rule entry has no conditions");
        if (provision.Kind is ProvisionKind.Bar or ProvisionKind.Duty or ProvisionKind.NoRule && !provision.Grounds.IsEmpty)
            map.Problem("grounds", "only a prohibition or a separate permission has grounds");
    }

    static Source ReadSource(MapReader map, Problems problems)
    {
        var source = MapReader.Open(map.Node("source"), problems, map.Place);
        var read = new Source(source.Text("url"), source.Day("read_on"));
        source.Done();
        return read;
    }

    static ImmutableArray<string> Channels(MapReader map)
    {
        var channels = map.Texts("channels");
        if (channels.Count == 0)
            map.Problem("channels", "`channels` is missing", "channels: [email, sms, direct-message], or all");
        if (channels is ["all"])
            return Words.Channels;
        foreach (var unknown in channels.Where(channel => !Words.Channels.Contains(channel)))
            map.Problem("channels", $"`{unknown}` is not a channel", $"one of {string.Join(", ", Words.Channels)}, or all");
        return [.. channels];
    }
}
