using MaySend.Gate.Protocol;

namespace MaySend.Gate.Rulings;

/// <summary>What the gate was told about one recipient; a closed set.</summary>
enum RulingAnswer
{
    /// <summary>It may go out now.</summary>
    Send,

    /// <summary>It may not: somebody has to change something first.</summary>
    Refuse,

    /// <summary>It cannot be said now, or its day has not come: the mail waits where it came from and is tried again.</summary>
    Later,
}

/// <summary>The answer about one recipient of one message.</summary>
/// <param name="Answer">What to do.</param>
/// <param name="Verdict"><c>permitted</c>, <c>refused</c>, <c>not-shown</c>, or <c>undecided</c>.</param>
/// <param name="Reason">A stable word: the code of the provision that decides, or why nothing was decided. No personal data.</param>
/// <param name="Reference">The first digits of the decision's id, by which it is found on record; blank when nothing was decided.</param>
sealed record Ruling(RulingAnswer Answer, string Verdict, string Reason, string Reference)
{
    /// <summary>The reply that says it: stable words for programs, nothing about the person.</summary>
    public Reply ToReply() =>
        Answer switch
        {
            RulingAnswer.Send => Reply.Ok,
            RulingAnswer.Refuse => new(550, "5.7.1", $"not permitted: verdict={Verdict} reason={Word}{Ref}"),
            _ => new(451, "4.7.1", $"not now: verdict={Verdict} reason={Word}{Ref}"),
        };

    /// <summary>Nothing could be decided; the mail stays where it is.</summary>
    public static Ruling Undecided(string because) => new(RulingAnswer.Later, "undecided", because, "");

    /// <summary>The reason as it may stand in a reply.</summary>
    public string Word => string.Concat(Reason.Where(c => c is > ' ' and < '\x7f'));

    /// <summary>The reference as it ends a reply; blank where there is none.</summary>
    public string Ref => Reference.Length == 0 ? "" : $" ref={Reference}";
}
