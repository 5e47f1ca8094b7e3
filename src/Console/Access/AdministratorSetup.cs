using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace MaySend.Console.Access;

/// <summary>
/// Makes the first administrator. Whoever has the code that the program printed at its start may; the account is added only as the very
/// first one, in one statement, so that of two people at once, even at two processes on one store, only one becomes administrator.
/// </summary>
sealed class AdministratorSetup(UserFile file)
{
    const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>The one-time code of this start: 24 characters of a set of 32 that look unlike each other, in groups of six.</summary>
    public string Code { get; } = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 6)));

    /// <summary>True until somebody has an account.</summary>
    public bool IsDue => file.IsEmpty;

    /// <summary>Says the code once, where only whoever started the program reads it.</summary>
    public void Announce()
    {
        // Never into a log: logs travel.
        if (IsDue)
            System.Console.WriteLine(
                $"nobody has an account for the console yet: open {ConsoleOptions.Root}/setup   setup code, valid until the next start: "
                    + $"{Code}"
            );
    }

    /// <summary>Makes the account; errors for people when it was not made.</summary>
    public async Task<IReadOnlyList<string>> CreateAdministratorAsync(
        UserManager<ConsoleUser> users,
        string code,
        string name,
        string password
    )
    {
        var given = Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant());
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(given), SHA256.HashData(Encoding.UTF8.GetBytes(Code))))
            return ["The setup code is not the one printed when this program started."];
        var user = new ConsoleUser
        {
            Id = UserFile.NewStamp(),
            Name = name.Trim(),
            NormalizedName = users.NormalizeName(name.Trim()) ?? "",
            SecurityStamp = UserFile.NewStamp(),
            Roles = [Role.Administrator],
        };
        if (user.NormalizedName.Length == 0)
            return ["Give a name."];
        foreach (var validator in users.PasswordValidators)
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } bad)
                return [.. bad.Errors.Select(error => error.Description)];
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        return file.Add(user, onlyAsFirst: true) ? [] : ["Somebody has set this up already. Ask them for an account."];
    }
}
