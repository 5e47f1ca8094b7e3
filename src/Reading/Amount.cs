using System.Globalization;

namespace MaySend.Reading;

/// <summary>A number with its noun, in one place for pages, reports, answers and the terminal: "1 row", "2,000 rows", "1 person".</summary>
public static class Amount
{
    /// <summary>The number, with separators, and the noun that goes with it.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The noun where it is one, with its verb if one follows: <c>row says</c>.</param>
    /// <param name="many">The noun where it is not; null to add an s.</param>
    public static string Of(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
