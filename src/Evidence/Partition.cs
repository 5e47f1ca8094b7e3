using System.Globalization;

namespace MaySend.Evidence;

/// <summary>
/// One of the ledger's independent chains: 0 to 255 hold contacts, by keyed hash of their address; 256 holds the controller's own entries.
/// A contact stays in the partition it was first put in.
/// </summary>
public readonly record struct Partition
{
    /// <summary>How many partitions hold contacts.</summary>
    public const int Contacts = 256;

    /// <summary>How many partitions there are in all.</summary>
    public const int Count = Contacts + 1;

    /// <summary>Throws when the number is not 0 to 256.</summary>
    public Partition(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
        Number = (ushort)number;
    }

    /// <summary>The partition of the controller's own entries: campaigns, assessments, judgements, templates.</summary>
    public static Partition Controller { get; } = new(Contacts);

    /// <summary>0 to 256.</summary>
    public ushort Number { get; }

    /// <summary>The number in decimal.</summary>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
