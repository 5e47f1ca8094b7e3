using System.Globalization;
using System.Text;
using MaySend.Console.Access;
using MaySend.Evidence;
using MaySend.Evidence.Files;
using MaySend.Records.Auditing;
using MaySend.Records.Screenings;

namespace MaySend.Console.Lists;

/// <summary>
/// A list that grows with the use of the server: shown page by page, found by words, sorted by its columns, fetched as a file. Every
/// list of the console is one of these.
/// </summary>
/// <param name="id">Names it: the file is called so.</param>
/// <param name="what">What it holds, in the plural.</param>
/// <param name="permit">What whoever fetches the file needs.</param>
/// <param name="all">Everything on it, in the order in which it is kept.</param>
/// <param name="columns">Its columns.</param>
sealed class GrowingList<T>(
    string id,
    string what,
    string permit,
    Func<HttpContext, ValueTask<IReadOnlyCollection<T>>> all,
    IReadOnlyList<ListColumn<T>> columns
) : IGrowingList
{
    /// <summary>How many are on a page, where nobody says otherwise.</summary>
    public const int Usual = 20;

    const int GreatestFind = 100;

    /// <summary>Tells lists of one page apart; empty where there is one.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many are on a page.</summary>
    public int Size { get; init; } = Usual;

    /// <summary>
    /// Where the list shows people, which one of its kind a request asks for: it is written down who sees it. Null elsewhere.
    /// </summary>
    public Func<HttpContext, string>? Of { get; init; }

    /// <summary>The contact of a line of such a list; null where it holds none.</summary>
    public Func<T, ContactId?> Whom { get; init; } = _ => null;

    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public string Permit => permit;

    /// <summary>The page that a request asks for, with what is on it.</summary>
    public async ValueTask<(IReadOnlyList<T> Items, ListPlace Place)> ShowAsync(HttpContext http)
    {
        var shown = Show(http, await all(http));
        await NoteAsync(http, Viewed.List, shown.Items);
        return shown;
    }

    /// <summary>The page that a request asks for, of what was read already.</summary>
    public (IReadOnlyList<T> Items, ListPlace Place) Show(HttpContext http, IReadOnlyCollection<T> read)
    {
        var (found, place) = Found(http, read);
        return ([.. found.Skip((place.Page - 1) * Size).Take(Size)], place);
    }

    /// <inheritdoc/>
    public async Task WriteAsync(HttpContext http)
    {
        var (found, _) = Found(http, await all(http));
        await NoteAsync(http, Viewed.ListFile, found);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}.csv\"";
        await using var text = new StreamWriter(http.Response.Body, new UTF8Encoding(false), leaveOpen: true);
        await using var table = new CsvTable(text, columns.Select(column => column.Title));
        foreach (var line in found)
            await table.AddAsync(columns.Select(column => HarmlessCsv.Harmless(column.Cell(line))), http.RequestAborted);
    }

    async ValueTask NoteAsync(HttpContext http, string what, IReadOnlyList<T> lines)
    {
        if (Of is not null && lines.Count > 0)
            await http.ShownAsync(what, lines.Select(Whom).OfType<ContactId>(), lines.Count, Of(http));
    }

    (IReadOnlyList<T> Found, ListPlace Place) Found(HttpContext http, IReadOnlyCollection<T> read)
    {
        var query = http.Request.Query;
        var searched = columns.Where(column => column.IsSearched).ToList();
        var find = searched.Count == 0 ? "" : query[ListPlace.Field(Name, "find")].ToString().Trim();
        if (find.Length > GreatestFind)
            find = find[..GreatestFind];
        var terms = find.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = terms.Length == 0 ? read : read.Where(line => Holds(searched, line, terms));
        var asked = query[ListPlace.Field(Name, "sort")].ToString();
        var by = columns.FirstOrDefault(column => column.IsSorted && column.Key == asked.TrimStart('-'));
        var isDown = asked.StartsWith('-');
        List<T> sorted = [.. by is null ? found : by.Sort(found, isDown)];
        var others = query
            .Where(pair => !Own.Any(field => pair.Key == ListPlace.Field(Name, field)))
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)));
        var place = new ListPlace(Name, what, find, 1, Size, sorted.Count, read.Count, http.Request.Path, [.. others])
        {
            Columns = [.. columns.Where(column => column.IsSorted).Select(column => (column.Key, column.Title))],
            Sort = by?.Key ?? "",
            IsDown = by is not null && isDown,
            IsSearched = searched.Count > 0,
            File = $"{ConsoleOptions.Root}/lists/{id}.csv",
        };
        var number = query[ListPlace.Field(Name, "page")];
        var page = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var one) ? one : 1;
        return (sorted, place with { Page = Math.Clamp(page, 1, place.Pages) });
    }

    static readonly string[] Own = ["find", "sort", "page"];

    static bool Holds(List<ListColumn<T>> searched, T line, string[] terms)
    {
        var words = string.Join(' ', searched.Select(column => column.Words(line)));
        return terms.All(term => words.Contains(term, StringComparison.OrdinalIgnoreCase));
    }
}
