using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What silence of a register or log shows: only what a signed statement vouches for, and only for the time that a condition looks at
/// (model §8). A statement speaks from its <see cref="StatementSigned.Since"/> on; where it does not say since when, from the day it was
/// signed.
/// </summary>
public static class Vouching
{
    /// <summary>The first day that the statement speaks of; null while nobody has signed it.</summary>
    public static DateOnly? SpeaksFrom(this StatementSigned statement) =>
        statement.Signature is { } signature ? (statement.Since > DateOnly.MinValue ? statement.Since : signature.On) : null;

    /// <summary>True when the statement is about a channel; a no that names none is about every one.</summary>
    internal static bool IsOn(this StatementSigned statement, string channel, bool isNo) =>
        statement.Channels.Has(channel) || (isNo && statement.Channels is { IsEmpty: true } or { IsComplete: false });

    /// <summary>True when the statement says yes for every day from this one on.</summary>
    public static bool VouchesFrom(this StatementSigned? statement, DateOnly day) =>
        statement is { Answer: true } && statement.SpeaksFrom() <= day;
}
