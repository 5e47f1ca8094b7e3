using System.IO.Compression;
using System.Reflection;
using System.Text;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Evidence.Tests.Store;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Evidence.Tests.Import;

/// <summary>A fresh store, and short words for writing files, planning and importing them.</summary>
public sealed class ImportBench : IAsyncDisposable
{
    public static readonly ImportOptions London = new()
    {
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
        Sender = "lantern-ltd",
    };

    readonly string files = Directory.CreateTempSubdirectory("maysend-import-").FullName;

    ImportBench(StoreFolder folder) => Folder = folder;

    public StoreFolder Folder { get; }

    public EvidenceStore Store => Folder.Store;

    public static async Task<ImportBench> CreateAsync()
    {
        var bench = new ImportBench(await StoreFolder.CreateAsync());
        await bench.Store.RecordAsync(new SenderDeclared("lantern-ltd") { Topics = NameSet.Of("news", "offers") }, Actor.Runner("clerk"));
        return bench;
    }

    public static string Sample(string name) => Repository("samples", "imports", name);

    public static string Repository(params string[] parts) =>
        Path.Combine([
            typeof(ImportBench)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(data => data.Key == "RepositoryRoot")
                .Value!,
            .. parts,
        ]);

    public string Write(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(files, name);
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(false));
        return path;
    }

    public string Zip(string name, params (string Name, string Text)[] members)
    {
        var path = Path.Combine(files, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var member in members)
        {
            using var content = zip.CreateEntry(member.Name).Open();
            content.Write(Encoding.UTF8.GetBytes(member.Text));
        }
        return path;
    }

    public string ZipOfSamples(string name, params string[] samples) =>
        Zip(name, [.. samples.Select(sample => (Path.GetFileName(sample), File.ReadAllText(Sample(sample))))]);

    public Task<ImportPlan> PlanAsync(string path, ImportOptions? options = null) =>
        ImportPlan.MakeAsync(Store, ImportSource.Open(path, options ?? London));

    public async Task<ImportOutcome> ImportAsync(string path, ImportOptions? options = null) =>
        await (await PlanAsync(path, options)).ApplyAsync(Actor.Runner("clerk"));

    public async Task<IReadOnlyList<Problem>> ProblemsAsync(string path, ImportOptions? options = null) =>
        (await Should.ThrowAsync<BadInputException>(() => PlanAsync(path, options))).Problems;

    public async Task<IReadOnlyList<ContactEntry>> EntriesAsync(string address) =>
        (await Store.FindAsync(Address.Read(address).Required())).ForDecision;

    public async Task<T> OnlyAsync<T>(string address) => (await EntriesAsync(address)).OfType<T>().ShouldHaveSingleItem();

    public async ValueTask DisposeAsync()
    {
        await Folder.DisposeAsync();
        Directory.Delete(files, recursive: true);
    }
}
