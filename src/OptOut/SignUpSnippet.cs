using System.Text;
using System.Text.Encodings.Web;

namespace MaySend.OptOut;

/// <summary>
/// The form of a sign-up page as HTML to put into another page: plain elements, no script, no style, nothing fetched from here. It asks in
/// the very words that the page asks in.
/// </summary>
static class SignUpSnippet
{
    /// <summary>The form.</summary>
    /// <param name="sheet">The page in its language.</param>
    /// <param name="action">Its whole address.</param>
    public static string Of(SignUpSheet sheet, string action)
    {
        var (html, words) = (HtmlEncoder.Default, sheet.Words);
        var text = new StringBuilder();
        text.Append($"<form method=\"post\" action=\"{html.Encode(action)}\" lang=\"{words.Language}\" dir=\"{words["dir"]}\">\n");
        if (sheet.Page.Topics.IsEmpty)
            text.Append($"<p><label><input type=\"checkbox\" name=\"yes\" value=\"1\" required> {html.Encode(sheet.Box)}</label></p>\n");
        else
        {
            text.Append($"<fieldset><legend>{html.Encode(sheet.Box)}</legend>\n");
            foreach (var topic in sheet.Page.Topics)
                text.Append(
                    $"<p><label><input type=\"checkbox\" name=\"topic\" value=\"{html.Encode(topic)}\"> {html.Encode(topic)}</label></p>\n"
                );
            text.Append("</fieldset>\n");
        }
        text.Append(
            $"<p><label>{html.Encode(words["join-address"])} "
                + "<input type=\"email\" name=\"address\" autocomplete=\"email\" required></label></p>\n"
        );
        text.Append($"<p>{html.Encode(words["join-terms"])}");
        if (sheet.Page.Notice is { } notice)
            text.Append($" <a href=\"{html.Encode(notice)}\">{html.Encode(words["join-notice"])}</a>");
        text.Append($"</p>\n<p><button type=\"submit\">{html.Encode(words["join-send"])}</button></p>\n</form>\n");
        return text.ToString();
    }
}
