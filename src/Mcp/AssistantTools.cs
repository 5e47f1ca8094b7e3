using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.Decisions;
using MaySend.Evidence.Store;
using MaySend.Law.Provisions;
using MaySend.Mcp.Tools;
using MaySend.Records;
using MaySend.Records.Keys;
using MaySend.Records.Links;
using MaySend.Records.Screenings;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace MaySend.Mcp;

/// <summary>
/// What an assistant is offered through the Model Context Protocol: asking, and where a key says so recording an objection. Nothing here
/// lifts a refusal, signs or judges: an assistant never approves its own work.
/// </summary>
public static class AssistantTools
{
    /// <summary>What each tool takes: the scopes that the API asks for the same.</summary>
    static readonly ImmutableArray<(ImmutableArray<string> Scopes, Func<IServiceProvider, Caller, object?> Make)> All =
    [
        ([ApiScopes.Decide], (services, _) => new MaySendTool(Of<Asking>(services), Of<CampaignsOnRecord>(services))),
        (
            [ApiScopes.Decide, ApiScopes.Read],
            (services, caller) =>
                new ScreenTool(Of<ScreeningRuns>(services), Of<CampaignsOnRecord>(services), Of<Asking>(services), caller.By)
        ),
        ([ApiScopes.Read], (services, _) => new ExplainLawTool(Of<LawBook>(services), Of<TimeProvider>(services))),
        (
            [ApiScopes.Decide],
            (services, caller) => caller.Pages is { } pages ? new UnsubscribeLinkTool(Of<MessageLinks>(services), pages, caller.By) : null
        ),
        ([ApiScopes.Objection], (services, caller) => new RecordObjectionTool(Of<EvidenceStore>(services), caller.By)),
    ];

    /// <summary>What an assistant is told before it asks anything.</summary>
    public const string Instructions =
        "MaySend says whether a marketing message may go to a person, and whether their data may be used for it. Ask may_send for each "
        + "recipient before a message is sent, and screen for a whole campaign. Send only where the answer says send: true. `refused` and "
        + "`not-shown` both mean: do not send. So does every error and every time-out. Tell people the reason, the citation "
        + "and the remedy as they are given. Nobody can lift a refusal from here: only the person can, on their own page. When "
        + "somebody asks not to be contacted, record it with record_objection if that tool is offered, otherwise tell a person at once. "
        + "Nothing said here is legal advice.";

    // Nulls are written: what is answered is held to its schema, and that names every member.
    static readonly JsonSerializerOptions Layout = new(McpJsonUtilities.DefaultOptions)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>Offers a caller the tools that their scopes include, and no other.</summary>
    /// <param name="options">Of the server that serves them.</param>
    /// <param name="services">What the tools are made of: <c>Asking</c>, <c>CampaignsOnRecord</c>, <c>ScreeningRuns</c> and so on.</param>
    /// <param name="caller">Who asks.</param>
    public static void Offer(McpServerOptions options, IServiceProvider services, Caller caller)
    {
        options.ServerInfo = new()
        {
            Name = "maysend",
            Title = "MaySend",
            Version = typeof(AssistantTools).Assembly.GetName().Version!.ToString(3),
        };
        options.ServerInstructions = Instructions;
        options.ToolCollection = [];
        foreach (var (scopes, make) in All)
            if (scopes.All(scope => Has(caller, scope)) && make(services, caller) is { } tool)
                options.ToolCollection.Add(Offered(tool));
        options.Filters.Request.CallToolFilters.Add(ToolFailures.AreNo);
    }

    // As the API's scopes: an administrator's key includes them all but the one that is an assistant's alone.
    static bool Has(Caller caller, string scope) =>
        caller.Scopes.Contains(scope) || (scope != ApiScopes.Objection && caller.Scopes.Contains(ApiScopes.Admin));

    static T Of<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    static McpServerTool Offered(object tool) =>
        McpServerTool.Create(
            tool.GetType()
                .GetMethods(BindingFlags.Public | BindingFlags.Instance)
                .Single(method => method.IsDefined(typeof(McpServerToolAttribute))),
            tool,
            new() { SerializerOptions = Layout }
        );
}
