using MaySend.Reading;

namespace MaySend.Records.Inbound;

/// <summary>Where what a mailbox is signed in to with lies: a password or an OAuth access token, each in a file of its own.</summary>
/// <param name="PasswordFile">The file of the password; null for none.</param>
/// <param name="TokenFile">The file of the token; null for none.</param>
public sealed record MailboxSecrets(string? PasswordFile, string? TokenFile)
{
    /// <summary>Somebody typed it just now, and it gets a file once everything else is right.</summary>
    internal bool IsAtHand { get; init; }

    /// <summary>Says what is wrong with them; true where one is named, and no more than one.</summary>
    internal bool Check(Place place, Problems problems)
    {
        if (IsAtHand)
            return true;
        var (isPassword, isToken) = (!string.IsNullOrWhiteSpace(PasswordFile), !string.IsNullOrWhiteSpace(TokenFile));
        if (isPassword == isToken)
        {
            problems.Add(
                place,
                isPassword ? "the mailbox has both a password and a token" : "name the file with the mailbox's password or OAuth token"
            );
            return false;
        }
        var (file, what) = isPassword ? (PasswordFile, "password") : (TokenFile, "OAuth token");
        if (!File.Exists(file))
            problems.Add(place, $"there is no file {file} with the mailbox's {what}");
        return true;
    }
}
