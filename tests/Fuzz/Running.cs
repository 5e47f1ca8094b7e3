using System.CommandLine;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using MaySend.Fuzz.Targets;
using SharpFuzz;

namespace MaySend.Fuzz;

/// <summary>Long runs: targets one after another, each with so many inputs, and a line for the table.</summary>
static class Running
{
    const int RoomForLast = 1 << 16;

    static readonly TimeProvider Clock = TimeProvider.System;

    public static Command Command()
    {
        var target = new Option<string[]>("--target")
        {
            Description = "only these; a name, or its beginning",
            AllowMultipleArgumentsPerToken = true,
        };
        var inputs = new Option<long>("--inputs") { Description = "how many for each target", DefaultValueFactory = _ => 1_000_000 };
        var minutes = new Option<int>("--minutes") { Description = "no longer than this for each target", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed") { Description = "what chance begins with", DefaultValueFactory = _ => 1 };
        var keep = new Option<bool>("--keep")
        {
            Description = "save the shortest inputs that led somewhere new with the others of the project",
        };
        var into = new Option<string>("--finds")
        {
            Description = "where inputs are put that a reader fell over",
            DefaultValueFactory = _ => "artifacts/fuzz/finds",
        };
        var command = new RootCommand("Feeds readers and doors what nobody would send.") { target, inputs, minutes, seed, keep, into };
        command.SetAction(
            (parsed, stop) =>
            {
                Coverage.Open();
                string[] names = parsed.GetValue(target) ?? [];
                var chosen = Doors.All.Where(each => names.Length == 0 || names.Any(name => IsMeant(each, name))).ToList();
                return Task.FromResult(
                    Run(
                        chosen,
                        parsed.GetValue(inputs),
                        parsed.GetValue(minutes),
                        parsed.GetValue(seed),
                        parsed.GetValue(keep),
                        parsed.GetValue(into)!,
                        stop
                    )
                );
            }
        );
        return command;
    }

    /// <summary>A whole name means that target alone.</summary>
    static bool IsMeant(Target target, string name) =>
        target.Name == name || (target.Name.StartsWith(name, StringComparison.Ordinal) && Doors.All.All(other => other.Name != name));

    static int Run(IReadOnlyList<Target> targets, long inputs, int minutes, int seed, bool keep, string finds, CancellationToken stop)
    {
        Directory.CreateDirectory(finds);
        var faults = 0;
        Console.WriteLine("| target | reads | inputs | in the pool | pairs of branches | slowest | most memory | a second | faults |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var target in targets)
        {
            if (stop.IsCancellationRequested)
                break;
            // A file that outlives the process: what it died of without a word stands there.
            var path = Path.Combine(finds, $"{target.Name}.last");
            using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, RoomForLast);
            using var last = file.CreateViewAccessor();
            var own = new Coverage();
            var (hunt, started) = (new Hunt(target, own), Clock.GetTimestamp());
            hunt.Begin([.. target.Seeds(), .. Corpus.Of(target)]);
            hunt.Go(inputs, seed, () => !stop.IsCancellationRequested && Clock.GetElapsedTime(started).TotalMinutes < minutes, last);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {target.Name} | {target.What} | {hunt.Tried:N0} | {hunt.Kept.Count:N0} | {own.Taken:N0} | "
                        + $"{hunt.Slowest.TotalMilliseconds:N0} ms | {hunt.Largest / 1024.0 / 1024:N1} MB | "
                        + $"{hunt.Tried / Clock.GetElapsedTime(started).TotalSeconds:N0} | {hunt.Found.Count} |"
                )
            );
            foreach (var find in hunt.Found.Values)
            {
                var saved = Path.Combine(finds, $"{target.Name}-{Hunt.NameOf(find.Input)}");
                File.WriteAllBytes(saved, find.Input);
                Console.Error.WriteLine($"{target.Name}: {find.Kind}: {saved}\n{find.What}\n");
            }
            faults += hunt.Found.Count;
            if (keep)
                foreach (
                    var input in hunt
                        .Kept.OrderBy(each => each.Length)
                        .Take(4)
                        .Concat(hunt.Kept.TakeLast(6))
                        .Where(each => each.Length <= 1024)
                )
                    Corpus.Save(target, input);
        }
        Console.WriteLine($"\n{targets.Count} targets, {faults} faults");
        return faults == 0 ? 0 : 1;
    }

    /// <summary>Writes counters into the program's own assemblies of a folder, which is a copy.</summary>
    public static int Instrument(string folder)
    {
        string[] readers = ["YamlDotNet.dll", "Sylvan.Data.Csv.dll"];
        foreach (
            var path in Directory
                .EnumerateFiles(folder, "*.dll")
                .Where(path =>
                    (
                        Path.GetFileName(path).StartsWith("MaySend.", StringComparison.Ordinal)
                        && Path.GetFileName(path) != "MaySend.Fuzz.dll"
                    ) || readers.Contains(Path.GetFileName(path))
                )
        )
            Fuzzer.Instrument(path, _ => true, Options.Value);
        return 0;
    }
}
