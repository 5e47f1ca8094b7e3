using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Store;

/// <summary>
/// What a request to stop does at an address: a later act of the person, on a page served here, may have freed some or all.
/// </summary>
/// <param name="Stands">False where one such act names all that it reaches: then it stops nothing.</param>
/// <param name="Freed">The later acts that free something of it, the earliest first.</param>
public sealed record RequestEffect(bool Stands, IReadOnlyList<ConsentAnswered> Freed);
