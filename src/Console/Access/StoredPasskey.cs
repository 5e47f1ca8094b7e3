using Microsoft.AspNetCore.Identity;

namespace MaySend.Console.Access;

/// <summary>
/// A passkey (WebAuthn) of an account, as it is kept: a public key and what the authenticator said of it; nothing of it is secret.
/// </summary>
sealed record StoredPasskey(
    byte[] Id,
    byte[] PublicKey,
    DateTimeOffset CreatedAt,
    uint SignCount,
    IReadOnlyList<string>? Transports,
    bool IsUserVerified,
    bool IsBackupEligible,
    bool IsBackedUp,
    byte[] AttestationObject,
    byte[] ClientDataJson,
    string? Name
)
{
    /// <summary>From what Identity holds.</summary>
    public static StoredPasskey Of(UserPasskeyInfo passkey) =>
        new(
            passkey.CredentialId,
            passkey.PublicKey,
            passkey.CreatedAt,
            passkey.SignCount,
            passkey.Transports,
            passkey.IsUserVerified,
            passkey.IsBackupEligible,
            passkey.IsBackedUp,
            passkey.AttestationObject,
            passkey.ClientDataJson,
            passkey.Name
        );

    /// <summary>As Identity holds it.</summary>
    public UserPasskeyInfo Held() =>
        new(
            Id,
            PublicKey,
            CreatedAt,
            SignCount,
            Transports is null ? null : [.. Transports],
            IsUserVerified,
            IsBackupEligible,
            IsBackedUp,
            AttestationObject,
            ClientDataJson
        )
        {
            Name = Name,
        };
}
