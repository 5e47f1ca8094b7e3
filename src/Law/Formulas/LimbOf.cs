using MaySend.Reading;

namespace MaySend.Law.Formulas;

/// <summary>A named condition as one provision uses it.</summary>
/// <param name="Id">Provision, ground and condition: names the limb in answers and checks.</param>
/// <param name="Condition">What is tested.</param>
/// <param name="With">What the law adds to it.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Authority">Who says so.</param>
/// <param name="Confidence">How sure the reading is.</param>
/// <param name="Note">Who reads it so, or what to mind.</param>
/// <param name="AddedBy">The house policy switch that adds this limb; null for law.</param>
/// <param name="InForce">When the limb is part of the provision.</param>
/// <param name="KnownFrom">The day from which this reading was known; null for always.</param>
/// <param name="Place">Where it stands in the law files.</param>
public sealed record LimbOf(
    string Id,
    Condition Condition,
    Argument With,
    string Cite,
    Authority Authority,
    Confidence Confidence,
    string? Note,
    string? AddedBy,
    InForce InForce,
    DateOnly? KnownFrom,
    Place Place
)
{
    /// <summary>What its citation and note are dated by.</summary>
    public Instruments Instruments { get; init; } = Instruments.None;

    /// <summary>The limb as it reads on a day, as known then: what is younger is left out of its citation and note.</summary>
    public LimbOf On(DateOnly day, DateOnly knownAt) =>
        this with
        {
            Cite = Instruments.On(Cite, day, knownAt),
            Note = Instruments.NoteOn(Note, day, knownAt),
        };
}
