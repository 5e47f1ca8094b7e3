[assembly: AssemblyFixture(typeof(MaySend.Torture.ShopFixture))]

namespace MaySend.Torture;

/// <summary>One shop for all the tests.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    internal Shop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await Shop.MakeAsync();

    public ValueTask DisposeAsync()
    {
        Shop.Dispose();
        return ValueTask.CompletedTask;
    }
}
