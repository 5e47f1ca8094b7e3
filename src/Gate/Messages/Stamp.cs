using System.Text;
using MaySend.Gate.Doors;
using MaySend.Mail.Messages;

namespace MaySend.Gate.Messages;

/// <summary>Puts the recipient's own opt-out fields, and those a mailbox provider counts by, before the first line of a message.</summary>
static class Stamp
{
    static readonly string[] OptOut = ["List-Unsubscribe", "List-Unsubscribe-Post"];

    // What identifies the campaign to the gate is nobody's business behind it, and a blind copy is nobody's but its recipient's.
    static readonly string[] Own = ["X-MaySend-Campaign", "Bcc", "Resent-Bcc"];

    /// <summary>The message as it goes out.</summary>
    /// <param name="header">Its header as taken in.</param>
    /// <param name="trace">What this server leaves on it.</param>
    /// <param name="links">The recipient's own.</param>
    /// <param name="credential">What the sender asked for.</param>
    /// <param name="campaign">The campaign's id, for Feedback-ID.</param>
    public static byte[] On(MessageHeader header, byte[] trace, ListUnsubscribeHeaders links, GateCredential credential, string campaign)
    {
        List<string> without = [.. OptOut, .. Own];
        var lines = new StringBuilder();
        Put(lines, without, "List-Id", credential.ListId is { } list ? $"<{list}>" : null);
        Put(lines, without, "Feedback-ID", credential.FeedbackId is { } feedback ? $"{Token(campaign)}:maysend:{feedback}" : null);
        Put(lines, without, "CFBL-Address", credential.ComplaintAddress is { } reports ? $"{reports}; report=arf" : null);
        return header.With([.. trace, .. links.ToBytes(), .. Encoding.ASCII.GetBytes(lines.ToString())], without);
    }

    /// <summary>Service mail, and reports: as it came, without what only the gate reads.</summary>
    public static byte[] Off(MessageHeader header, byte[] trace) => header.With(trace, Own);

    static void Put(StringBuilder lines, List<string> without, string name, string? value)
    {
        if (value is null)
            return;
        without.Add(name);
        lines.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    /// <summary>A campaign's id as it may stand between colons: other characters are the id's own business and become hyphens.</summary>
    static string Token(string campaign) =>
        string.Concat(campaign.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
}
