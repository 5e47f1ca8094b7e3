using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using MaySend.Evidence.Actors;

namespace MaySend.Records.Keys;

/// <summary>What an API key may do.</summary>
public static class ApiScopes
{
    /// <summary>Ask for decisions.</summary>
    public const string Decide = "decide";

    /// <summary>Record evidence and refusals.</summary>
    public const string Record = "record";

    /// <summary>Describe campaigns.</summary>
    public const string Campaign = "campaign";

    /// <summary>Read timelines, campaigns and other records.</summary>
    public const string Read = "read";

    /// <summary>Erase, issue keys, sign on behalf of people.</summary>
    public const string Admin = "admin";

    /// <summary>
    /// Record what a person asked for when they objected, through an assistant and in no other way. No other scope includes it, not even
    /// the administrator's: an assistant writes only where somebody gave it a key that says so.
    /// </summary>
    public const string Objection = "objection";

    /// <summary>The scopes of the API itself; an administrator's key has them all.</summary>
    public static readonly ImmutableArray<string> All = [Decide, Record, Campaign, Read, Admin];

    /// <summary>Every scope that a key can be given.</summary>
    public static readonly ImmutableArray<string> Known = [.. All, Objection];

    /// <summary>What scopes allow to make count. Asking and reading write nothing.</summary>
    public static Rights RightsOf(IEnumerable<string> scopes) =>
        scopes.Aggregate(
            Rights.None,
            (rights, scope) =>
                scope switch
                {
                    Record or Objection => rights | Rights.Record,
                    Campaign => rights | Rights.Campaign,
                    Admin => rights | Rights.Record | Rights.Campaign | Rights.Sign,
                    _ => rights,
                }
        );
}

/// <summary>A key as its user holds it: <c>ms_</c>, 16 hexadecimal digits that name it, <c>_</c>, and 256 random bits in
/// base64url.</summary>
public static class ApiKey
{
    const string Prefix = "ms_";
    const int IdLength = 16;

    /// <summary>A new key: the text to give away once, and what is kept of it.</summary>
    public static (string Text, ApiKeyIssued Kept) Create(string name, ImmutableArray<string> scopes)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2));
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return ($"{Prefix}{id}_{secret}", new ApiKeyIssued(id, name, scopes, Convert.ToHexStringLower(Digest(secret))));
    }

    /// <summary>The key on record that a text is; null when it is none. A wrong secret takes as long as a right one.</summary>
    public static ApiKeyIssued? Find(string text, RecordsAsOf records)
    {
        if (
            !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text.Length < Prefix.Length + IdLength + 2
            || text[Prefix.Length + IdLength] != '_'
        )
            return null;
        if (!records.Keys.TryGetValue(text.Substring(Prefix.Length, IdLength), out var kept))
            return null;
        return CryptographicOperations.FixedTimeEquals(
            Digest(text[(Prefix.Length + IdLength + 1)..]),
            Convert.FromHexString(kept.SecretDigest)
        )
            ? kept
            : null;
    }

    static byte[] Digest(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
}
