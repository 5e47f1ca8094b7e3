using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Exports;

/// <summary>Where fact tables are written: all of them, or nothing. One thread.</summary>
public interface IFactTarget : IDisposable
{
    /// <summary>Adds a row.</summary>
    void Add(TableRow row);

    /// <summary>Puts the manifest beside the tables, and lets others see them. Before this, and after an error, there is nothing to
    /// see.</summary>
    void Commit(Manifest manifest);
}
