using System.ComponentModel;
using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;
using MaySend.Records;
using ModelContextProtocol.Server;

namespace MaySend.Mcp.Tools;

/// <summary>One key of an answer.</summary>
/// <param name="Key">send: may the message go to this person over this channel; process: may their data be used for it.</param>
/// <param name="Verdict">permitted, refused or not-shown.</param>
/// <param name="Says">On what it stands, or what is lacking.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Provision">The provision that decides, as explain_law takes it.</param>
sealed record KeyAnswered(string Key, string Verdict, string Says, string? Cite, string? Provision);

/// <summary>An answer about one person and one campaign.</summary>
/// <param name="Send">Only true lets the message out.</param>
/// <param name="Verdict">permitted, refused or not-shown.</param>
/// <param name="Says">The answer in one sentence.</param>
/// <param name="Plainly">Why, in one everyday sentence.</param>
/// <param name="Reason">The stable code of what decides.</param>
/// <param name="NotSentBecause">What stands in the way beside the verdict.</param>
/// <param name="Keys">Both keys: a message goes out only if both turn.</param>
/// <param name="Remedies">Real actions that would change the answer; empty where only the person can.</param>
/// <param name="Day">The day of sending that was asked about.</param>
/// <param name="Deliverable">Whether mail arrives there: yes, no or unknown.</param>
/// <param name="Law">The digest of the law it was decided by.</param>
/// <param name="Decision">What names the decision; null about somebody who is not on record.</param>
/// <param name="Notice">That it is not legal advice.</param>
sealed record MaySendAnswered(
    bool Send,
    string Verdict,
    string Says,
    string Plainly,
    string Reason,
    IReadOnlyList<string> NotSentBecause,
    IReadOnlyList<KeyAnswered> Keys,
    IReadOnlyList<string> Remedies,
    string Day,
    string Deliverable,
    string Law,
    string? Decision,
    string Notice
);

/// <summary><c>may_send</c>: the one question, asked where every other door asks it.</summary>
sealed class MaySendTool(Asking asking, CampaignsOnRecord campaigns)
{
    internal const string Notice = "This is not legal advice.";

    [McpServerTool(
        Name = "may_send",
        Title = "May this message go to this person?",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true
    )]
    [Description(
        "Asks whether the messages of a campaign may go to one person, and why. Ask this for every recipient before anything is sent. "
            + "Only send: true lets a message out."
    )]
    public async Task<MaySendAnswered> AskAsync(
        [Description("The recipient: an email address, or a telephone number with + and country code")] string address,
        [Description("The id of a campaign on record")] string campaign,
        [Description("The day of sending, such as 2026-03-10; the campaign's own if left out")] DateOnly? day = null,
        CancellationToken cancellation = default
    )
    {
        var reading = Address.Read(address);
        var described = await campaigns.FindAsync(campaign, cancellation);
        if (reading.Address is not { } whom || described is null)
            throw new ToolException(
                ArgumentFaults.Of(reading.Fault is { } fault ? $"address {fault}" : null, ArgumentFaults.Campaign(described, campaign))
            );
        var answer = await asking.AskAsync(whom, new Asked(described) { Day = day }, cancellation);
        Meters.Decisions.Add(1, new KeyValuePair<string, object?>("verdict", answer.Verdict.Word()));
        var brief = BriefAnswer.Of(answer.Decision);
        return new(
            answer.Send,
            answer.Verdict.Word(),
            Sentence(answer, ChannelWords.Of(described.Channel)),
            brief.Plainly,
            answer.Code,
            answer.Sending.Reasons,
            [.. brief.Keys.Select(key => new KeyAnswered(key.Key, key.Verdict, key.Says, key.Cite, key.Provision))],
            [.. brief.Remedies.Select(remedy => remedy.Text)],
            answer.Id.Day.ToString("O", CultureInfo.InvariantCulture),
            answer.Deliverable.Word,
            answer.Decision.Formula.LawDigest,
            answer.CanBeLogged ? answer.Id.ToString() : null,
            Notice
        );
    }

    static string Sentence(Answer answer, ChannelWords channel) =>
        answer.Verdict switch
        {
            Verdict.Permitted when answer.Send => $"{channel.Subject} {channel.ItMay}.",
            Verdict.Permitted => $"It is permitted, but {channel.Leave} {channel.Object} now: {answer.Sending.Says(answer.Verdict)}.",
            Verdict.Refused => $"{channel.Subject} {channel.ItMustNot}: something on record forbids it.",
            _ => $"Do not {channel.Do} {channel.Object}: nothing forbids it, but it cannot be shown to be lawful.",
        };
}
