using System.Text.RegularExpressions;

namespace MaySend.Mail.Inbound;

/// <summary>
/// Tells a dead address from a failed delivery by what the mail server said and by its RFC 3463 status. Words about rate, spam, policy,
/// preferences, full or disabled mailboxes speak about the sender or about the day and win over every code: many servers put 5.1.1 beside
/// them.
/// </summary>
static partial class BounceClass
{
    /// <summary>A diagnostic is read up to here, in characters; servers say what is wrong at the beginning.</summary>
    const int Longest = 8_000;

    /// <summary>True: the address does not exist. False: this delivery failed. Null: neither the status nor the words say.</summary>
    public static bool? IsDead(string? status, string? diagnostic)
    {
        var whole = diagnostic ?? "";
        // Addresses, links and host names hold words that nobody said about this delivery.
        var said = Quoted().Replace(whole.Length > Longest ? whole[..Longest] : whole, " ");
        if (Google().Match(whole) is { Success: true } reason)
            return reason.Groups["code"].Value.StartsWith("NoSuchUser", StringComparison.OrdinalIgnoreCase);
        if (BounceWords.AreAboutTheMessage(said) || TemporaryReply().IsMatch(said))
            return false;
        if (BounceWords.SayNobodyThere(said))
            return status?.StartsWith("4.", StringComparison.Ordinal) != true;
        // The server's own code, then the status field, which many relays fill with 5.1.1 or 5.0.0 whatever was said.
        foreach (Match code in Codes().Matches(said))
            if (Judge(code.Value) is { } judged)
                return judged;
        return Judge(Codes().Match(status ?? "").Value);
    }

    // 5.0.0 and 5.1.0 are what servers say that know no better: then nobody knows. 5.2.1 is a mailbox switched off, which may be on again.
    static bool? Judge(string code) =>
        code switch
        {
            "5.1.1" or "5.1.2" or "5.1.3" or "5.1.6" or "5.1.10" => true,
            "" or "5.0.0" or "5.1.0" or "5.5.0" or "5.3.0" or "4.0.0" => null,
            _ => false,
        };

    [GeneratedRegex(@"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")]
    private static partial Regex Codes();

    [GeneratedRegex(
        @"https?://\S+|\S{1,256}@\S{1,256}|(?<=\bhost\s)\S+|\bname=\S+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"support\.google\.com/mail/(?:\?p=|answer/\S{0,40}[?&]p=)(?<code>(?:NoSuchUser|ReceivingRate|OverQuota"
            + @"|DisabledUser|UnsolicitedMessage|RateLimit|Policy|Blocked)\w*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Google();

    // A reply code of the 400s where the server's own words begin, and no permanent one beside it.
    [GeneratedRegex(@"^(?:\s*\w+;)?\s*4\d\d[\s-](?!.{0,400}\b5\d\d\s)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex TemporaryReply();
}
