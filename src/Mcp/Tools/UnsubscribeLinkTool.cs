using System.ComponentModel;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Records.Links;
using ModelContextProtocol.Server;

namespace MaySend.Mcp.Tools;

/// <summary><c>unsubscribe_link</c>: the way out that a message carries, as the API makes it.</summary>
sealed class UnsubscribeLinkTool(MessageLinks links, Uri pages, Actor by)
{
    [McpServerTool(
        Name = "unsubscribe_link",
        Title = "The unsubscribe link of one message",
        ReadOnly = false,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true
    )]
    [Description(
        "Makes the unsubscribe link of one message to one recipient, with the List-Unsubscribe fields that go into its header. Each "
            + "recipient gets their own link: never put one into a message to several people, and never open one."
    )]
    public async Task<MessageLink> MakeAsync(
        [Description("The recipient, who must be on record")] string address,
        [Description("The id of the sender that the button stops")] string sender,
        [Description("The channel it stops")] string channel = "email",
        [Description("The topic it stops; every topic if left out")] string? topic = null,
        [Description("The brand that the message shows")] string? brand = null,
        [Description("The campaign, kept as evidence of which message it came with")] string? campaign = null,
        CancellationToken cancellation = default
    )
    {
        var reading = Address.Read(address);
        var scope = new LinkScope(sender, channel, topic, brand);
        var wrong = (await links.ProblemsAsync(reading.Address, scope, campaign, cancellation)).Select(problem =>
            $"{problem.Field} {problem.Says}"
        );
        var all = ArgumentFaults.Of([reading.Fault is { } fault ? $"address {fault}" : null, .. wrong]).ToList();
        if (reading.Address is not { } whom || all.Count > 0)
            throw new ToolException(all);
        return await links.MakeAsync(whom, scope, campaign, pages, by, cancellation)
            ?? throw new ToolException("this address is not on record: somebody who is not on record cannot be mailed, and needs no link");
    }
}
