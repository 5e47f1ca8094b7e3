using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Composition;

/// <summary>
/// Which of several grounds is the reason: the one with the fewest unmet limbs on an existing record, contradicted or not; a ground without
/// a record of its own comes after one with a record, and last come a ground that stands on no record and is contradicted (a contract, for
/// an offer) and one that is written for another kind of communication (a letter's exception, for a call).
/// </summary>
public static class GroundDistance
{
    /// <summary>What a record that is missing adds to the unmet limbs: more than any ground has.</summary>
    public const int WithoutRecord = 512;

    /// <summary>What a contradicted ground that stands on no record has added, and one for another kind of communication.</summary>
    public const int Elsewhere = 2 * WithoutRecord;

    static readonly ConditionalWeakTable<Formula, Scope[]> Known = [];

    /// <summary>The kinds of record that a ground stands on, whatever policy takes out of it.</summary>
    public static ImmutableArray<Scope> KindsOf(ComposedGround ground) =>
        ImmutableCollectionsMarshal.AsImmutableArray(Known.GetValue(ground.Ground.Body, static body => [.. Kinds(body).Distinct()]));

    /// <summary>How far a ground is, in limbs, with what its missing record adds.</summary>
    public static int Of(ComposedGround ground, Shortfall shortfall, Evaluator evaluator)
    {
        if (ground.IsForOtherMeans)
            return shortfall.Unmet + Elsewhere;
        var kinds = KindsOf(ground);
        foreach (var kind in kinds)
        {
            if (evaluator.Records(kind).IsEmpty)
                return shortfall.Unmet + WithoutRecord;
        }
        return shortfall.Unmet + (kinds.IsEmpty && shortfall.Truth == Truth.NotSatisfied ? Elsewhere : 0);
    }

    /// <summary>
    /// True where a ground asks for channels none of which is of the same kind as this one. Means of electronic mail are one kind, and so
    /// are calls: an exception for email is near to a text message, one for letters is not near to a call.
    /// </summary>
    public static bool IsForOtherMeans(Ground ground, string channel)
    {
        var kind = Alike(channel);
        return Joined(ground.Body)
            .OfType<Limb>()
            .Any(limb => limb.Of.Condition == Conditions.MessageConditions.ChannelIs && !limb.Of.With.Names.Any(kind.Contains));
    }

    static ImmutableArray<string> Alike(string channel) =>
        Words.ElectronicMail.Contains(channel) ? Words.ElectronicMail
        : Words.Calls.Contains(channel) ? Words.Calls
        : [channel];

    /// <summary>What a ground asks for in every case.</summary>
    static IEnumerable<Formula> Joined(Formula formula) =>
        formula switch
        {
            Some some => Joined(some.Body),
            All all => all.Parts.SelectMany(Joined),
            _ => [formula],
        };

    static IEnumerable<Scope> Kinds(Formula formula) =>
        formula switch
        {
            Some some => Kinds(some.Body).Prepend(some.Kind),
            All all => all.Parts.SelectMany(Kinds),
            _ => [],
        };
}
