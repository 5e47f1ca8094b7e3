namespace MaySend.Console.Lists;

/// <summary>A list that can be fetched as a file.</summary>
interface IGrowingList
{
    /// <summary>Names it: the file is called so.</summary>
    string Id { get; }

    /// <summary>What whoever fetches it needs.</summary>
    string Permit { get; }

    /// <summary>
    /// Answers with the list as CSV: what the question of the address finds, sorted as it asks, every page of it. A cell that a spreadsheet
    /// would run as a formula begins with an apostrophe.
    /// </summary>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">The store cannot answer.</exception>
    Task WriteAsync(HttpContext http);
}
