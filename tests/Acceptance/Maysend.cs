using System.Diagnostics;
using System.Reflection;

namespace MaySend.Acceptance;

/// <summary>The program as people run it: a process of its own, with arguments, two streams and an exit status.</summary>
static class Maysend
{
    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } =
        typeof(Maysend).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>The sample shop.</summary>
    public static string Sample => Path.Combine(Root, "samples", "online-retail");

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">As on a command line.</param>
    /// <param name="folder">Where; the repository when none is given.</param>
    public static async Task<Ended> RunAsync(IEnumerable<string> arguments, string? folder = null)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(Root, "artifacts", "bin", "Cli", configuration, "MaySend.Cli.dll"), .. arguments]
        )
        {
            WorkingDirectory = folder ?? Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["MAYSEND_HOME"] = folder ?? Root;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs it to its end in the repository.</summary>
    public static Task<Ended> RunAsync(params string[] arguments) => RunAsync(arguments.AsEnumerable());
}

/// <summary>How a run ended.</summary>
sealed record Ended(int Status, string Output, string Errors)
{
    /// <summary>Both streams with every run of white space as one space, so that a wrapped line reads as one.</summary>
    public string Said => string.Join(' ', (Output + Errors).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
