using System.Buffers;

namespace MaySend.OptOut;

/// <summary>Reads what people and mail programs send to the public pages.</summary>
static class PublicForm
{
    const int GreatestForm = 16 * 1024;

    // What tokens and names of pages are made of: base64url, of which a slug is part.
    static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The fields of a form; none where the body is no form, or a very large one.</summary>
    public static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength > GreatestForm)
            return FormCollection.Empty;
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            return FormCollection.Empty;
        }
    }

    /// <summary>
    /// A token without the punctuation that stood behind its link in plain text: "(https://... )." is how people write, and mail programs
    /// take too much of it. Stars around it, an ellipsis, what a counter of clicks appends: whatever no token is made of ends it.
    /// </summary>
    public static string Plain(string token) => token.AsSpan().IndexOfAnyExcept(Letters) is >= 0 and var end ? token[..end] : token;
}
