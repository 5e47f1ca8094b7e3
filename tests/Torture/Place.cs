using System.Diagnostics;
using System.Reflection;

namespace MaySend.Torture;

/// <summary>How a run of the program ended.</summary>
/// <param name="Status">Its exit status.</param>
/// <param name="Said">Both streams, every run of white space as one space.</param>
sealed record Ended(int Status, string Said);

/// <summary>A folder in which the program is run as people run it; gone when it is disposed of.</summary>
sealed class Place : IDisposable
{
    readonly DirectoryInfo folder;

    public Place(string? under = null) =>
        folder = under is null ? Directory.CreateTempSubdirectory("maysend-torture-") : Directory.CreateDirectory(under);

    public static string Root =>
        typeof(Place).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public string this[string name] => Path.Combine(folder.FullName, name);

    public string Folder => folder.FullName;

    public void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], content);
    }

    /// <summary>Copies a store with all that lies beside it.</summary>
    public Place TakeStoreOf(string store, string name = "store")
    {
        foreach (var file in Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(this[name], Path.GetRelativePath(store, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
        return this;
    }

    /// <summary>Runs the program to its end.</summary>
    public async Task<Ended> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments, null);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var said = $"{await output} {await errors}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new(process.ExitCode, string.Join(' ', said));
    }

    /// <summary>Runs it to its end and expects that it is done.</summary>
    public async Task DoAsync(params string[] arguments)
    {
        var ended = await RunAsync(arguments);
        if (ended.Status != 0)
            throw new InvalidOperationException($"maysend {string.Join(' ', arguments)} ended with {ended.Status}: {ended.Said}");
    }

    /// <summary>Starts it and leaves it running.</summary>
    /// <param name="arguments">As on a command line.</param>
    /// <param name="longestFile">No file may grow beyond so many octets; null for no such limit.</param>
    public Process Start(string[] arguments, long? longestFile)
    {
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "MaySend.Cli.dll"), .. arguments];
        // Who writes beyond the limit is told so, not killed: the shell lets the signal for it be ignored.
        string[] whole = longestFile is { } limit
            ? ["bash", "-c", $"trap '' XFSZ; ulimit -f {limit / 1024}; exec \"$@\"", "limited", .. program]
            : program;
        var start = new ProcessStartInfo(whole[0], whole[1..])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["MAYSEND_HOME"] = Root;
        // Its pipes for debuggers would be left behind by every process that is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
