namespace MaySend.Evidence;

/// <summary>Why the ledger cannot answer now.</summary>
public enum UnavailableBecause
{
    /// <summary>Another writer held the store for longer than the configured wait.</summary>
    Busy,

    /// <summary>The store has no room left.</summary>
    Full,

    /// <summary>The store cannot be reached, or broke off.</summary>
    Unreachable,

    /// <summary>What was read is not what was written.</summary>
    Damaged,

    /// <summary>This ledger object has been closed.</summary>
    Closed,
}

/// <summary>
/// The one error for "cannot decide now". Callers answer HTTP 503, SMTP 451 or <c>not-shown</c>, never a permission.
/// An append that ends so may or may not be on disk; asking again with the same idempotency key is safe.
/// </summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>With the cause and a sentence that says what to do.</summary>
    public LedgerUnavailableException(UnavailableBecause because, string message, Exception? inner = null)
        : base(message, inner) => Because = because;

    /// <summary>Why.</summary>
    public UnavailableBecause Because { get; }
}

/// <summary>
/// The key file is missing, unreadable, or not the one this ledger was written with. Nothing is opened: a ledger whose addresses cannot be
/// found would look empty.
/// </summary>
public sealed class LedgerKeyException : Exception
{
    /// <summary>With a sentence that names the file and says what to do.</summary>
    public LedgerKeyException(string message, Exception? inner = null)
        : base(message, inner) { }
}
