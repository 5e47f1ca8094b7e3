using Microsoft.AspNetCore.Identity;

namespace MaySend.Console.Access;

/// <summary>
/// Refuses a password that is guessed first: a common one, a name, a row of keys, a year, and what is made of them. Judged by zxcvbn, whose
/// lists are of leaked passwords, names and words (github.com/dropbox/zxcvbn); three of its four steps are asked for, ten to the eighth
/// guesses and more.
/// </summary>
sealed class GuessedPasswords : IPasswordValidator<ConsoleUser>
{
    const int Enough = 3;
    const int Judged = 72;

    /// <inheritdoc />
    public Task<IdentityResult> ValidateAsync(UserManager<ConsoleUser> manager, ConsoleUser user, string? password)
    {
        var given = password ?? "";
        var judged = given[..Math.Min(given.Length, Judged)];
        return Task.FromResult(
            Zxcvbn.Zxcvbn.MatchPassword(judged, [user.Name, "maysend", "console"]).Score >= Enough
                ? IdentityResult.Success
                : IdentityResult.Failed(
                    new IdentityError
                    {
                        Code = "guessed",
                        Description =
                            "This password is among the first that somebody would guess. Choose several words that do not belong together.",
                    }
                )
        );
    }
}
