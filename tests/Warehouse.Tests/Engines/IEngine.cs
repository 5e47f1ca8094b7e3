using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Tests.Engines;

/// <summary>An engine that runs what is emitted for it.</summary>
public interface IEngine : IDisposable
{
    Dialect Dialect { get; }

    /// <summary>What stands before the names of tables, so that no two tests share any.</summary>
    string Prefix { get; }

    void Run(string sql);

    /// <summary>The rows of a query.</summary>
    IReadOnlyList<object?[]> Ask(string sql);
}
