using MaySend.Evidence.Store;
using MaySend.Mail.OptOut;
using MaySend.Records;
using MaySend.Records.OptOuts;
using MaySend.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests.OptOut;

/// <summary>One store, and the opt-out keys of servers on it: in the store's own folder, or each in a folder of its own.</summary>
public abstract class OneStore : IAsyncLifetime
{
    private protected static readonly DateTimeOffset Start = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
    private protected static readonly OptOutToken Token = new(0, 42, 3, 99, new(2026, 3, 10));

    private protected readonly string root = Directory.CreateTempSubdirectory("maysend-keys-").FullName;
    private protected readonly FakeTimeProvider clock = new(Start);
    private protected EvidenceStore store = null!;

    public async ValueTask InitializeAsync() => store = await EvidenceStores.CreateAsync(root, clock: clock);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(root, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string KeyFile(string folder = "") => Path.Combine(root, folder, "opt-out-keys.txt");

    private protected async Task<OptOutKeys> OpenAsync(string folder = "")
    {
        var options = new RecordsOptions { DataFolder = Directory.CreateDirectory(Path.Combine(root, folder)).FullName };
        var keys = new OptOutKeys(options, clock, new ServerRecords(store), NullLogger<OptOutKeys>.Instance);
        await keys.StartAsync(default);
        return keys;
    }
}
