using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace MaySend.Console.Access;

/// <summary>Second factors: codes of an authenticator app, recovery codes, passkeys.</summary>
sealed partial class UserStore
    : IUserTwoFactorStore<ConsoleUser>,
        IUserAuthenticatorKeyStore<ConsoleUser>,
        IUserTwoFactorRecoveryCodeStore<ConsoleUser>,
        IUserPasskeyStore<ConsoleUser>
{
    // A copy of the accounts alone makes no codes: the key of the seal lies elsewhere.
    readonly IDataProtector seal = protection.CreateProtector("MaySend.Console.Authenticator");

    /// <summary>What is kept of a code: recovery codes are random enough for a plain digest.</summary>
    public static string DigestOf(string code) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).Trim().ToUpperInvariant()))
        );

    /// <inheritdoc />
    public Task SetTwoFactorEnabledAsync(ConsoleUser user, bool enabled, CancellationToken cancellationToken) =>
        Set(() => user.HasAuthenticator = enabled);

    /// <summary>True for a passkey too: a password alone lets nobody in then.</summary>
    public Task<bool> GetTwoFactorEnabledAsync(ConsoleUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.HasSecondFactor);

    /// <inheritdoc />
    public Task SetAuthenticatorKeyAsync(ConsoleUser user, string key, CancellationToken cancellationToken) =>
        Set(() => user.AuthenticatorKey = seal.Protect(key));

    /// <inheritdoc />
    public Task<string?> GetAuthenticatorKeyAsync(ConsoleUser user, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(user.AuthenticatorKey is { } kept ? seal.Unprotect(kept) : null);
        }
        catch (CryptographicException)
        {
            // The folder of keys is another one: no code is right until an administrator takes the factor away.
            return Task.FromResult<string?>(null);
        }
    }

    /// <inheritdoc />
    public Task ReplaceCodesAsync(ConsoleUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Set(() => user.RecoveryCodes = [.. recoveryCodes.Select(DigestOf)]);

    /// <inheritdoc />
    public Task<bool> RedeemCodeAsync(ConsoleUser user, string code, CancellationToken cancellationToken)
    {
        var left = user.RecoveryCodes.Remove(DigestOf(code));
        var isOne = left.Length < user.RecoveryCodes.Length;
        user.RecoveryCodes = left;
        return Task.FromResult(isOne);
    }

    /// <inheritdoc />
    public Task<int> CountCodesAsync(ConsoleUser user, CancellationToken cancellationToken) => Task.FromResult(user.RecoveryCodes.Length);

    /// <inheritdoc />
    public Task AddOrUpdatePasskeyAsync(ConsoleUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        Set(() =>
            user.Passkeys = [
                .. user.Passkeys.Where(kept => !kept.Id.AsSpan().SequenceEqual(passkey.CredentialId)),
                StoredPasskey.Of(passkey),
            ]
        );

    /// <inheritdoc />
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(ConsoleUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Passkeys.Select(kept => kept.Held())]);

    /// <inheritdoc />
    public Task<ConsoleUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Open(file.All().FirstOrDefault(user => Find(user, credentialId) is not null)));

    /// <inheritdoc />
    public Task<UserPasskeyInfo?> FindPasskeyAsync(ConsoleUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(user, credentialId)?.Held());

    /// <inheritdoc />
    public Task RemovePasskeyAsync(ConsoleUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        Set(() => user.Passkeys = [.. user.Passkeys.Where(kept => !kept.Id.AsSpan().SequenceEqual(credentialId))]);

    static StoredPasskey? Find(ConsoleUser user, byte[] credentialId) =>
        user.Passkeys.FirstOrDefault(kept => kept.Id.AsSpan().SequenceEqual(credentialId));
}
