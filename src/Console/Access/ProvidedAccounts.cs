using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace MaySend.Console.Access;

/// <summary>
/// The accounts of people whom a provider vouches for. Each has one here too, made at the first sign-in and found by issuer and subject:
/// what somebody signs stands under its name, sessions end with it, an administrator can close it. The roles are the provider's, read at
/// every sign-in; no password and no passkey opens it.
/// </summary>
sealed class ProvidedAccounts(ConsoleOptions options, UserFile file, SignInLog log)
{
    const int LongestName = 100;

    /// <summary>
    /// Finds or makes the account of whoever the provider says this is; null when they may not come in. Either is in the log.
    /// </summary>
    public async Task<ConsoleUser?> TakeAsync(HttpContext context, ClaimsPrincipal said, UserManager<ConsoleUser> users)
    {
        var provider = options.Provider!;
        if (said.FindFirstValue("iss") is not { Length: > 0 } issuer || said.FindFirstValue("sub") is not { Length: > 0 } subject)
            return Refused(context, null, "refused: the provider does not say who it is");
        var id = $"{issuer} {subject}";
        var known = file.All().FirstOrDefault(user => user.ProvidedBy == id);
        if (known is { IsClosed: true })
            return Refused(context, known.Name, "refused: the account is closed");
        var roles = RolesOf(provider, said);
        if (roles.Count == 0)
        {
            // Whoever was let in before and has lost the last role is out at once, in every session.
            if (known is { Roles.IsEmpty: false })
                await SetRolesAsync(users, known, roles);
            return Refused(context, known?.Name, "refused: none of the provider's groups or roles counts here");
        }
        if (known is null)
            return await MakeAsync(context, said.FindFirstValue(provider.NameClaim), id, roles, users);
        if (!known.Roles.ToHashSet(StringComparer.Ordinal).SetEquals(roles) && !await SetRolesAsync(users, known, roles))
            return Refused(context, known.Name, "refused: the account was changed in the meantime");
        return known;
    }

    static IReadOnlyList<string> RolesOf(Provider provider, ClaimsPrincipal said) =>
        [
            .. said.FindAll(provider.RoleClaim)
                .SelectMany(claim => provider.Roles.GetValueOrDefault(claim.Value) ?? [])
                .Distinct(StringComparer.Ordinal),
        ];

    async Task<ConsoleUser?> MakeAsync(
        HttpContext context,
        string? name,
        string id,
        IReadOnlyList<string> roles,
        UserManager<ConsoleUser> users
    )
    {
        var given = name?.Trim() ?? "";
        if (given.Length is 0 or > LongestName || given.Any(char.IsControl))
            return Refused(context, null, "refused: the provider gives no name that a signature could use");
        var made = new ConsoleUser
        {
            Name = given,
            Roles = [.. roles],
            ProvidedBy = id,
        };
        // A name that somebody has here is theirs: what stands under it was signed by them.
        return (await users.CreateAsync(made)).Succeeded
            ? made
            : Refused(context, null, "refused: somebody else already has this name here");
    }

    static async Task<bool> SetRolesAsync(UserManager<ConsoleUser> users, ConsoleUser user, IReadOnlyList<string> roles)
    {
        user.Roles = [.. roles];
        // With the stamp every session ends that was begun with other roles.
        return (await users.UpdateSecurityStampAsync(user)).Succeeded;
    }

    ConsoleUser? Refused(HttpContext context, string? name, string why)
    {
        log.Add(context, name, why);
        return null;
    }
}
