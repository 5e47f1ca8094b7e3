using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MaySend.Console.Access;

/// <summary>Puts an account's roles into its sign-in.</summary>
sealed class RoleClaims(UserManager<ConsoleUser> users, IOptions<IdentityOptions> options, ConsoleOptions console)
    : UserClaimsPrincipalFactory<ConsoleUser>(users, options)
{
    /// <summary>Carried by whoever has to choose a password of their own first.</summary>
    public const string MustChoosePassword = "maysend:must-choose-password";

    /// <summary>Carried by whoever has to add a second factor first.</summary>
    public const string MustAddFactor = "maysend:must-add-factor";

    /// <summary>Carried by whoever a provider let in; how many factors that took is the provider's to ask.</summary>
    public const string Provided = "maysend:provided";

    /// <inheritdoc />
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(ConsoleUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaims(user.Roles.Select(role => new Claim(identity.RoleClaimType, role)));
        if (user.MustChoosePassword)
            identity.AddClaim(new Claim(MustChoosePassword, "yes"));
        if (user.ProvidedBy is not null)
            identity.AddClaim(new Claim(Provided, "yes"));
        else if (!user.HasSecondFactor && console.SecondFactor.Asks(user.Roles))
            identity.AddClaim(new Claim(MustAddFactor, "yes"));
        return identity;
    }
}
