using MaySend.Node;

namespace MaySend.Server.Tests;

/// <summary>
/// What another generator of clients makes of the description compiles and asks. That <c>openapi-typescript</c>'s does is shown by
/// <see cref="ClientTests"/>, whose TypeScript client is made with it.
/// </summary>
public class GeneratedClientTests
{
    const string Question = """
        import { client } from "./made/client.gen";
        import { postDecisions } from "./made/sdk.gen";

        async function ask(address: string): Promise<string> {
          const { data, error } = await postDecisions({ body: { address, campaign: "spring-2026" }, query: { explain: "none" } });
          if (data === undefined) return `${error.verdict} ${error.send} ${error.status}`;
          const verdict: "permitted" | "refused" | "not-shown" = data.verdict;
          const name: string | null = data.decision.id;
          return `${verdict} ${data.send} ${data.deliverable} ${name === null ? "without" : "with"} a name`;
        }

        client.setConfig({ baseUrl: process.env["MAYSEND_SERVER"]!, auth: process.env["MAYSEND_KEY"]! });
        Promise.all(["anna@example.com", "stranger@example.com", "no address"].map(ask)).then((all) => console.log(all.join("\n")));
        """;

    [Fact]
    public async Task A_client_that_hey_api_makes_compiles_strictly_and_asks()
    {
        await using var server = await Running.StartAsync();
        var modules = await NodePackages.FolderAsync(Running.Root);
        var folder = Directory.CreateTempSubdirectory("maysend-hey-api-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), modules);
        await File.WriteAllTextAsync(Path.Combine(folder, "ask.ts"), Question);
        await File.WriteAllTextAsync(Path.Combine(folder, "openapi.json"), await server.Public.GetStringAsync("/openapi/v1.json"));
        await RunAsync(
            folder,
            Path.Combine(modules, "@hey-api", "openapi-ts", "bin", "run.js"),
            ["-i", "openapi.json", "-o", "made", "-c", "@hey-api/client-fetch"]
        );
        string[] strictly = ["--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext", "--types", "node"];
        await RunAsync(
            folder,
            Path.Combine(modules, "typescript", "bin", "tsc"),
            [.. strictly, "--lib", "es2022,dom,dom.iterable", "ask.ts"]
        );
        (await RunAsync(folder, "ask.js", [], new() { ["MAYSEND_SERVER"] = $"{server.Url}".TrimEnd('/'), ["MAYSEND_KEY"] = server.Key }))
            .Trim()
            .ReplaceLineEndings("\n")
            .ShouldBe("permitted true unknown with a name\nnot-shown false unknown without a name\nnot-shown false 400");
    }

    static async Task<string> RunAsync(string folder, string script, string[] arguments, Dictionary<string, string>? with = null)
    {
        var (status, output, errors) = await NodePackages.RunAsync(folder, "node", [script, .. arguments], with ?? []);
        status.ShouldBe(0, output + errors);
        return output;
    }
}
