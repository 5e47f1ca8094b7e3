using System.Globalization;

namespace MaySend.Ledger.Verify;

/// <summary>One thing that is not as it was written.</summary>
/// <param name="Chain">0 to 255 contacts, 256 the controller, 257 the suppressions; -1 when it concerns the store or a checkpoint as a
/// whole.</param>
/// <param name="Seq">The first bad entry's number in its chain; 0 when it concerns the chain as a whole.</param>
/// <param name="What">What differs, as a sentence without a full stop.</param>
public sealed record VerificationFinding(int Chain, long Seq, string What)
{
    /// <summary>As people read it: <c>41:88213 what differs</c>.</summary>
    public override string ToString() => Chain < 0 ? What : string.Create(CultureInfo.InvariantCulture, $"{Chain}:{Seq} {What}");
}

/// <summary>What a verification saw.</summary>
/// <param name="StoreId">The ledger's name, 32 hexadecimal digits.</param>
/// <param name="Entries">Entries read, of contacts and controller.</param>
/// <param name="Suppressions">Suppressions read.</param>
/// <param name="Checkpoints">Checkpoints whose text agrees with the chains.</param>
/// <param name="SignaturesChecked">False when no verifier key was given, so that checkpoints prove nothing about who wrote them.</param>
/// <param name="Findings">The first fault of each chain and every fault of a checkpoint, in order of chain; empty when the ledger is
/// sound.</param>
public sealed record VerificationReport(
    string StoreId,
    long Entries,
    long Suppressions,
    int Checkpoints,
    bool SignaturesChecked,
    IReadOnlyList<VerificationFinding> Findings
)
{
    /// <summary>True when the key file was given, so that every entry was opened and every table walked.</summary>
    public bool KeysUsed { get; init; }

    /// <summary>How many of the checkpoints were kept outside the store.</summary>
    public int KeptCheckpoints { get; init; }

    /// <summary>How many of those bear the time stamp of an authority that is trusted.</summary>
    public int TimeStamps { get; init; }

    /// <summary>The latest of these time stamps; null without one.</summary>
    public TimeStamp? LastStamp { get; init; }

    /// <summary>Places in which checkpoints are kept and which could not be read, a sentence each, without a full stop.</summary>
    public IReadOnlyList<string> NotRead { get; init; } = [];

    /// <summary>What a verification like this one cannot see, a sentence each.</summary>
    public IReadOnlyList<string> CannotSee
    {
        get
        {
            var blind = new List<string>();
            if (!KeysUsed)
                blind.Add(
                    "without the keys: rows of the index that were swapped or altered, holds and links that were removed, and who is "
                        + "missing from it; only how many are"
                );
            if (KeptCheckpoints == 0)
                blind.Add(
                    "without a checkpoint kept elsewhere: a store that was put back as a whole to an earlier state, or rewritten by "
                        + "somebody who holds the keys"
                );
            else if (!SignaturesChecked)
                blind.Add("without a verifier key: who made the checkpoints");
            blind.AddRange(NotRead);
            blind.Add("with anything: what was recorded after the last checkpoint and cut off by somebody who holds the keys");
            return blind;
        }
    }

    /// <summary>True when nothing differs.</summary>
    public bool IsSound => Findings.Count == 0;
}
