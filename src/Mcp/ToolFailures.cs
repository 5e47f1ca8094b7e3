using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Mcp.Tools;
using MaySend.Reading;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MaySend.Mcp;

/// <summary>Whatever a tool cannot do is answered as a no, in words that an assistant can pass on.</summary>
static class ToolFailures
{
    /// <summary>Every failure of a tool is an answer that begins with what it means for sending.</summary>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> AreNo(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellation) =>
        {
            try
            {
                if (Unknown(request) is { Count: > 0 } unknown)
                    throw new ToolException(unknown.Select(name => $"{Spelling.Short(name)} is not an argument of this tool"));
                return await next(request, cancellation);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested && fault is not McpProtocolException)
            {
                return new() { IsError = true, Content = [new TextContentBlock { Text = $"{Means(request.Params?.Name)} {Says(fault)}" }] };
            }
        };

    /// <summary>
    /// Arguments that the tool does not have: whoever means one by them would take the answer for one about it. A request to stop is heard
    /// whatever else is said beside it, and wider rather than not at all.
    /// </summary>
    static IReadOnlyList<string> Unknown(RequestContext<CallToolRequestParams> request) =>
        request.MatchedPrimitive is McpServerTool { ProtocolTool: { Name: not RecordObjectionTool.Name } tool }
        && tool.InputSchema.TryGetProperty("properties", out var known)
            ? [.. request.Params?.Arguments?.Keys.Where(name => !known.TryGetProperty(name, out _)) ?? []]
            : [];

    /// <summary>Of a request to stop the dangerous thing is that somebody believes it was heard.</summary>
    static string Means(string? tool) =>
        tool == RecordObjectionTool.Name
            ? "The objection was not recorded, or may not have been: call again, and send this person nothing until it is."
            : "Nothing was decided, so nothing may be sent.";

    static string Says(Exception fault) =>
        fault switch
        {
            ToolException known => known.Message,
            BadInputException bad => string.Join("; ", bad.Problems),
            NotEntitledException missing => $"This caller is not allowed to do that, and nothing was written: {missing.Message}.",
            LedgerUnavailableException or TimeoutException => "The store cannot answer now: try again later.",
            // What the binding of arguments says names a parameter and nothing of a person.
            ArgumentException argument => argument.Message,
            System.Text.Json.JsonException => "An argument does not have the form that the tool's description asks for.",
            // The message of an unforeseen fault may quote what was sent.
            _ => $"Something went wrong on the server ({fault.GetType().Name}).",
        };
}
