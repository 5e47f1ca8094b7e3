using System.Collections.Immutable;

namespace MaySend.Console.Access;

/// <summary>Somebody who may sign in. Kept beside the ledger, never in it: an account is not evidence.</summary>
sealed class ConsoleUser
{
    /// <summary>Random, 32 hexadecimal digits.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name they sign in with, and under which entries and signatures stand.</summary>
    public string Name { get; set; } = "";

    /// <summary>The form under which the name is found: upper case, invariant.</summary>
    public string NormalizedName { get; set; } = "";

    /// <summary>ASP.NET Core Identity's hash: PBKDF2 with salt, format and iterations in it.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes whenever what signing in rests on changes; cookies with another one end.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Changes with every write; a write on an older one is refused.</summary>
    public string ConcurrencyStamp { get; set; } = "";

    /// <summary>Until when signing in is refused after failures; null when it is not.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; set; }

    /// <summary>Names of <see cref="Role"/>.</summary>
    public ImmutableArray<string> Roles { get; set; } = [];

    /// <summary>Somebody else chose the password: until its owner has chosen another, nothing else can be done with the account.</summary>
    public bool MustChoosePassword { get; set; }

    /// <summary>The secret shared with an authenticator app, sealed; null while there is none.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>A code of the app was confirmed once: from then on signing in asks for one.</summary>
    public bool HasAuthenticator { get; set; }

    /// <summary>SHA-256 of the code that was taken last: each is good once (RFC 6238, 5.2).</summary>
    public string? LastCode { get; set; }

    /// <summary>SHA-256 of each recovery code that is left.</summary>
    public ImmutableArray<string> RecoveryCodes { get; set; } = [];

    /// <summary>Passkeys with which this account signs in.</summary>
    public ImmutableArray<StoredPasskey> Passkeys { get; set; } = [];

    /// <summary>True when a password alone lets nobody in.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasSecondFactor => HasAuthenticator || !Passkeys.IsEmpty;

    /// <summary>Issuer and subject of whom a provider vouches for: then no password and no passkey opens the account. Null for accounts of
    /// this console.</summary>
    public string? ProvidedBy { get; set; }

    /// <summary>The account is closed: kept so that its name is never given to somebody else.</summary>
    public bool IsClosed { get; set; }
}
