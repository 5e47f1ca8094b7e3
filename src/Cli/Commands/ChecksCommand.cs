using System.CommandLine;
using System.Globalization;
using MaySend.Evidence.Files;
using MaySend.Law.Files;
using MaySend.Reading;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend checks</c>: turns the answer of a register's keeper into the look-ups that a screening reads.</summary>
static class ChecksCommand
{
    public static Command Make()
    {
        var register = new Option<string>("--register")
        {
            Description = "the register, as `maysend law registers` names it: gb/tps",
            Required = true,
        };
        var on = Inputs.Day("--on", "the day of the register that was used");
        on.Required = true;
        var asked = new Option<string>("--asked") { Description = "CSV file with the addresses that were looked up", Required = true };
        var found = new Option<string?>("--found")
        {
            Description = "CSV file with the addresses found in the register; if left out, none was found",
        };
        var column = new Option<string>("--column")
        {
            Description = "the column that holds the address",
            DefaultValueFactory = _ => "address",
        };
        var output = new Option<string>("--out") { Description = "the file to write: checks.csv", Required = true };
        var folder = Inputs.LawFolder();
        var command = new Command(
            "checks",
            "Make checks.csv from a list of addresses that you looked up in a register, and those that were found there."
        )
        {
            register,
            on,
            asked,
            found,
            column,
            output,
            folder,
        };
        command.SetAction(parsed =>
        {
            var (name, day, path) = (parsed.GetValue(register)!, parsed.GetValue(on)!.Value, parsed.GetValue(output)!);
            var problems = new Problems();
            var known = RegisterReader.Read(parsed.GetValue(folder) ?? Home.Law, problems);
            if (known.All(each => each.Id != name))
                problems.Add(
                    new Place("--register"),
                    $"`{name}` is not a register that any law on file asks about",
                    string.Join(", ", known.Select(r => r.Id))
                );
            var rows = CheckFile.Read(parsed.GetValue(asked)!, parsed.GetValue(found), parsed.GetValue(column)!, problems);
            problems.ThrowIfAny();
            DraftedText.Write(path, CheckFile.Write(rows, name, day));
            var listed = rows.Count(row => row.Listed);
            var told = string.Create(
                CultureInfo.InvariantCulture,
                $"{rows.Count:N0} looked up in {name} on {day:yyyy-MM-dd}, {listed:N0} found"
            );
            Console.WriteLine($"{told}; written to {Home.Shown(path)}");
            return ExitCode.Done;
        });
        return command;
    }
}
