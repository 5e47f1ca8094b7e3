using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MaySend.Law.Facts;
using Microsoft.Extensions.Primitives;

namespace MaySend.Console.Assessing;

/// <summary>
/// What stands in the fields of a step: what was typed, or what the draft says. Reading it notes every problem beside its field, and what
/// was typed stays as it was typed.
/// </summary>
public sealed partial class StepForm
{
    /// <summary>The greatest length of a text.</summary>
    public const int GreatestText = 4000;

    readonly Dictionary<string, StringValues> fields = new(StringComparer.Ordinal);
    readonly List<(string Field, string Text)> problems = [];

    /// <summary>The fields as a browser sent them.</summary>
    public static StepForm Of(IFormCollection sent)
    {
        var form = new StepForm();
        foreach (var (name, values) in sent)
            form.fields[name] = values;
        return form;
    }

    /// <summary>What is wrong, in the order of the fields.</summary>
    public IReadOnlyList<(string Field, string Text)> Problems => problems;

    /// <summary>What is wrong with one field; null when nothing is.</summary>
    public string? ProblemOf(string field) => problems.FirstOrDefault(problem => problem.Field == field).Text;

    /// <summary>Notes a problem of a field.</summary>
    public void Problem(string field, string text) => problems.Add((field, text));

    /// <summary>Puts a value into a field.</summary>
    public void Set(string field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            fields[field] = value;
    }

    /// <summary>Puts a set of names into a field; <c>all</c> stands for everything.</summary>
    public void Set(string field, NameSet names) => fields[field] = names.IsEverything ? "all" : new StringValues([.. names.Names]);

    /// <summary>What stands in a field, as typed.</summary>
    public string Raw(string field) => fields.GetValueOrDefault(field).ToString();

    /// <summary>True when a box or an option is chosen.</summary>
    public bool Has(string field, string value) => fields.GetValueOrDefault(field).Contains(value);

    /// <summary>A text: lines end the same way everywhere, and nothing unprintable is in it.</summary>
    public string Text(string field)
    {
        var text = new string([.. Raw(field).ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))]).Trim();
        if (text.Length > GreatestText)
            Problem(field, string.Create(CultureInfo.InvariantCulture, $"has {text.Length} characters, more than {GreatestText}"));
        return text;
    }

    /// <summary>The lines of a text that are not blank.</summary>
    public IEnumerable<string> Lines(string field) =>
        Text(field).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>One of two words; null for nothing chosen.</summary>
    public bool? Choice(string field, string yes = "yes", string no = "no")
    {
        var word = Raw(field);
        if (word.Length > 0 && word != yes && word != no)
            Problem(field, "is not one of the choices");
        return word == yes ? true
            : word == no ? false
            : null;
    }

    /// <summary>One word of a list; null for nothing chosen.</summary>
    public string? Word(string field, IEnumerable<string> words)
    {
        var word = Raw(field);
        if (word.Length == 0)
            return null;
        if (words.Contains(word))
            return word;
        Problem(field, "is not one of the choices");
        return null;
    }

    /// <summary>Names of a list, or everything.</summary>
    public NameSet Names(string field, IReadOnlyCollection<string> words)
    {
        var chosen = fields.GetValueOrDefault(field).OfType<string>().ToList();
        if (chosen.Contains("all"))
            return NameSet.Everything;
        if (chosen.FirstOrDefault(name => !words.Contains(name)) is { } unknown)
            Problem(field, $"`{unknown}` is not one of the choices");
        return NameSet.Of(chosen.Where(words.Contains));
    }

    /// <summary>
    /// Names as somebody types them, between commas or on lines of their own; null for none. <c>all</c>, in any case of letters, is
    /// everything; beside other names it is a mistake.
    /// </summary>
    public NameSet? Listed(string field)
    {
        var names = Text(field).Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!names.Any(IsAll))
            return names.Length == 0 ? null : NameSet.Of(names);
        if (names.Length > 1)
            Problem(field, "`all` means everything: choose no other names beside it");
        return NameSet.Everything;
    }

    /// <summary>
    /// The same where everything is no answer, as for what a campaign is about: there <c>all</c> is a mistake, and never a name left out.
    /// </summary>
    public IReadOnlyList<string> Named(string field)
    {
        if (Listed(field) is not { } listed)
            return [];
        if (listed.IsEverything && ProblemOf(field) is null)
            Problem(field, "`all` is not allowed here: give each name");
        return listed.Names;
    }

    /// <summary>Names of a list where everything is no answer.</summary>
    public IReadOnlyList<string> Chosen(string field, IReadOnlyCollection<string> words)
    {
        var chosen = Names(field, words);
        if (chosen.IsEverything)
            Problem(field, "`all` is not allowed here: choose each one");
        return chosen.Names;
    }

    static bool IsAll(string name) => string.Equals(name, "all", StringComparison.OrdinalIgnoreCase);

    /// <summary>A name of small letters, digits and hyphens; blank with a problem for anything else.</summary>
    public string Slug(string field)
    {
        var text = Raw(field).Trim();
        if (text.Length is > 0 and <= 80 && SlugForm().IsMatch(text))
            return text;
        Problem(field, "may hold only small letters, digits and hyphens, at most 80");
        return "";
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex SlugForm();

    /// <summary>What names one filling-in of a form, so that sending it twice records it once; a fresh one where none was sent.</summary>
    public string Key(string field)
    {
        if (Raw(field) is not { Length: 16 } key || !key.All(char.IsAsciiHexDigitLower))
            fields[field] = key = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return key;
    }

    /// <summary>A whole number of at least 1; null for a blank.</summary>
    public int? Number(string field)
    {
        var text = Raw(field).Trim();
        if (text.Length == 0)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1)
            return number;
        Problem(field, $"`{text}` is not a whole number of at least 1");
        return null;
    }

    /// <summary>A day; null for a blank.</summary>
    public DateOnly? Day(string field)
    {
        var text = Raw(field).Trim();
        if (text.Length == 0)
            return null;
        if (Format.ReadDay(text) is { } day)
            return day;
        Problem(field, $"`{text}` is not a day such as 2026-03-10");
        return null;
    }
}
