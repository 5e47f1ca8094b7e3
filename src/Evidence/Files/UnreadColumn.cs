using System.Collections.Immutable;
using System.Globalization;
using MaySend.Reading;

namespace MaySend.Evidence.Files;

/// <summary>A column that was not read, with what stands in it.</summary>
/// <param name="Table">The file, or the table of it.</param>
/// <param name="Name">The column's name in the file.</param>
/// <param name="Filled">How many cells hold anything.</param>
/// <param name="Commonest">The commonest values, with how many cells hold each; empty where nearly every cell differs.</param>
/// <param name="Stops">How many rows say in it that somebody asked to stop, and say so nowhere that is read.</param>
/// <param name="StopValues">What these say, the commonest first.</param>
/// <param name="FirstStop">The first of these rows, counted from 1 with the header; 0 where there is none.</param>
public sealed record UnreadColumn(
    string Table,
    string Name,
    long Filled,
    ImmutableArray<(string Value, long Count)> Commonest,
    long Stops,
    ImmutableArray<string> StopValues,
    long FirstStop
)
{
    /// <summary>
    /// How many rows say in it that nobody asked to stop, or only that the address failed, although what was read of them stops their
    /// person.
    /// </summary>
    public long Contrary { get; init; }

    /// <summary>What the first of these says.</summary>
    public string ContraryValue { get; init; } = "";

    /// <summary>True where most of what stands in it is a day or a time, in one of the spellings that exports have.</summary>
    public bool HoldsDays { get; init; }

    /// <summary>
    /// True of a column that is read, and in which stand words that MaySend does not know: those of <see cref="StopValues"/> may be
    /// requests to stop.
    /// </summary>
    public bool HasUnknownWords { get; init; }

    /// <summary>
    /// What to take as requests to stop where somebody says that the column holds them: words that are not known as they stand; all that is
    /// not a no where the column's own name speaks of stopping; else the cells that speak of it.
    /// </summary>
    public ImmutableArray<string> AsStops =>
        HasUnknownWords ? StopValues
        : StateWords.SenseOf(Name) == ColumnSense.Stops ? []
        : [StateWords.WhateverSaysSo];

    /// <summary>Somebody said that it is of no account.</summary>
    public bool IsWaived { get; init; }

    /// <summary>One line for people: <c>Status: subscribed (12), cleaned (2)</c>.</summary>
    public string Says =>
        Filled == 0 ? $"{Name}: empty"
        : Commonest.IsEmpty ? string.Create(CultureInfo.InvariantCulture, $"{Name}: {Amount.Of(Filled, "cell")}, many different values")
        : $"{Name}: "
            + string.Join(", ", Commonest.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} ({pair.Count:N0})")));
}
