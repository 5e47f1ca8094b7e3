namespace MaySend.Warehouse.Statements;

/// <summary>
/// The truth of a formula as two conditions of SQL, neither of which holds where it is not evidenced. Each may be unknown to the engine,
/// and unknown does not hold: they stand only where CASE asks whether they do, and are never negated.
/// </summary>
/// <param name="Yes">Holds where the formula is satisfied.</param>
/// <param name="No">Holds where it is not satisfied.</param>
/// <param name="Level">The step of the statement from which on its columns are there.</param>
sealed record Cond(string Yes, string No, int Level)
{
    public const string Always = "1 = 1",
        Never = "1 = 0";

    public static readonly Cond Satisfied = new(Always, Never, 0),
        NotSatisfied = new(Never, Always, 0),
        NotEvidenced = new(Never, Never, 0);

    public static Cond Of(Law.Truth truth) =>
        truth switch
        {
            Law.Truth.Satisfied => Satisfied,
            Law.Truth.NotSatisfied => NotSatisfied,
            _ => NotEvidenced,
        };

    /// <summary>The truth in a column that holds 1, 2 or 0 (<see cref="Law.Truth"/>) and is never blank.</summary>
    public static Cond OfColumn(Column column) => new($"{column.Name} = 1", $"{column.Name} = 2", column.Level + 1) { Column = column };

    /// <summary>The column that holds it; null where it is made of several.</summary>
    public Column? Column { get; private init; }

    public static Cond operator !(Cond cond) => new(cond.No, cond.Yes, cond.Level);

    /// <summary>Every part.</summary>
    public static Cond All(IReadOnlyList<Cond> parts) =>
        new(And(parts.Select(part => part.Yes)), Or(parts.Select(part => part.No)), parts.Max(part => part.Level));

    /// <summary>Some part.</summary>
    public static Cond Any(IReadOnlyList<Cond> parts) =>
        new(Or(parts.Select(part => part.Yes)), And(parts.Select(part => part.No)), parts.Max(part => part.Level));

    /// <summary>Every condition holds.</summary>
    public static string And(params IEnumerable<string> conditions) => Join(conditions, " AND ", Always, Never);

    /// <summary>Some condition holds.</summary>
    public static string Or(params IEnumerable<string> conditions) => Join(conditions, " OR ", Never, Always);

    static string Join(IEnumerable<string> conditions, string joint, string nothing, string settles)
    {
        string[] left = [.. conditions.Where(condition => condition != nothing).Distinct(StringComparer.Ordinal)];
        return left.Contains(settles)
            ? settles
            : left.Length switch
            {
                0 => nothing,
                1 => left[0],
                _ => $"({string.Join(joint, left)})",
            };
    }

    /// <summary>True where it reads no column.</summary>
    public bool IsConstant => Yes is Always or Never && No is Always or Never;

    /// <summary>1 where it is satisfied, 2 where it is not, 0 where nothing shows it.</summary>
    public string AsNumber =>
        (Yes, No) switch
        {
            (Always, _) => "1",
            (_, Always) => "2",
            (Never, Never) => "0",
            (Never, _) => $"CASE WHEN {No} THEN 2 ELSE 0 END",
            (_, Never) => $"CASE WHEN {Yes} THEN 1 ELSE 0 END",
            _ => $"CASE WHEN {Yes} THEN 1 WHEN {No} THEN 2 ELSE 0 END",
        };
}

/// <summary>A column of a step.</summary>
/// <param name="Name">Its name; no two columns of a statement share one.</param>
/// <param name="Level">The step in which it is made; it can be used from the next on.</param>
sealed record Column(string Name, int Level);

/// <summary>A whole number as SQL.</summary>
/// <param name="Sql">The expression; never blank.</param>
/// <param name="Level">The step from which on its columns are there.</param>
/// <param name="IsColumn">True for a column alone.</param>
readonly record struct Number(string Sql, int Level, bool IsColumn = false)
{
    public static Number Of(int number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture), 0);

    public bool IsConstant => Sql.All(char.IsAsciiDigit);

    public static implicit operator Number(Column column) => new(column.Name, column.Level + 1, IsColumn: true);
}
