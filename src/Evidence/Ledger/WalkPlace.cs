using MaySend.Evidence.Ledger.Checkpoints;

namespace MaySend.Evidence.Ledger;

/// <summary>How far a walk through the rows of a ledger has come.</summary>
/// <param name="Chain">0 to 255 contacts, 256 the controller, 257 the suppressions.</param>
/// <param name="Contact">The id of the last contact that was looked at, 32 hexadecimal digits; blank before the first.</param>
/// <param name="Seq">The number of the last entry that was looked at; -1 while contacts are.</param>
public sealed record WalkPlace(int Chain, string Contact = "", long Seq = -1)
{
    /// <summary>The beginning.</summary>
    public static WalkPlace Start { get; } = OfChain(0);

    /// <summary>True once every chain has been walked.</summary>
    public bool IsEnd => Chain >= Checkpoint.Chains;

    /// <summary>True while the contacts of the chain are looked at, and not its entries.</summary>
    public bool IsAmongContacts => Seq < 0;

    /// <summary>The beginning of a chain: contacts come first where it has any.</summary>
    public static WalkPlace OfChain(int chain) => new(chain, "", chain < Partition.Contacts ? -1 : 0);

    /// <summary>The place after contacts of this chain: behind the last, or at its entries once there are no more.</summary>
    public WalkPlace AfterContacts(IReadOnlyList<ContactId> seen, int most) =>
        seen.Count < most ? new(Chain, "", 0) : this with { Contact = seen[^1].ToString() };

    /// <summary>The place after rows of this chain: behind the last, or at the next chain once there are no more.</summary>
    public WalkPlace AfterRows(long last, bool isLast) => isLast ? OfChain(Chain + 1) : this with { Seq = last };
}

/// <summary>What one step of a walk came to.</summary>
/// <param name="Next">Where to go on.</param>
/// <param name="Rows">How many rows were looked at.</param>
public readonly record struct Walked(WalkPlace Next, int Rows);
