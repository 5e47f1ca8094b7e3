using System.CommandLine;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Law.Cases;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Exports;

namespace MaySend.Cli.Commands;

/// <summary>What a campaign is asked by: the sender's record, the campaign on its day, the law.</summary>
/// <param name="Controller">What the sender has on record.</param>
/// <param name="State">Names the state of it.</param>
/// <param name="Campaign">The campaign on the day asked about.</param>
/// <param name="KnownAt">The day as of which readings of the law are known.</param>
/// <param name="Decider">The law.</param>
sealed record AskedCampaign(ControllerRecord Controller, string State, Campaign Campaign, DateOnly KnownAt, Decider Decider);

/// <summary>Options that the commands around warehouses share, and what they read.</summary>
sealed partial class WarehouseInputs
{
    public Option<string?> Both { get; } = Inputs.In();
    public Option<string> Sender { get; } = Inputs.Sender();
    public Option<string> Campaign { get; } = Inputs.Campaign();
    public Option<DateOnly?> Day { get; } = Inputs.Day("--day", "this day of sending instead of the campaign's");
    public Option<DateOnly?> KnownAt { get; } =
        Inputs.Day("--known-at", "decide with the law as it was known on this day instead of the day of sending");
    public Option<string?> Law { get; } = Inputs.LawFolder();
    public Option<string?> Data { get; } = StoreOptions.OptionalData();
    public Option<string?> Keys { get; } = StoreOptions.Keys();

    public static Option<string> TablePrefix() =>
        new("--tables")
        {
            Description = "a prefix for the names of tables: a schema and a dot, or the beginning of their names",
            DefaultValueFactory = _ => "",
            HelpName = "PREFIX",
        };

    public static Option<string> DialectName() =>
        new("--dialect") { Description = string.Join(", ", Dialect.All.Select(dialect => dialect.Name)), Required = true };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Both, Sender, Campaign, Day, KnownAt, Law, Data, Keys })
            command.Options.Add(option);
    }

    /// <summary>The dialect of a name; ends the operation when there is none.</summary>
    public static Dialect ReadDialect(string name) =>
        Dialect.Find(name)
        ?? throw new BadInputException(
            new Place("--dialect"),
            $"`{name}` is not a dialect",
            string.Join(", ", Dialect.All.Select(dialect => dialect.Name))
        );

    /// <summary>The prefix; ends the operation when it is more than the beginning of a name.</summary>
    public static string ReadPrefix(string? prefix) =>
        prefix is null || Prefix().IsMatch(prefix)
            ? prefix ?? ""
            : throw new BadInputException(
                new Place("--tables"),
                $"`{prefix}` is not a valid prefix for the names of tables",
                "letters, digits, _ and -, with dots between: crm.maysend_"
            );

    /// <summary>The campaign with the record it is asked by, of a folder or of an open store.</summary>
    public Task<AskedCampaign> ReadAsync(ParseResult parsed, OpenStore? store, CancellationToken cancellation) =>
        AskedAsync(
            parsed.GetValue(Sender) ?? parsed.GetValue(Both),
            parsed.GetValue(Campaign),
            store,
            (parsed.GetValue(Day), parsed.GetValue(KnownAt)),
            parsed.GetValue(Law),
            cancellation
        );

    /// <summary>The same of what was given already.</summary>
    public static async Task<AskedCampaign> AskedAsync(
        string? folder,
        string? name,
        OpenStore? store,
        (DateOnly? Day, DateOnly? KnownAt) days,
        string? law,
        CancellationToken cancellation
    )
    {
        if (name is null)
            throw new BadInputException(
                new Place("--campaign"),
                "which campaign? --campaign is missing",
                "a file, or a name in the folder"
            );
        if (folder is null && store is null)
            throw new BadInputException(new Place("--in"), "whose campaign? --in, --sender or --data is missing");
        var state = folder is null ? "" : StateOf(folder);
        if (store is null)
        {
            var (read, described) = Inputs.ReadSender(folder!, name);
            return Of(read, state, described, new Decider(Home.ReadLaw(law)));
        }
        var files = folder is null ? null : Inputs.ReadController(folder);
        var controller = await Asking.ControllerAsync(store.Evidence, files, AsKnown.Now, cancellation);
        var campaign = await store.CampaignAsync(files, folder, name, cancellation);
        // Whatever was recorded about anybody since the facts were found may be an opt-out.
        var heads = string.Join(' ', await store.Evidence.HeadsAsync(cancellation));
        return Of(controller, $"store:{Digest.Of($"{controller.Seq} {heads} {state}")}", campaign, store.KeepLaw(law));

        AskedCampaign Of(ControllerRecord record, string named, Campaign about, Decider decider)
        {
            var day = days.Day ?? about.Day;
            return new(record, named, about.OnDay(day), days.KnownAt ?? day, decider);
        }
    }

    static string StateOf(string folder)
    {
        // Where the audience lies in the same folder, a row more in it may be an opt-out.
        var audience = AudienceFiles.InFolder(folder, null);
        var files = audience.Companions.Select(companion => companion.Path).Append(audience.People).Where(File.Exists).Select(HashOf);
        return Digest.Of($"{ControllerState.Of(Entries(folder))} {string.Join(' ', files)}").ToString();
    }

    static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    static IReadOnlyList<ControllerEntry> Entries(string folder)
    {
        var problems = new Problems();
        var entries = Inputs.ReadEntries(folder, problems);
        problems.ThrowIfAny();
        return [.. entries];
    }

    /// <summary>The facts of the law's cases.</summary>
    public static IReadOnlyList<FactsDraft> Cases(string? law)
    {
        var problems = new Problems();
        var cases = CaseReader.Read(law ?? Home.Law, problems);
        problems.ThrowIfAny();
        return [.. cases.Select(one => one.Facts)];
    }

    [GeneratedRegex(@"^([A-Za-z_][A-Za-z0-9_-]*\.)*([A-Za-z_][A-Za-z0-9_]*)?$")]
    private static partial Regex Prefix();
}
