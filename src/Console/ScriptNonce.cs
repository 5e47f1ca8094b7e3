using System.Security.Cryptography;

namespace MaySend.Console;

/// <summary>The word that lets a page's own scripts run, and no others: random for each response.</summary>
static class ScriptNonce
{
    const string Key = "maysend-nonce";

    /// <summary>Makes the one of this response.</summary>
    public static string Make(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        context.Items[Key] = nonce;
        return nonce;
    }

    /// <summary>The one of this response.</summary>
    public static string Of(HttpContext context) => context.Items[Key] as string ?? "";
}
