using System.Globalization;
using MaySend.Law.Composition;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Cases;

/// <summary>
/// No limb may be in force, or known, before everything that it cites: of its citation's parts at least one must be law on its first day,
/// or known by the day from which the limb is known. What looks like an instrument and stands in no list has no day, and is a problem too.
/// </summary>
static class DatedCitations
{
    public static void Check(LawBook law, Problems problems)
    {
        foreach (var provision in law.Provisions)
        {
            var whole = new Days(provision.InForce.From, provision.InForce.Until, provision.KnownFrom);
            Check(provision.Cite, whole, provision.Place, $"the provision `{provision.Id}`", law.Instruments, problems);
            Limbs(provision.AppliesWhen, whole, law.Instruments, problems);
            Limbs(provision.Body, whole, law.Instruments, problems);
            foreach (var ground in provision.Grounds)
            {
                var days = whole.With(ground.InForce, ground.KnownFrom);
                Check(ground.Cite, days, ground.Place, $"the ground `{ground.Name}`", law.Instruments, problems);
                Limbs(ground.Body, days, law.Instruments, problems);
            }
        }
    }

    static void Limbs(Formula? formula, Days days, Instruments instruments, Problems problems)
    {
        if (formula is null)
            return;
        foreach (var of in FirstLimb.LimbsIn(formula).Select(limb => limb.Of))
        {
            Check(of.Cite, days.With(of.InForce, of.KnownFrom), of.Place, $"the limb `{of.Id}`", instruments, problems);
            Unknown(of.Note ?? "", of.Place, instruments, problems);
        }
    }

    static void Check(string cite, Days days, Place place, string what, Instruments instruments, Problems problems)
    {
        Unknown(cite, place, instruments, problems);
        var parts = Instruments.Parts(cite).ToList();
        if (parts.Count == 0)
            return;
        foreach (var ended in parts.SelectMany(instruments.In).Select(one => one.Until).OfType<DateOnly>().Distinct())
        {
            if (ended > days.From && !days.IsOver(ended) && !parts.Exists(part => instruments.Shows(part, ended, ended)))
                problems.Add(
                    place,
                    string.Create(CultureInfo.InvariantCulture, $"{what} is in force after {ended:yyyy-MM-dd}, but `{cite}` is not"),
                    "also cite what replaced it, after a semicolon"
                );
        }
        if (parts.Exists(part => instruments.Shows(part, days.From, days.KnownFrom)))
            return;
        var youngest = parts.SelectMany(instruments.In).MinBy(one => one.From)!;
        problems.Add(
            place,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what} is in force from {days.From:yyyy-MM-dd}, but `{cite}` only from {youngest.From:yyyy-MM-dd}"
            ),
            youngest.IsReading
                ? "give it `known_from:`, or cite what it rested on before"
                : "give it `in_force: {from: ...}`, or cite what was in force before; separate the parts of a citation with semicolons"
        );
    }

    static void Unknown(string text, Place place, Instruments instruments, Problems problems)
    {
        foreach (var name in instruments.UnknownIn(text))
            problems.Add(place, $"`{name}` is not in the list of instruments", "add it to instruments.yaml with its first day");
    }

    /// <summary>The days on which something is part of the law on file, and the day from which it is known.</summary>
    readonly record struct Days(DateOnly From, DateOnly? Until, DateOnly? Known)
    {
        public DateOnly KnownFrom => Known is { } known && known > From ? known : From;

        public bool IsOver(DateOnly day) => Until is { } until && day >= until;

        public Days With(InForce own, DateOnly? known) =>
            new(
                own.From > From ? own.From : From,
                own.Until is { } until && (Until is null || until < Until) ? until : Until,
                known is { } later && (Known is null || later > Known) ? later : Known
            );
    }
}
