using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.LawPages;

/// <summary>One thing that became law, ceased to be, or became known.</summary>
/// <param name="Day">The day of the change: the first on which the law reads otherwise.</param>
/// <param name="What">provision, ground or condition.</param>
/// <param name="How">begins, ends or becomes-known.</param>
/// <param name="Id">The provision, with <c>#ground</c> or <c>#ground/condition</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Says">A paraphrase.</param>
/// <param name="Key">send or process.</param>
/// <param name="Confidence">How sure the reading is.</param>
/// <param name="Note">Who reads it so, or what to mind.</param>
public sealed record LawChange(
    DateOnly Day,
    string What,
    string How,
    string Id,
    string Name,
    string Cite,
    string Says,
    string Key,
    string Confidence,
    string? Note
);

/// <summary>What changed in the law between two days: the law of the later day against that of the earlier.</summary>
public static class LawDiff
{
    /// <summary>Every change after <paramref name="from"/>, up to and with <paramref name="to"/>, by day and then in law order.</summary>
    /// <param name="law">The law of every period.</param>
    /// <param name="from">The earlier day.</param>
    /// <param name="to">The later day.</param>
    /// <param name="jurisdiction">Only what decides about people in this jurisdiction; null for all.</param>
    public static IReadOnlyList<LawChange> Between(LawBook law, DateOnly from, DateOnly to, Jurisdiction? jurisdiction = null)
    {
        var provisions = law.Provisions.Where(p =>
            jurisdiction is null
            || p.Jurisdiction == jurisdiction.Id
            || (p.Key == Key.Send && p.Jurisdiction == jurisdiction.SendLaw)
            || (p.Key == Key.Process && p.Jurisdiction == jurisdiction.ProcessLaw)
        );
        return [.. provisions.SelectMany(OfProvision).Where(change => from < change.Day && change.Day <= to).OrderBy(change => change.Day)];
    }

    static IEnumerable<LawChange> OfProvision(Provision p)
    {
        foreach (var (day, how) in Days(p.InForce, p.KnownFrom, InForce.Always, null))
            yield return new LawChange(
                day,
                "provision",
                how,
                p.Id,
                p.Title,
                Named(p, p.Cite),
                p.Says,
                p.Key.Word(),
                Wording.Of(p.Confidence),
                p.Note
            );
        foreach (var ground in p.Grounds)
        {
            foreach (var (day, how) in Days(ground.InForce, ground.KnownFrom, p.InForce, p.KnownFrom))
                yield return new LawChange(
                    day,
                    "ground",
                    how,
                    $"{p.Id}#{ground.Name}",
                    ground.Name,
                    Named(p, ground.Cite),
                    ground.Says,
                    p.Key.Word(),
                    Wording.Of(ground.Confidence),
                    ground.Note
                );
            foreach (var change in OfLimbs(p, ground.Body, Later(ground.InForce, p.InForce), ground.KnownFrom ?? p.KnownFrom))
                yield return change;
        }
        foreach (var body in new[] { p.AppliesWhen, p.Body })
        foreach (var change in OfLimbs(p, body, p.InForce, p.KnownFrom))
            yield return change;
    }

    static IEnumerable<LawChange> OfLimbs(Provision p, Formula? body, InForce whole, DateOnly? known)
    {
        if (body is null)
            yield break;
        foreach (var of in FirstLimb.LimbsIn(body).Select(limb => limb.Of))
        foreach (var (day, how) in Days(of.InForce, of.KnownFrom, whole, known))
            yield return new LawChange(
                day,
                "condition",
                how,
                of.Id,
                of.Condition.Name,
                Named(p, of.Cite),
                ClauseView.Fill(of, of.Condition.Satisfied),
                p.Key.Word(),
                Wording.Of(of.Confidence),
                of.Note
            );
    }

    /// <summary>The days on which a part changes by itself, and not because the whole it belongs to begins or ends.</summary>
    static IEnumerable<(DateOnly Day, string How)> Days(InForce part, DateOnly? known, InForce whole, DateOnly? wholeKnown)
    {
        var begins = wholeKnown > whole.From ? wholeKnown.Value : whole.From;
        if (known > part.From && known > begins)
            yield return (known.Value, "becomes-known");
        else if (part.From > begins)
            yield return (part.From, "begins");
        if (part.Until is { } until && (whole.Until is null || until < whole.Until))
            yield return (until, "ends");
    }

    static InForce Later(InForce left, InForce right) =>
        new(
            left.From > right.From ? left.From : right.From,
            left.Until is null || right.Until < left.Until ? right.Until ?? left.Until : left.Until
        );

    static string Named(Provision p, string cite) => Wording.Cited(p.ShortName, cite);
}
