using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Ledger.Contract.Stores;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Ledger.Contract;

/// <summary>What every aspect of the contract starts from: a fresh store, a clock in the test's hand, short words for requests.</summary>
public abstract class Contract : IAsyncLifetime
{
    protected static readonly Address Anna = Address.Email("anna@example.com").Required();
    protected static readonly Address Ben = Address.Email("ben@example.com").Required();

    protected Contract(Store store)
    {
        Store = store;
        Store.Clock = Clock;
    }

    protected Store Store { get; }

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 2, 4, 10, 0, 0, TimeSpan.Zero));

    protected ILedger Ledger { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => Ledger = await Store.CreateAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    protected static AppendRequest Order(Address address, string number = "10442", string? key = null) =>
        Request(new EntrySubject.At(address), "order", number, key);

    protected static AppendRequest Request(EntrySubject subject, string kind = "order", string number = "10442", string? key = null) =>
        new()
        {
            Subject = subject,
            Kind = kind,
            HappenedAt = new(2025, 5, 2, 9, 30, 0, TimeSpan.FromHours(1)),
            By = "import",
            IdempotencyKey = key,
            Payload = Json($$"""{"order":"{{number}}"}"""),
        };

    protected static ErasureRequest Erase(Address address) =>
        new()
        {
            Address = address,
            Covers = Json("""{"channels":"all"}"""),
            By = "dpo",
        };

    protected async Task<ContactId> ContactAt(Address address) => (await Ledger.AppendAsync(Order(address))).Contact.ShouldNotBeNull();

    protected async Task ReopenAsync()
    {
        await Ledger.DisposeAsync();
        Ledger = await Store.OpenAsync();
    }

    /// <summary>The verifier, which shares no code with the writers, finds nothing.</summary>
    protected async Task AssertSoundAsync() => (await Store.VerifyAsync([], [])).Findings.ShouldBeEmpty();

    protected static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
            all.Add(item);
        return all;
    }
}
