using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Stores;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Evidence.Tests.Store;

/// <summary>A fresh SQLite store in a folder of its own, a clock in the test's hand, and short words for entries.</summary>
public sealed class StoreFolder : IAsyncDisposable
{
    public static readonly Address Anna = Address.Email("anna@example.com").Required();
    public static readonly Address Ben = Address.Email("ben@example.com").Required();

    StoreFolder(string path) => Path = path;

    public string Path { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 2, 4, 10, 0, 0, TimeSpan.Zero));

    public EvidenceStore Store { get; private set; } = null!;

    public static async Task<StoreFolder> CreateAsync()
    {
        var folder = new StoreFolder(Directory.CreateTempSubdirectory("maysend-store-").FullName);
        folder.Store = await EvidenceStores.CreateAsync(folder.Path, clock: folder.Clock);
        return folder;
    }

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await EvidenceStores.OpenAsync(Path, clock: Clock);
    }

    public static When Day(int year, int month, int day) => When.Of(new DateOnly(year, month, day));

    public static RefusalMade OptOut(string id = "link 1") =>
        new(Day(2026, 1, 5), id)
        {
            Senders = NameSet.Of("lantern-ltd"),
            Channels = NameSet.Of("email"),
            How = "link",
        };

    public static DetailsCollected Order(string id = "10442") =>
        new(Day(2025, 5, 2), id)
        {
            Context = "sale",
            From = "recipient",
            ObtainedBy = "lantern-ltd",
        };

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(Path, recursive: true);
    }
}
