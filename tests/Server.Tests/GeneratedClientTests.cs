using System.Reflection;
using MaySend.Node;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace MaySend.Server.Tests;

/// <summary>
/// What other generators of clients make of the description compiles and asks. That <c>openapi-typescript</c>'s does is shown by
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

    // Whoever asks by way of NSwag describes the campaign: a member that may be an id or an object, it makes an object.
    const string Program = """
        using System.Net.Http;
        using System.Threading.Tasks;
        using System.Collections.Generic;
        using Newtonsoft.Json;

        namespace Made;

        public static class Program
        {
            public static async Task<string> AskAsync(HttpClient http, string address, string campaign)
            {
                var api = new MaySendApi(http);
                var described = JsonConvert.DeserializeObject<Dictionary<string, object>>(campaign);
                try
                {
                    DecisionAnswer answer = await api.PostDecisionsAsync(
                        Explain.None,
                        new DecisionAsked { Address = address, Campaign = new() { AdditionalProperties = described } }
                    );
                    return $"{answer.Verdict} {answer.Send} {answer.Deliverable}";
                }
                catch (ApiException<Problem> refused)
                {
                    return $"{refused.Result.Verdict} {refused.Result.Send} {refused.StatusCode}";
                }
            }
        }
        """;

    [Fact]
    public async Task A_client_that_NSwag_makes_compiles_and_asks()
    {
        await using var server = await Running.StartAsync();
        var document = await OpenApiDocument.FromJsonAsync(await server.Public.GetStringAsync("/openapi/v1.json"));
        var settings = new CSharpClientGeneratorSettings { ClassName = "MaySendApi" };
        settings.CSharpGeneratorSettings.Namespace = "Made";
        var ask = Compiled(new CSharpClientGenerator(document, settings).GenerateFile(), Program)
            .GetType("Made.Program")!
            .GetMethod("AskAsync")!
            .CreateDelegate<Func<HttpClient, string, string, Task<string>>>();
        (await ask(server.Client, "anna@example.com", Shop.Spring)).ShouldBe("Permitted True Unknown");
        (await ask(server.Client, "no address", Shop.Spring)).ShouldBe("NotShown False 400");
    }

    const string KiotaProgram = """
        using System.Net.Http;
        using System.Threading.Tasks;
        using Made.Models;
        using Microsoft.Kiota.Abstractions.Authentication;
        using Microsoft.Kiota.Http.HttpClientLibrary;

        namespace Made;

        public static class Program
        {
            public static async Task<string> AskAsync(HttpClient http, string address, string campaign)
            {
                var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http)
                {
                    BaseUrl = http.BaseAddress!.ToString().TrimEnd('/'),
                };
                var asked = new DecisionAsked { Address = address, Campaign = new() { String = campaign } };
                try
                {
                    DecisionAnswer answer = (await new MaySendApi(adapter).V1.Decisions.PostAsync(asked))!;
                    return $"{answer.Verdict} {answer.Send} {answer.Deliverable}";
                }
                catch (Problem refused)
                {
                    return $"{refused.Verdict} {refused.Send} {refused.ResponseStatusCode}";
                }
            }
        }
        """;

    [Fact]
    public async Task A_client_that_Kiota_makes_compiles_and_asks()
    {
        await using var server = await Running.StartAsync();
        var folder = Directory.CreateTempSubdirectory("maysend-kiota-").FullName;
        var description = Path.Combine(folder, "openapi.json");
        await File.WriteAllTextAsync(description, await server.Public.GetStringAsync("/openapi/v1.json"));
        var made = Path.Combine(folder, "made");
        string[] generate = ["kiota", "generate", "-l", "CSharp", "-c", "MaySendApi", "-n", "Made", "-d", description, "-o", made];
        // Offline: it would ask whether there is a newer Kiota.
        var (status, output, errors) = await NodePackages.RunAsync(
            Running.Root,
            "dotnet",
            generate,
            new() { ["KIOTA_OFFLINE_ENABLED"] = "true" }
        );
        status.ShouldBe(0, output + errors);
        var files = Directory.GetFiles(made, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
        var ask = Compiled([.. files, KiotaProgram])
            .GetType("Made.Program")!
            .GetMethod("AskAsync")!
            .CreateDelegate<Func<HttpClient, string, string, Task<string>>>();
        (await ask(server.Client, "anna@example.com", "spring-2026")).ShouldBe("Permitted True Unknown");
        (await ask(server.Client, "no address", "spring-2026")).ShouldBe("NotShown False 400");
    }

    static Assembly Compiled(params string[] sources)
    {
        var compilation = CSharpCompilation.Create(
            "made",
            sources.Select(source => CSharpSyntaxTree.ParseText(source)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.DynamicallyLinkedLibrary)
        );
        using var made = new MemoryStream();
        compilation.Emit(made).Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        return Assembly.Load(made.ToArray());
    }

    static async Task<string> RunAsync(string folder, string script, string[] arguments, Dictionary<string, string>? with = null)
    {
        var (status, output, errors) = await NodePackages.RunAsync(folder, "node", [script, .. arguments], with ?? []);
        status.ShouldBe(0, output + errors);
        return output;
    }
}
