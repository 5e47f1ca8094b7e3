using System.Globalization;

namespace MaySend.Evidence.Entries;

/// <summary>What stands where a company's number in a register is asked for.</summary>
public static class RegisterNumber
{
    static readonly string[] Placeholders = ["none", "null", "nil", "not", "unknown", "undefined", "pending"];

    /// <summary>
    /// True for what may be a number: it holds a digit other than 0, whatever letters stand beside it (SC123456, FN 12345a), and no word
    /// that says there is none. <c>n/a</c>, <c>-</c> and <c>sole trader</c> show no company.
    /// </summary>
    public static bool IsOne(string? text) =>
        text is not null
        && text.Any(character => CharUnicodeInfo.GetDecimalDigitValue(character) > 0)
        && !text.Split([' ', ',', ';', ':', '/', '(', ')', '.'])
            .Any(word => Placeholders.Contains(word.Trim(), StringComparer.OrdinalIgnoreCase));
}
