using System.Text.Json;

namespace MaySend.Server.Tests;

/// <summary>What the description says of answers, for whoever makes a client of it.</summary>
public class AnswerSchemaTests
{
    static async Task<JsonElement> DocumentAsync()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        return (await Running.ReadAsync(await server.Public.GetAsync("/openapi/v1.json"))).Body;
    }

    static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(one => one.GetString()!);

    [Fact]
    public async Task Every_answer_has_a_named_schema_and_every_member_of_it_says_what_it_means()
    {
        var document = await DocumentAsync();
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var answers = new HashSet<string>();
        foreach (
            var path in document.GetProperty("paths").EnumerateObject().Where(one => one.Name.StartsWith("/v1/", StringComparison.Ordinal))
        )
        foreach (var operation in path.Value.EnumerateObject())
        foreach (var response in operation.Value.GetProperty("responses").EnumerateObject())
        {
            var name = $"{operation.Name} {path.Name} {response.Name}";
            if (!response.Value.TryGetProperty("content", out var content))
            {
                response.Name.ShouldBe("204", name);
                continue;
            }
            foreach (var (media, shown) in content.EnumerateObject().Select(one => (one.Name, one.Value)))
            {
                var schema = shown.GetProperty("schema");
                if (!media.Contains("json", StringComparison.Ordinal))
                    schema.GetProperty("type").GetString().ShouldBe("string", name);
                else
                    foreach (var kind in schema.TryGetProperty("anyOf", out var kinds) ? [.. kinds.EnumerateArray()] : new[] { schema })
                        answers.Add(kind.GetProperty("$ref").GetString()!.Split('/')[^1]);
            }
        }
        answers.Count.ShouldBeGreaterThan(40);
        // What is also asked with has its own words for people; all else is said here, down to the last member.
        var only = schemas
            .EnumerateObject()
            .Where(schema =>
                schema.Value.TryGetProperty("properties", out _)
                && !schema.Value.TryGetProperty("additionalProperties", out _)
                && !schema.Value.TryGetProperty("anyOf", out _)
            )
            .ToList();
        only.Count.ShouldBeGreaterThan(70);
        foreach (var schema in only)
        foreach (var member in schema.Value.GetProperty("properties").EnumerateObject())
            member.Value.TryGetProperty("description", out _).ShouldBeTrue($"{schema.Name}.{member.Name}");
    }

    [Fact]
    public async Task An_answer_says_which_members_are_always_there_and_which_of_them_may_be_null()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");
        var decision = schemas.GetProperty("DecisionAnswer");
        Texts(decision.GetProperty("required")).ShouldBe(["verdict", "send", "reason", "notSentBecause", "deliverable", "decision"]);
        // What is not there is left out, and never null.
        decision.GetProperty("properties").GetProperty("undeliverable").GetProperty("type").GetString().ShouldBe("string");
        decision.GetProperty("properties").GetProperty("explanation").TryGetProperty("$ref", out _).ShouldBeTrue();
        // But a decision about a stranger has no name, and says so.
        var named = schemas.GetProperty("DecisionNamed");
        Texts(named.GetProperty("required")).ShouldContain("id");
        Texts(named.GetProperty("properties").GetProperty("id").GetProperty("type")).ShouldBe(["null", "string"], ignoreOrder: true);
        // What may be sent keeps the form in which it may be sent.
        var campaign = schemas.GetProperty("Campaign");
        Texts(campaign.GetProperty("required")).ShouldBe(["id", "sender", "day", "channel"]);
        Texts(campaign.GetProperty("properties").GetProperty("template").GetProperty("type")).ShouldContain("null");
        schemas
            .GetProperty("PageOfKeyShown")
            .GetProperty("properties")
            .GetProperty("items")
            .GetProperty("items")
            .TryGetProperty("$ref", out _)
            .ShouldBeTrue();
    }

    [Fact]
    public async Task Words_of_a_closed_list_are_listed_and_are_those_of_the_code()
    {
        var document = await DocumentAsync();
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Texts(schemas.GetProperty("Verdict").GetProperty("enum")).ShouldBe(["not-shown", "permitted", "refused"], ignoreOrder: true);
        schemas.GetProperty("Verdict").GetProperty("type").GetString().ShouldBe("string");
        IEnumerable<string> Words(string schema, string member) =>
            Texts(schemas.GetProperty(schema).GetProperty("properties").GetProperty(member).GetProperty("enum"));
        Words("Problem", "verdict").ShouldBe(["not-shown"]);
        Words("InboxLine", "outcome").ShouldBe(Records.Inbound.InboxOutcome.All);
        Words("RightsRequestClosed", "outcome").ShouldBe(Records.Requests.RightsRequests.Outcomes);
        Words("RightsRequestLine", "right").ShouldBe(Records.Requests.RightsRequests.ByOtherWays);
        Words("AssessmentShown", "state")
            .ShouldBe(
                Enum.GetValues<MaySend.Assessments.Documents.AssessmentState>()
                    .Select(state => MaySend.Assessments.Life.LifeCycle.Word(state))
            );
        Words("CollectionPointVersion", "kind").ShouldBe(["collection-point-version"]);
        var explain = document
            .GetProperty("paths")
            .GetProperty("/v1/decisions")
            .GetProperty("post")
            .GetProperty("parameters")
            .EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "explain");
        Texts(explain.GetProperty("schema").GetProperty("enum")).ShouldBe(["none", "brief", "full"]);
    }

    [Fact]
    public async Task Every_operation_says_how_it_may_be_refused()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");
        foreach (var path in paths.EnumerateObject().Where(one => one.Name.StartsWith("/v1/", StringComparison.Ordinal)))
        foreach (var operation in path.Value.EnumerateObject())
            Statuses(path.Name, operation.Name).ShouldContain("401", $"{operation.Name} {path.Name}");
        Statuses("/v1/campaigns/{id}", "put").ShouldBe(["200", "201", "400", "401", "403", "412", "413", "415", "429", "503", "default"]);
        Statuses("/v1/evidence/{address}", "post").ShouldContain("422");
        Statuses("/v1/people/{address}", "delete").ShouldContain("409");
        Statuses("/v1/screenings", "post").ShouldContain("507");

        List<string> Statuses(string path, string operation) =>
            [.. paths.GetProperty(path).GetProperty(operation).GetProperty("responses").EnumerateObject().Select(one => one.Name)];
    }
}
