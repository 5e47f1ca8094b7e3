using MaySend.Law;

namespace MaySend.Decisions;

/// <summary>The whole answer about one recipient of one message. There is no fourth.</summary>
public enum Verdict
{
    /// <summary>We cannot show that it may go: the burden is the sender's, so it is not sent, and the remedy is named.</summary>
    NotShown,

    /// <summary>Both keys turn: it may be sent, and the data may be used for it.</summary>
    Permitted,

    /// <summary>Something on record forbids it.</summary>
    Refused,
}

/// <summary>Verdicts out of truths.</summary>
public static class Verdicts
{
    /// <summary>The verdict of one key, or of both joined.</summary>
    public static Verdict Of(Truth truth) =>
        truth switch
        {
            Truth.Satisfied => Verdict.Permitted,
            Truth.NotSatisfied => Verdict.Refused,
            _ => Verdict.NotShown,
        };

    /// <summary>As files, columns and JSON spell it.</summary>
    public static string Word(this Verdict verdict) =>
        verdict switch
        {
            Verdict.Permitted => "permitted",
            Verdict.Refused => "refused",
            _ => "not-shown",
        };
}
