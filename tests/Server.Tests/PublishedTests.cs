using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaySend.Client;
using PublicApiGenerator;

namespace MaySend.Server.Tests;

/// <summary>
/// What others build on: the API's description and the client library. A change of either shows in the file beside this one, where whoever
/// reviews it sees whom it breaks. MAYSEND_UPDATE=1 rewrites them.
/// </summary>
public class PublishedTests
{
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_description_of_the_API_changes_only_where_its_published_file_does()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        var document = JsonNode.Parse(await server.Public.GetStringAsync("/openapi/v1.json"))!.AsObject();
        // Where this server listens.
        document.Remove("servers");
        Hold("openapi.json", document.ToJsonString(Layout));
    }

    [Fact]
    public void The_client_library_changes_only_where_its_published_file_does() =>
        Hold("client.txt", typeof(MaySendClient).Assembly.GeneratePublicApi(new() { IncludeAssemblyAttributes = false }));

    static void Hold(string name, string now)
    {
        var path = Path.Combine(Running.Root, "tests", "Server.Tests", "Published", name);
        now = now.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("MAYSEND_UPDATE") == "1")
            File.WriteAllText(path, now);
        else
            now.ShouldBe(File.ReadAllText(path), $"{name} is not what is published; MAYSEND_UPDATE=1 rewrites it");
    }
}
