using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace MaySend.Console.Parts;

/// <summary>
/// Where somebody is in a list that grows: what they look for, and which page of it is shown. It stands in the address of the page, so
/// nothing that names a person is looked for this way.
/// </summary>
/// <param name="Name">Tells lists of one page apart; empty where there is one.</param>
/// <param name="Find">The words looked for; empty for none.</param>
/// <param name="Page">The page shown, from 1.</param>
/// <param name="Size">How many are on a page.</param>
/// <param name="Found">How many hold the words.</param>
/// <param name="All">How many there are.</param>
/// <param name="Path">The address of the page without its questions.</param>
/// <param name="Others">The questions of the address that are not this list's.</param>
public sealed record ListPlace(
    string Name,
    string Find,
    int Page,
    int Size,
    int Found,
    int All,
    string Path,
    IReadOnlyList<KeyValuePair<string, string?>> Others
)
{
    /// <summary>How many are on a page, where nobody says otherwise.</summary>
    public const int Usual = 20;

    const int GreatestFind = 100;

    /// <summary>The field of the words looked for.</summary>
    public string FindField => Field(Name, "find");

    /// <summary>How many pages there are; one at least.</summary>
    public int Pages => Math.Max(1, (Found + Size - 1) / Size);

    /// <summary>The first place on the page in a sentence: "21 to 40 of 250".</summary>
    public string Says =>
        Found == 0
            ? $"None of {Format.Count(All)}"
            : $"{Format.Count((Page - 1) * Size + 1)} to {Format.Count(Math.Min(Found, Page * Size))} of {Format.Count(Found)}"
                + (Find.Length > 0 ? $" found among {Format.Count(All)}" : "");

    /// <summary>The pages one can go to from here: the first, the last, and those beside this one.</summary>
    public IEnumerable<int> Near => Enumerable.Range(1, Pages).Where(page => page == 1 || page == Pages || Math.Abs(page - Page) <= 2);

    /// <summary>The address of a page of the list.</summary>
    public string Href(int page)
    {
        List<KeyValuePair<string, string?>> query = [.. Others];
        if (Find.Length > 0)
            query.Add(new(FindField, Find));
        if (page > 1)
            query.Add(new(Field(Name, "page"), page.ToString(CultureInfo.InvariantCulture)));
        return QueryHelpers.AddQueryString(Path, query);
    }

    /// <summary>The page that is asked for, with what is on it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="all">Everything, in order.</param>
    /// <param name="words">What can be looked for in one of them; null where nothing may.</param>
    /// <param name="size">How many are on a page.</param>
    /// <param name="name">Tells lists of one page apart.</param>
    public static (IReadOnlyList<T> Items, ListPlace Place) Of<T>(
        HttpContext http,
        IReadOnlyCollection<T> all,
        Func<T, string>? words = null,
        int size = Usual,
        string name = ""
    )
    {
        var query = http.Request.Query;
        var find = words is null ? "" : query[Field(name, "find")].ToString().Trim();
        if (find.Length > GreatestFind)
            find = find[..GreatestFind];
        var terms = find.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<T> found =
        [
            .. all.Where(one => terms.Length == 0 || terms.All(term => words!(one).Contains(term, StringComparison.OrdinalIgnoreCase))),
        ];
        var others = query
            .Where(pair => pair.Key != Field(name, "find") && pair.Key != Field(name, "page"))
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)));
        var place = new ListPlace(name, find, 1, size, found.Count, all.Count, http.Request.Path, [.. others]);
        var asked = int.TryParse(query[Field(name, "page")], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1;
        place = place with { Page = Math.Clamp(asked, 1, place.Pages) };
        return ([.. found.Skip((place.Page - 1) * size).Take(size)], place);
    }

    static string Field(string name, string field) => name.Length == 0 ? field : $"{name}-{field}";
}
