using System.Collections.Immutable;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Tables;

/// <summary>
/// One row of evidence: what differs from row to row as numbers, and the number of all the rest that it says. Nothing in it is an object,
/// so that the collector of memory passes millions of them by.
/// </summary>
/// <param name="Person">Whom it is about.</param>
/// <param name="Saying">What it says beside that (<see cref="Sayings"/>).</param>
/// <param name="When">When it happened.</param>
/// <param name="Line">Its row in the part, with the header as row 1.</param>
/// <param name="Id">Where its id stands in the part's ids; empty where the row names none: then its number is its name.</param>
/// <param name="More">Its place among what few rows of the part have; -1 where it has nothing of the kind.</param>
/// <param name="Products">The number of the list of goods dealt in (<see cref="ProductLists"/>).</param>
readonly record struct Row(int Person, int Saying, Moment When, int Line, Letters.Span Id, int More, int Products);

/// <summary>What few rows have.</summary>
/// <param name="Confirmed">When a consent was confirmed.</param>
/// <param name="Stops">What columns that nobody reads say of requests to stop.</param>
readonly record struct MoreOfARow(Moment? Confirmed, ImmutableArray<ContactEntry> Stops);
