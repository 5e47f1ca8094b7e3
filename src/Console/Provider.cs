namespace MaySend.Console;

/// <summary>An OpenID Connect provider whose people may sign in, and as what.</summary>
/// <param name="Authority">Its address, under which its discovery document lies.</param>
/// <param name="ClientId">What it calls this server.</param>
/// <param name="Secret">What this server proves itself with.</param>
/// <param name="Title">What the button on the sign-in page calls it.</param>
/// <param name="NameClaim">The claim of the ID token that becomes the account's name.</param>
/// <param name="RoleClaim">The claim whose values are looked up in <paramref name="Roles"/>.</param>
/// <param name="Roles">Names of <c>Role</c> for each value.</param>
/// <param name="Scopes">Scopes asked for besides <c>openid</c>.</param>
public sealed record Provider(
    Uri Authority,
    string ClientId,
    string Secret,
    string Title,
    string NameClaim,
    string RoleClaim,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Roles,
    IReadOnlyList<string> Scopes
);
