using System.Collections.Immutable;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Entries;

/// <summary>
/// How a campaign calls, as its sender describes it: in which hours, from which number, what a machine says first. What is not said stays
/// null and is not evidenced.
/// </summary>
public sealed record CallDetails
{
    /// <summary>
    /// Windows, by the called person's clock, in which calls are made, such as <c>10:00-13:00</c>; none where nothing is said.
    /// </summary>
    public ImmutableArray<string> Hours { get; init; } = [];

    /// <summary>The caller's number is registered to the caller in the public directory.</summary>
    public bool? LineRegistered { get; init; }

    /// <summary>The range the number shown is from, a word of `message.calling-range` (docs/facts.md).</summary>
    public string? Range { get; init; }

    /// <summary>Whether the name shown as sender of a text is registered, a word of docs/facts.md.</summary>
    public string? SenderName { get; init; }

    /// <summary>People are told at the start that a machine speaks.</summary>
    public bool? MachineDisclosed { get; init; }

    /// <summary>People were told beforehand that their addresses go to a platform, and could object.</summary>
    public bool? UploadAnnounced { get; init; }

    /// <summary>The hours in which the campaign makes no call; null where nothing is said, or not in windows of hours.</summary>
    internal NameSet? NoCallsIn() =>
        Hours.IsEmpty || Law.Facts.Hours.Read(Hours, out _) is not { } hours ? null : Law.Facts.Hours.Besides(hours);

    /// <summary>Equal when all that is said is.</summary>
    public bool Equals(CallDetails? other) =>
        other is not null
        && Hours.AsSpan().SequenceEqual(other.Hours.AsSpan())
        && (LineRegistered, Range, SenderName, MachineDisclosed, UploadAnnounced)
            == (other.LineRegistered, other.Range, other.SenderName, other.MachineDisclosed, other.UploadAnnounced);

    /// <inheritdoc />
    public override int GetHashCode() =>
        HashCode.Combine(Hours.Length, LineRegistered, Range, SenderName, MachineDisclosed, UploadAnnounced);
}
