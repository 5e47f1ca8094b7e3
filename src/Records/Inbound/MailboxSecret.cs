using System.Security.Cryptography;
using MaySend.Reading;

namespace MaySend.Records.Inbound;

/// <summary>
/// What a mailbox is signed in to with, as somebody typed it: it goes into a file of its own beside <c>inbound.json</c>, which its owner
/// alone may read. People never name such a file here: whoever may change settings could have the server send any file of its machine to a
/// mail server of theirs.
/// </summary>
/// <param name="text">The password or token.</param>
/// <param name="isToken">True for an OAuth token, whose file keeps its name, so that a program can renew it there.</param>
public sealed class MailboxSecret(string text, bool isToken)
{
    /// <summary>Where a program of the operator's renews the token.</summary>
    public const string TokenFile = "mailbox.token";

    /// <summary>True for an OAuth token.</summary>
    public bool IsToken => isToken;

    const string PasswordStart = "mailbox-";
    const string PasswordEnd = ".password";

    internal Kept Write(string folder)
    {
        // A password gets a fresh name: until the settings name it, the old one and its password go on together.
        var name = isToken ? TokenFile : $"{PasswordStart}{RandomNumberGenerator.GetHexString(8, lowercase: true)}{PasswordEnd}";
        OwnerOnly.WriteText(Path.Combine(folder, name), text);
        return new(folder, name, isToken);
    }

    /// <summary>Deletes the file of a password typed here that the settings no longer name.</summary>
    internal static void Forget(InboundSource before, InboundSource? after, string folder)
    {
        var own = new[] { before.PasswordFile, before.TokenFile }.OfType<string>().Where(IsOurs);
        foreach (var file in own.Where(file => file != after?.PasswordFile && file != after?.TokenFile))
            File.Delete(Path.Combine(folder, file));
    }

    /// <summary>True for a file that was written here, false for one that somebody named in <c>inbound.json</c>.</summary>
    public static bool IsOurs(string file) =>
        file == TokenFile
        || (
            file.StartsWith(PasswordStart, StringComparison.Ordinal)
            && file.EndsWith(PasswordEnd, StringComparison.Ordinal)
            && file[PasswordStart.Length..^PasswordEnd.Length].All(char.IsAsciiHexDigitLower)
        );

    /// <summary>A file that goes again unless it is kept.</summary>
    internal sealed class Kept(string folder, string name, bool isToken) : IDisposable
    {
        bool isKept;

        public InboundSource In(InboundSource mail) =>
            mail with
            {
                PasswordFile = isToken ? null : name,
                TokenFile = isToken ? name : null,
            };

        public void Keep() => isKept = true;

        public void Dispose()
        {
            // A token that a program renews is not ours to take away.
            if (!isKept && !isToken)
                File.Delete(Path.Combine(folder, name));
        }
    }
}
