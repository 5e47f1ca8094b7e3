using MaySend.Records;
using MaySend.Records.SignUps;

namespace MaySend.OptOut;

/// <summary>A sender's colour as style of a page, in the schemes in which it can be read.</summary>
static class PublicLook
{
    /// <summary>The style; blank where there is none, or where it would hide the buttons.</summary>
    public static string Style(SenderLookSet? look)
    {
        if (look?.Colour is not { } colour || !PageLook.IsColour(colour))
            return "";
        var own = $":root {{ --act: {colour}; --act-over: {colour}; --on-act: {PageLook.OnTopOf(colour)}; }}";
        return (PageLook.FitsLight(colour) ? $"@media not (prefers-color-scheme: dark) {{ {own} }}\n" : "")
            + (PageLook.FitsDark(colour) ? $"@media (prefers-color-scheme: dark) {{ {own} }}\n" : "");
    }
}
