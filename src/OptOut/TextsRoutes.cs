using Scriban.Runtime;

namespace MaySend.OptOut;

/// <summary>
/// Every text of the public pages in one language beside its English, for a native reader: <c>/s/texts?lang=de</c>. Says who has read them.
/// </summary>
static class TextsRoutes
{
    /// <summary>Maps the page.</summary>
    public static void MapTexts(this WebApplication app) =>
        app.MapMethods("/s/texts", ["GET", "HEAD"], ShowAsync).AllowAnonymous().ExcludeFromDescription();

    static Task ShowAsync(HttpContext context)
    {
        var (words, english) = (OptOutTexts.For(context.Request), OptOutTexts.All["en"]);
        var said = new ScriptObject
        {
            ["reader"] = words["reader"],
            ["rows"] = english
                .Words.Keys.Order(StringComparer.Ordinal)
                .Select(key => new ScriptObject
                {
                    ["key"] = key,
                    ["english"] = english[key],
                    ["text"] = words[key],
                })
                .ToList(),
        };
        return PublicPage.WriteAsync(context, words, new("texts", words["name"], HasLanguages: true), said);
    }
}
