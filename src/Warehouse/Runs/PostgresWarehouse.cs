using System.Data;
using System.Data.Common;
using MaySend.Reading;
using MaySend.Warehouse.Dialects;
using Npgsql;

namespace MaySend.Warehouse.Runs;

/// <summary>A PostgreSQL database, as one repeatable-read transaction sees it.</summary>
public sealed class PostgresWarehouse : DatabaseWarehouse
{
    /// <summary>Opens it.</summary>
    /// <param name="connectionString">The database.</param>
    public PostgresWarehouse(string connectionString)
        : this(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 }) { }

    PostgresWarehouse(NpgsqlConnectionStringBuilder settings)
        : base(
            $"postgres://{settings.Host}/{settings.Database}",
            new Postgres(),
            new NpgsqlConnection(settings.ConnectionString),
            IsolationLevel.RepeatableRead
        ) { }

    private protected override Exception Bad(DbException refused) =>
        refused is PostgresException answer
            ? new BadInputException(new Place(Name), answer.MessageText, answer.Hint)
            : new IOException($"{Name}: {refused.Message}", refused);
}
