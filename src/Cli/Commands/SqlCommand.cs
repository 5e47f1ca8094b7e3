using System.CommandLine;
using MaySend.Evidence.Countries;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Reading;
using MaySend.Warehouse.Statements;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend sql</c>: the law of a campaign as one statement, for the engine where the contacts live.</summary>
static class SqlCommand
{
    public static Command Make()
    {
        var inputs = new WarehouseInputs();
        var (dialect, tables) = (WarehouseInputs.DialectName(), WarehouseInputs.TablePrefix());
        var countries = new Option<string[]>("--countries")
        {
            Description =
                "the countries of your people, such as `gb`, or `fr de` for somebody who may be in either; may be repeated. "
                + "If left out: every country with law on file, and unknown. People in other countries are held back",
            HelpName = "CODES",
        };
        var reasons = new Option<bool>("--reasons") { Description = "the table of reasons with their sentences, instead of the statement" };
        var command = new Command("sql", "The law of a campaign as one SQL statement over the tables of `maysend warehouse schema`.")
        {
            dialect,
            tables,
            countries,
            reasons,
        };
        inputs.AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var spoken = WarehouseInputs.ReadDialect(parsed.GetValue(dialect)!);
                var prefix = WarehouseInputs.ReadPrefix(parsed.GetValue(tables));
                await using var store = parsed.GetValue(inputs.Data) is { } location
                    ? await OpenStore.OpenAsync(location, parsed.GetValue(inputs.Keys))
                    : null;
                var asked = await inputs.ReadAsync(parsed, store, cancellation);
                var statement = VerdictStatement.For(
                    asked.Decider,
                    asked.Controller,
                    asked.Campaign,
                    asked.KnownAt,
                    Countries(parsed.GetValue(countries), asked.Decider.Law),
                    spoken,
                    prefix
                );
                Console.WriteLine(parsed.GetValue(reasons) ? ReasonTable.Sql(statement, spoken, prefix) : statement.Sql);
                return ExitCode.Done;
            }
        );
        return command;
    }

    static IReadOnlyList<NameSet> Countries(string[]? named, LawBook law)
    {
        if (named is not { Length: > 0 })
            return
            [
                NameSet.None,
                .. law
                    .Jurisdictions.Where(each => !each.IsEverywhere && !each.Id.Contains('/', StringComparison.Ordinal))
                    .Select(each => NameSet.Of(each.Id)),
            ];
        var (problems, sets) = (new Problems(), new List<NameSet>());
        foreach (var text in named)
        {
            var codes = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            foreach (var code in codes.Where(code => CountryNames.NameOf(code) == code))
                problems.Add(
                    new Place("--countries"),
                    $"`{code}` is not a country code",
                    "ISO 3166 codes of two small letters, such as gb"
                );
            sets.Add(NameSet.Of(codes));
        }
        problems.ThrowIfAny();
        return sets;
    }
}
