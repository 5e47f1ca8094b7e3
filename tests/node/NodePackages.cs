using System.Diagnostics;

namespace MaySend.Node;

/// <summary>Runs what <c>tests/node</c> installs. <c>./test</c> installs it beforehand; a single test program does so itself.</summary>
static class NodePackages
{
    static readonly SemaphoreSlim Turn = new(1);

    static bool isThere;

    /// <summary>The folder of the packages. Skips the test where <c>./test</c> could not have them, and said so.</summary>
    public static async Task<string> FolderAsync(string root)
    {
        if (Environment.GetEnvironmentVariable("MAYSEND_WITHOUT_NODE") is not null)
            Assert.Skip("npm could not install what tests/node/package-lock.json names");
        await Turn.WaitAsync();
        try
        {
            if (!isThere)
            {
                var (status, _, errors) = await RunAsync(root, "bash", Path.Combine(root, "eng", "node-packages.sh"));
                status.ShouldBe(0, errors);
                isThere = true;
            }
        }
        finally
        {
            Turn.Release();
        }
        return Path.Combine(root, "tests", "node", "node_modules");
    }

    /// <summary>Runs a program in a folder.</summary>
    public static Task<(int Status, string Output, string Errors)> RunAsync(string folder, string program, params string[] arguments) =>
        RunAsync(folder, program, arguments, []);

    /// <summary>Runs a program in a folder with something in its environment.</summary>
    public static async Task<(int Status, string Output, string Errors)> RunAsync(
        string folder,
        string program,
        string[] arguments,
        Dictionary<string, string> environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
