using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>Which of several signed statements about one thing stands on a day.</summary>
static class StandingStatement
{
    /// <summary>
    /// The later, of one day the stricter (model §8). One that has run out does not bring back those that it replaced: they stand again
    /// only where they begin no earlier than it ended.
    /// </summary>
    /// <param name="statements">Signed statements about the same thing, begun by the day.</param>
    /// <param name="strict">The answer that restricts.</param>
    /// <param name="day">The day.</param>
    public static StatementSigned? Of(IEnumerable<StatementSigned> statements, bool strict, DateOnly day)
    {
        var over = DateOnly.MinValue;
        foreach (
            var statement in statements
                .OrderByDescending(statement => statement.Signature!.On)
                .ThenByDescending(statement => statement.Answer == strict)
                .ThenByDescending(statement => statement.Since)
        )
        {
            if (statement.SpeaksFrom() < over)
                continue;
            if (statement.Until is not { } until || day < until)
                return statement;
            over = until > over ? until : over;
        }
        return null;
    }
}
