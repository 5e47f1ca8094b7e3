using System.Collections.Immutable;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Tables;

/// <summary>One row of evidence: what differs from row to row as numbers, and the number of all the rest that it says.</summary>
/// <param name="Person">Whom it is about.</param>
/// <param name="Saying">What it says beside that (<see cref="Sayings"/>).</param>
/// <param name="When">When it happened.</param>
/// <param name="Part">The part of the files it stands in; parts are numbered in the order of the files.</param>
/// <param name="Line">Its row in the part, with the header as row 1.</param>
/// <param name="IdAt">Where its id begins in the part's ids.</param>
/// <param name="IdLength">How long that is; 0 where the row names none, and is then named by its number.</param>
/// <param name="More">Its place among what few rows of the part have; -1 where it has nothing of the kind.</param>
/// <param name="Products">The goods dealt in; default where there are none.</param>
readonly record struct Row(
    int Person,
    int Saying,
    Moment When,
    int Part,
    int Line,
    int IdAt,
    ushort IdLength,
    int More,
    ImmutableArray<string> Products
);

/// <summary>What few rows have.</summary>
/// <param name="Confirmed">When a consent was confirmed.</param>
/// <param name="Stops">What columns that nobody reads say of requests to stop.</param>
readonly record struct MoreOfARow(Moment? Confirmed, ImmutableArray<ContactEntry> Stops);
