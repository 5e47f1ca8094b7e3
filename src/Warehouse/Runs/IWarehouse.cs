using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Runs;

/// <summary>
/// A warehouse as one transaction sees it: what is counted at the beginning is what is decided about. Tables of its own are temporary;
/// those of others are only read. One thread.
/// </summary>
public interface IWarehouse : IDisposable
{
    /// <summary>How people would name it; never holds a password.</summary>
    string Name { get; }

    /// <summary>Its dialect.</summary>
    Dialect Dialect { get; }

    /// <summary>Holds still what is read: from here on the tables are what they are now.</summary>
    /// <param name="prefix">What stands before their names.</param>
    /// <returns>What stands before the names of those that are to be read instead.</returns>
    /// <exception cref="MaySend.Reading.BadInputException">A table is not there.</exception>
    string Hold(string prefix);

    /// <summary>Runs a statement.</summary>
    /// <exception cref="MaySend.Reading.BadInputException">The engine refuses it: nothing that follows counts.</exception>
    /// <exception cref="IOException">The engine, or a part of it, does not answer. The same holds for every member.</exception>
    void Run(string sql);

    /// <summary>The names of a query's columns, in lower case.</summary>
    IReadOnlyList<string> ColumnsOf(string sql);

    /// <summary>The rows of a query, one by one; a blank cell is null.</summary>
    IEnumerable<object?[]> Ask(string sql);
}
