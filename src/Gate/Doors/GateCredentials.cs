using System.Security.Cryptography;
using System.Text;

namespace MaySend.Gate.Doors;

/// <summary>
/// Who may sign in at the gate. Passwords are kept as PBKDF2 (RFC 8018), and one password is worked out at a time: guesses wait for each
/// other and not mail for them.
/// </summary>
sealed class GateCredentials(IReadOnlyDictionary<string, (string Hash, GateCredential Credential)> byLogin) : IDisposable
{
    const int Rounds = 600_000;
    const int SaltLength = 16;
    const int HashLength = 32;

    // A login that is not known costs what a known one costs.
    static readonly string Nobody = Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    readonly SemaphoreSlim turn = new(1);

    // A program signs in for each message: what was right once needs no second working out while the gate runs.
    readonly byte[] rememberKey = RandomNumberGenerator.GetBytes(32);
    readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> right = new(StringComparer.Ordinal);

    /// <summary>The line that <c>gate.yaml</c> keeps of a password.</summary>
    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, HashLength);
        return $"pbkdf2-sha256${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }

    /// <summary>True for a line that <see cref="Hash"/> wrote.</summary>
    public static bool IsHash(string text) => Parts(text) is not null;

    /// <summary>The credential of a login, or null when login or password is wrong.</summary>
    public async ValueTask<GateCredential?> FindAsync(string login, string password, CancellationToken cancellation)
    {
        var isKnown = byLogin.TryGetValue(login, out var kept);
        var mark = HMACSHA256.HashData(rememberKey, Encoding.UTF8.GetBytes($"{login}\0{password}"));
        if (isKnown && right.TryGetValue(login, out var remembered) && CryptographicOperations.FixedTimeEquals(mark, remembered))
            return kept.Credential;
        await turn.WaitAsync(cancellation);
        try
        {
            var isRight = Matches(isKnown ? kept.Hash : Nobody, password);
            if (!isKnown || !isRight)
                return null;
            right[login] = mark;
            return kept.Credential;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The credential of a login that a trusted mail server has checked itself; null where there is none.</summary>
    public GateCredential? Of(string login) => byLogin.TryGetValue(login, out var kept) ? kept.Credential : null;

    public void Dispose() => turn.Dispose();

    static bool Matches(string line, string password) =>
        Parts(line) is var (rounds, salt, hash)
        && CryptographicOperations.FixedTimeEquals(
            hash,
            Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, hash.Length)
        );

    static (int Rounds, byte[] Salt, byte[] Hash)? Parts(string line)
    {
        if (
            line.Split('$') is not ["pbkdf2-sha256", var rounds, var salt, var hash]
            || !int.TryParse(rounds, out var count)
            || count is < 100_000 or > 10_000_000
        )
            return null;
        var (saltOctets, hashOctets) = (new byte[64], new byte[64]);
        return
            Convert.TryFromBase64String(salt, saltOctets, out var saltLength)
            && Convert.TryFromBase64String(hash, hashOctets, out var hashLength)
            && saltLength >= SaltLength
            && hashLength == HashLength
            ? (count, saltOctets[..saltLength], hashOctets[..hashLength])
            : null;
    }
}
