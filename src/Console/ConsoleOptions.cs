using MaySend.Records;

namespace MaySend.Console;

/// <summary>Where the console finds and keeps what is not in the ledger.</summary>
public sealed record ConsoleOptions
{
    /// <summary>Where the console's pages begin.</summary>
    public const string Root = "/console";

    /// <summary>A folder of this machine beside the ledger: users (<c>console.db</c>), keys of cookies. Made when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// The store's location, as <c>EvidenceStores</c> takes it: a folder, or a PostgreSQL address. The Ledger page verifies the chains
    /// there.
    /// </summary>
    public required string Store { get; init; }

    /// <summary>The law folder, for the cases that stand beside the provisions.</summary>
    public required string LawFolder { get; init; }

    /// <summary>Who has to have a second factor; everybody else may.</summary>
    public SecondFactorFor SecondFactor { get; init; }

    /// <summary>An OpenID Connect provider whose people may sign in; null for none.</summary>
    public Provider? Provider { get; init; }

    /// <summary>The store's key file; null for the one in its folder.</summary>
    public string? KeyFile { get; init; }
}
