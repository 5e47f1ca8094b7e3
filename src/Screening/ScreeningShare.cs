using System.Globalization;
using MaySend.Evidence;

namespace MaySend.Screening;

/// <summary>
/// One of several equal shares of everybody on record: a run of the ledger's partitions, so that the shares one after the other are
/// everybody in the order of a whole screening.
/// </summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Of">Of how many, at most <see cref="Partition.Contacts"/>.</param>
public readonly record struct ScreeningShare(int Number, int Of)
{
    /// <summary>Everybody.</summary>
    public static ScreeningShare Whole => new(1, 1);

    /// <summary>Reads <c>2/3</c>; null where it says no share.</summary>
    public static ScreeningShare? Read(string text) =>
        text.Split('/') is [var number, var of]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var one)
        && int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var all)
        && one >= 1
        && one <= all
        && all <= Partition.Contacts
            ? new ScreeningShare(one, all)
            : null;

    /// <summary>Its partitions, in order.</summary>
    public IEnumerable<Partition> Partitions => Enumerable.Range(From, Until - From).Select(number => new Partition(number));

    int From => Partition.Contacts * (Number - 1) / Of;

    int Until => Partition.Contacts * Number / Of;

    /// <summary>As it is written: <c>2/3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");
}
