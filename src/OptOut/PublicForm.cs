namespace MaySend.OptOut;

/// <summary>Reads what people and mail programs send to the public pages.</summary>
static class PublicForm
{
    const int GreatestForm = 16 * 1024;

    // What a reader of plain-text mail takes for the end of a link, or for a part of it.
    const string Around = ".,;:!?)]}>'\"»”’";

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
    /// take too much of it.
    /// </summary>
    public static string Plain(string token) => token.TrimEnd().TrimEnd(Around.ToCharArray());
}
