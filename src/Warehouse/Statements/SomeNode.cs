using System.Globalization;
using MaySend.Law.Facts;

namespace MaySend.Warehouse.Statements;

/// <summary>
/// One record that meets the whole body. The records of a person are brought down to one row beforehand, in which nothing that is read is
/// ever zero; so an engine whose outer joins give zero for what is not there and one whose joins give a blank are read alike, and none is
/// asked whether a row was there.
/// </summary>
/// <param name="outer">The rows that ask.</param>
/// <param name="records">The records, each with the people or records it belongs to.</param>
/// <param name="body">What one record must meet, over <paramref name="records"/>.</param>
/// <param name="silence">What no record says.</param>
/// <param name="limbs">How many limbs a record would have to meet.</param>
sealed class SomeNode(Frame outer, Frame records, Node body, Law.Truth silence, int limbs) : Node(outer, Of(outer, records, body, silence))
{
    /// <summary>Room for the place of a record among others, and for the number of a reason.</summary>
    const long Orders = 1 << 20,
        Reasons = 1 << 16;

    static string Seen(string total) => $"COALESCE({total}, 0)";

    static Cond Of(Frame outer, Frame records, Node body, Law.Truth silence)
    {
        outer.Join(records);
        var rows = Seen(records.Count);
        var met = Seen(records.Total($"MAX({Case([(Is(body.Truth, 1), "1")], "0")})"));
        var open = Seen(records.Total($"MAX({Case([(Is(body.Truth, 2), "0")], "1")})"));
        var closes = records.Kinds[0].SilenceOf() == Silence.NoneIfOurRegisterIsComplete;
        // Every record contradicts it: no if no record says the same, or if silence has no part in it.
        var refuted = closes && silence != Law.Truth.NotSatisfied ? Cond.Never : Cond.And($"{rows} > 0", $"{open} = 0");
        var none = silence == Law.Truth.NotSatisfied ? $"{rows} = 0" : Cond.Never;
        return new($"{met} = 1", Cond.Or(refuted, none), 0);
    }

    /// <summary>The unmet limbs of a record, as a column of its own row.</summary>
    string OfOne => records.Add(body.Unmet).Sql;

    string Nearest(string more) => $"MIN({OfOne} * {Text(Orders * Reasons)} + {records.Kinds[0].Word()}_order * {Text(Reasons)} + {more})";

    private protected override Number CountUnmet() =>
        Frame.Add(new Number($"CASE WHEN {Seen(records.Count)} = 0 THEN {Text(limbs)} ELSE {Seen(records.Total($"MIN({OfOne})"))} END", 0));

    /// <summary>Of several records the one with fewest unmet limbs, contradicted or not, then the newest.</summary>
    public override Number Decide(ReasonsOf reasons)
    {
        var reason = records.Add(body.Decide(reasons));
        var decided = reason.IsConstant ? reason.Sql : $"MOD({Seen(records.Total(Nearest(reason.Sql)))}, {Text(Reasons)})";
        return Frame.Add(
            new Number($"CASE WHEN {Seen(records.Count)} = 0 THEN {Text(reasons.Missing(records.Kinds[0]))} ELSE {decided} END", 0)
        );
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
