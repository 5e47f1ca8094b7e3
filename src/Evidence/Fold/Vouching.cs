using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What silence of a register or log shows: only what a signed statement vouches for, and only for the time that a condition looks at
/// (model §8). A statement speaks from its <see cref="StatementSigned.Since"/> on; where it does not say since when, from the day it was
/// signed.
/// </summary>
static class Vouching
{
    /// <summary>True when the statement says yes for every day from this one on.</summary>
    public static bool VouchesFrom(this StatementSigned? statement, DateOnly day) =>
        statement is { Answer: true, Signature: { } signature }
        && (statement.Since > DateOnly.MinValue ? statement.Since : signature.On) <= day;
}
