using MaySend.Law.Facts;
using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Tables;

/// <summary>What kind of value a column holds, whatever the engine calls it.</summary>
public enum ColumnKind
{
    /// <summary>Words, names and sets of names.</summary>
    Text,

    /// <summary>Calendar days.</summary>
    Day,

    /// <summary>Whole numbers.</summary>
    Number,

    /// <summary>Large whole numbers.</summary>
    LongNumber,
}

/// <summary>One column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsKey">True where it is never blank.</param>
/// <param name="Fact">The fact it holds; null for what is no fact.</param>
/// <param name="Meaning">What it says, in one sentence.</param>
public sealed record TableColumn(string Name, ColumnKind Kind, bool IsKey, Fact? Fact, string Meaning)
{
    /// <summary>The column of a fact.</summary>
    public static TableColumn Of(Fact fact) =>
        new(
            FactTables.Column(fact),
            fact switch
            {
                DayFact => ColumnKind.Day,
                NumberFact => ColumnKind.Number,
                _ => ColumnKind.Text,
            },
            IsKey: false,
            fact,
            fact.Meaning
        );

    /// <summary>Its type in a dialect.</summary>
    public string Type(Dialect dialect)
    {
        var type = Kind switch
        {
            ColumnKind.Day => dialect.Day,
            ColumnKind.Number => dialect.Number,
            ColumnKind.LongNumber => dialect.LongNumber,
            _ => dialect.Text,
        };
        return IsKey ? dialect.NeverBlank(type) : dialect.MayBeBlank(type);
    }

    /// <summary>What a value of its fact is in it: text, <see cref="DateOnly"/>, <see cref="int"/>, or null where nothing is on
    /// record.</summary>
    public object? Cell(FactValue value) =>
        !value.IsRecorded
            ? null
            : Fact switch
            {
                WordFact word => word.Words[(int)value.Number],
                NameFact => NameCell.Of(value.Name!),
                SetFact => NameCell.Of(value.Set!) is { Length: > 0 } names ? names : null,
                DayFact => value.Day,
                _ => checked((int)value.Number),
            };
}
