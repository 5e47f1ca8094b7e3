namespace MaySend.Evidence.Ledger.Identity;

/// <summary>Asks to forget whoever is at an address (GDPR Art 17) and to keep what is needed so that they are not contacted again (recital
/// 65, Art 21(3)).</summary>
public sealed record ErasureRequest
{
    /// <summary>Whom to forget.</summary>
    public required Address Address { get; init; }

    /// <summary>What the suppression covers: UTF-8 JSON, opaque to the ledger.</summary>
    public required ReadOnlyMemory<byte> Covers { get; init; }

    /// <summary>Who carries it out.</summary>
    public required string By { get; init; }

    /// <summary>True to forget every address that is linked to this one as the same person's.</summary>
    public bool WithLinked { get; init; }
}

/// <summary>What an erasure did.</summary>
public abstract record ErasureOutcome
{
    ErasureOutcome() { }

    /// <summary>Index rows and keys are gone, suppressions stand.</summary>
    /// <param name="Contacts">How many contacts were forgotten; zero when the address was unknown, and the suppression alone was
    /// made.</param>
    /// <param name="ResidueCleared">
    /// True when the store has also been cleared of the deleted bytes. False when a reader or the server's own log still holds them:
    /// they go with the next clearing, and destroying the wrapping key (rotation) makes every such copy unreadable at once.
    /// </param>
    public sealed record Erased(int Contacts, bool ResidueCleared) : ErasureOutcome;

    /// <summary>Nothing was erased: these legal holds stand.</summary>
    public sealed record Held(IReadOnlyList<LegalHold> Holds) : ErasureOutcome;
}
