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

    /// <summary>
    /// What is told of somebody who is called corporate and of whom something stands where the number should, which is none; null of
    /// anybody else.
    /// </summary>
    public static string? Missing(ContactEntry entry) =>
        entry is DetailsStated { Subscriber: "corporate", RegisterNumber: { Length: > 0 } text } && !IsOne(text)
            ? $"`{text}` under `register_number` is no number in a register and is read as blank: it shows no company, so who holds the "
                + "address is not known"
            : null;
}
