using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace MaySend.Console.Lists;

/// <summary>
/// Where somebody is in a list that grows: what they look for, how it is sorted, and which page of it is shown. It stands in the address of
/// the page, so nothing that names a person is looked for this way.
/// </summary>
/// <param name="Name">Tells lists of one page apart; empty where there is one.</param>
/// <param name="What">What the list holds, in the plural.</param>
/// <param name="Find">The words looked for; empty for none.</param>
/// <param name="Page">The page shown, from 1.</param>
/// <param name="Size">How many are on a page.</param>
/// <param name="Found">How many hold the words.</param>
/// <param name="All">How many there are.</param>
/// <param name="Path">The address of the page without its questions.</param>
/// <param name="Others">The questions of the address that are not this list's.</param>
public sealed record ListPlace(
    string Name,
    string What,
    string Find,
    int Page,
    int Size,
    int Found,
    int All,
    string Path,
    IReadOnlyList<KeyValuePair<string, string?>> Others
)
{
    /// <summary>What the list can be sorted by: the key of each column and its title.</summary>
    public IReadOnlyList<(string Key, string Title)> Columns { get; init; } = [];

    /// <summary>The column it is sorted by; empty for the order in which it is kept.</summary>
    public string Sort { get; init; } = "";

    /// <summary>True where the greatest comes first.</summary>
    public bool IsDown { get; init; }

    /// <summary>True where words can be looked for.</summary>
    public bool IsSearched { get; init; }

    /// <summary>Where the whole list is fetched as a file; null where it is not.</summary>
    public string? File { get; init; }

    /// <summary>The field of the words looked for.</summary>
    public string FindField => Field(Name, "find");

    /// <summary>The field of the column it is sorted by.</summary>
    public string SortField => Field(Name, "sort");

    /// <summary>What that field says; empty for the order in which the list is kept.</summary>
    public string SortedBy => Sort.Length == 0 ? "" : $"{(IsDown ? "-" : "")}{Sort}";

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
    public string Href(int page) => Address(Path, Find, SortedBy, page);

    /// <summary>The address of the list sorted by a column: first the smallest on top, a second time the greatest.</summary>
    public string SortHref(string column) => Address(Path, Find, column == Sort && !IsDown ? $"-{column}" : column, 1);

    /// <summary>The list with everything in it.</summary>
    public string AllHref => Address(Path, "", SortedBy, 1);

    /// <summary>The file of what was found, sorted as it is here.</summary>
    public string? FileHref => File is null ? null : Address(File, Find, SortedBy, 1);

    /// <summary>How a column is sorted, in the word that screen readers know; null where the list is not sorted by it.</summary>
    public string? Direction(string column) =>
        column != Sort ? null
        : IsDown ? "descending"
        : "ascending";

    string Address(string path, string find, string sort, int page)
    {
        List<KeyValuePair<string, string?>> query = [.. Others];
        if (find.Length > 0)
            query.Add(new(FindField, find));
        if (sort.Length > 0)
            query.Add(new(SortField, sort));
        if (page > 1)
            query.Add(new(Field(Name, "page"), page.ToString(CultureInfo.InvariantCulture)));
        return QueryHelpers.AddQueryString(path, query);
    }

    /// <summary>A field of a list in the address of a page.</summary>
    internal static string Field(string name, string field) => name.Length == 0 ? field : $"{name}-{field}";
}
