using MaySend.Law.Facts;

namespace MaySend.Assessments.Documents;

/// <summary>The closed words of document files.</summary>
static class DocumentWords
{
    public static readonly IReadOnlyDictionary<string, bool?> YesNo = new Dictionary<string, bool?> { ["yes"] = true, ["no"] = false };

    public static readonly IReadOnlyDictionary<string, bool?> Outcomes = new Dictionary<string, bool?>
    {
        ["passed"] = true,
        ["failed"] = false,
    };

    public static readonly IReadOnlyDictionary<string, LifeEventKind> Events = Enum.GetValues<LifeEventKind>()
        .ToDictionary(kind => kind.ToString().ToLowerInvariant());

    public static string? Yes(bool? value) =>
        value switch
        {
            true => "yes",
            false => "no",
            null => null,
        };

    public static string? Passed(bool? value) =>
        value switch
        {
            true => "passed",
            false => "failed",
            null => null,
        };

    public static IReadOnlyCollection<string> Sources => Collection.From.Words;

    public static IReadOnlyCollection<string> Purposes => Message.Purpose.Words;
}
