using MaySend.Gate.Tests.Running;
using MaySend.Node;

namespace MaySend.Server.Tests;

/// <summary>The TypeScript client and its sample, made as its users make them: types from the description, compiled, run.</summary>
static class TypeScript
{
    static readonly SemaphoreSlim Turn = new(1);

    static string? compiled;

    /// <summary>Runs the sample for a list; its status, and what it printed.</summary>
    public static async Task<(int Status, string Said)> RunAsync(Running server, Sink sink, string[] list, string? url = null)
    {
        var folder = await CompiledAsync(server);
        var (status, output, errors) = await NodePackages.RunAsync(
            folder,
            "node",
            ["fridays-mail.js", .. list],
            new()
            {
                ["MAYSEND_SERVER"] = url ?? server.Url.ToString(),
                ["MAYSEND_KEY"] = server.Key,
                ["SMTP_SERVER"] = $"smtp://127.0.0.1:{sink.Port}",
            }
        );
        return (status, output + errors);
    }

    static async Task<string> CompiledAsync(Running server)
    {
        await Turn.WaitAsync();
        try
        {
            return compiled ??= await CompileAsync(server);
        }
        finally
        {
            Turn.Release();
        }
    }

    static async Task<string> CompileAsync(Running server)
    {
        var folder = Directory.CreateTempSubdirectory("maysend-typescript-").FullName;
        var modules = Directory.CreateDirectory(Path.Combine(folder, "node_modules")).FullName;
        foreach (var package in Directory.EnumerateDirectories(await NodePackages.FolderAsync(Running.Root)))
            Directory.CreateSymbolicLink(Path.Combine(modules, Path.GetFileName(package)), package);
        var client = Directory.CreateDirectory(Path.Combine(folder, "client")).FullName;
        foreach (var name in new[] { "index.ts", "package.json", "tsconfig.json" })
            File.Copy(Path.Combine(Running.Root, "src", "Client.TypeScript", name), Path.Combine(client, name));
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"type": "module"}""");
        await NodeAsync(
            client,
            Path.Combine(modules, "openapi-typescript", "bin", "cli.js"),
            $"{server.Url}openapi/v1.json",
            "-o",
            "schema.ts"
        );
        await NodeAsync(client, Path.Combine(modules, "typescript", "bin", "tsc"), "-p", ".");
        Directory.CreateSymbolicLink(Path.Combine(modules, "maysend-client"), client);
        File.Copy(Path.Combine(Running.Root, "samples", "client", "fridays-mail.ts"), Path.Combine(folder, "fridays-mail.ts"));
        string[] strictly = ["--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext", "--types", "node"];
        await NodeAsync(folder, [Path.Combine(modules, "typescript", "bin", "tsc"), .. strictly, "fridays-mail.ts"]);
        return folder;
    }

    static async Task NodeAsync(string folder, params string[] arguments)
    {
        var (status, output, errors) = await NodePackages.RunAsync(folder, "node", arguments);
        status.ShouldBe(0, output + errors);
    }
}
