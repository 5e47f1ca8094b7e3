using System.CommandLine;
using System.Globalization;
using MaySend.Cli.Commands;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;
using MaySend.Records.Auditing;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend import</c>: take over what a shop, a mail platform or a CRM exports. A dry run unless told to record.</summary>
static class ImportCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "the export: CSV, .csv.gz, XLSX or ZIP" };
        var (data, keys, by) = (StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var choices = new ImportChoices();
        var conflicts = new Option<string?>("--conflicts")
        {
            Description = "write the conflicts to this CSV file, for the person who decides",
        };
        var aside = new Option<string?>("--set-aside")
        {
            Description = "write rows that cannot be read to this CSV file, with what is wrong with each, and take the rest",
            HelpName = "FILE",
        };
        var saved = new Option<string?>("--save-mapping")
        {
            Description = "write how the file is read to this mapping file (YAML), for the next one of its kind",
            HelpName = "FILE",
        };
        var apply = new Option<bool>("--apply") { Description = "record it; without this nothing is recorded" };
        var command = new Command(
            "import",
            "Import what a shop, a mail platform or a CRM exports. Shows what it would record; records it with --apply."
        )
        {
            file,
            data,
            keys,
            conflicts,
            aside,
            saved,
            apply,
            by,
        };
        choices.AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var kept = NewFile(parsed.GetValue(saved));
                var chosen = choices.Read(parsed);
                var options = chosen with { SetsAsideBadRows = parsed.GetValue(aside) is not null || chosen.SetsAsideBadRows };
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                (ImportSummary? summary, ImportOutcome? outcome, var mapping) = (null, null, "");
                await HelpedAsync(
                    options,
                    () =>
                        ProgressDisplay.RunAsync(
                            "reading",
                            async advance =>
                            {
                                var plan = await ImportPlan.MakeAsync(
                                    store.Evidence,
                                    ImportSource.Open(parsed.GetValue(file)!, options),
                                    new Reporting(advance),
                                    cancellation
                                );
                                (summary, mapping) = (plan.Summary, plan.Mapping);
                                if (parsed.GetValue(apply) && summary is { Revived: 0, Questions.IsEmpty: true })
                                    outcome = await plan.ApplyAsync(
                                        Actor.Runner(parsed.GetValue(by)!),
                                        new Reporting(advance),
                                        cancellation
                                    );
                            }
                        )
                );
                await store.ShownAsync(
                    Viewed.Import,
                    people: (int)Math.Min(int.MaxValue, summary!.Addresses),
                    about: $"import {summary.Digest[..12]}"
                );
                ImportText.Write(summary);
                if (parsed.GetValue(conflicts) is { } target)
                {
                    await using var listed = new StreamWriter(target);
                    summary!.WriteConflicts(listed);
                }
                if (parsed.GetValue(aside) is { } left)
                {
                    await using var text = new StreamWriter(left);
                    summary!.WriteSetAside(text);
                }
                if (kept is not null)
                {
                    await File.WriteAllTextAsync(kept, mapping, cancellation);
                    Console.WriteLine($"the mapping: {Home.Shown(kept)}");
                }
                if (!summary!.Questions.IsEmpty)
                    return CommandFailures.NotDone("a question about the file is open; nothing was recorded");
                if (summary!.Revived > 0)
                    return CommandFailures.NotDone("the import would lift requests to stop; nothing was recorded");
                Console.WriteLine(
                    outcome is null
                        ? "dry run: nothing was recorded; --apply records it"
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"recorded: {outcome.Added:N0} added, {outcome.AlreadyThere:N0} already there, {outcome.Suppressed:N0} "
                                + $"about people who were erased: nothing added"
                        )
                );
                if (ImportText.Held(summary) is { } held)
                    Console.WriteLine(held);
                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>A file that can be written: one that is there already is not written over. Said before anything is read.</summary>
    static string? NewFile(string? path) =>
        path is null ? null
        : File.Exists(path)
            ? throw new BadInputException(new Place("--save-mapping"), $"{path} is there already", "name a file that is not there")
        : Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? path
        : throw new BadInputException(new Place("--save-mapping"), $"there is no folder for {path}", "make it first");

    /// <summary>Says how to go on where single rows are what is wrong.</summary>
    static async Task HelpedAsync(ImportOptions options, Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (BadInputException bad) when (!options.SetsAsideBadRows && bad.Problems.All(problem => problem.Place.Line > 1))
        {
            throw new BadInputException([
                .. bad.Problems,
                new Problem(
                    new Place("import"),
                    "nothing was recorded, because some rows cannot be read",
                    "--set-aside FILE writes them to a file with what is wrong with each, and takes the rest"
                ),
            ]);
        }
    }
}
