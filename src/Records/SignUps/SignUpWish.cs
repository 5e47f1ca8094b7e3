using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Records.SignUps;

/// <summary>
/// What somebody asked for on a sign-up page and has not confirmed. It is nowhere but in the link of the mail, sealed: an unconfirmed
/// sign-up leaves nothing on record, and nothing beside it.
/// </summary>
/// <param name="Page">The name of the page.</param>
/// <param name="Wording">SHA-256 of the words shown, hexadecimal: what is confirmed is what was read.</param>
/// <param name="Language">The language of the page.</param>
/// <param name="Topics">The topics ticked; none where the page asks for everything.</param>
/// <param name="Address">The address.</param>
/// <param name="At">When the box was ticked.</param>
public sealed record SignUpWish(
    string Page,
    string Wording,
    string Language,
    ImmutableArray<string> Topics,
    Address Address,
    DateTimeOffset At
)
{
    /// <summary>The same wish twice is one.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ToWords()))));

    /// <summary>The wish for a sealed note.</summary>
    public IReadOnlyList<string> ToWords() =>
        [Page, Wording, Language, At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), Address.Verbatim, .. Topics];

    /// <summary>Reads what <see cref="ToWords"/> wrote; null for anything else.</summary>
    public static SignUpWish? Read(IReadOnlyList<string>? words) =>
        words is { Count: >= Fixed }
        && long.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && Address.Read(words[4]).Address is { } whom
            ? new(words[0], words[1], words[2], [.. words.Skip(Fixed)], whom, DateTimeOffset.FromUnixTimeMilliseconds(at))
            : null;

    const int Fixed = 5;
}
