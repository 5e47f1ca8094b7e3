using System.Text.RegularExpressions;
using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Finds the addresses that failed in the prose of a bounce. In order: fields that name them, lines that begin with them, addresses beside
/// words of failure, and last the one recipient of the returned message. The sender's and the reporter's own addresses are never among
/// them.
/// </summary>
static partial class FailedRecipients
{
    /// <summary>A bounce names few; more than these are a list, not a report.</summary>
    const int Most = 1_000;

    public static List<(string Address, string Said)> In(MailDraft draft)
    {
        var ours = Ours(draft);
        // "... did not reach the following recipient(s):": what stands before it describes the message, not who failed.
        var whole = draft.Prose.Failure;
        var following = Following().Match(whole);
        if (following.Success && In(whole[(following.Index + following.Length)..], ours) is { Count: > 0 } named)
            return named;
        if (In(whole, ours) is { Count: > 0 } found)
            return found;
        return ReturnedTo(draft) is { } only && !ours.Contains(only) ? [(only, whole)] : [];
    }

    static List<(string Address, string Said)> In(string prose, HashSet<string> ours)
    {
        foreach (var matches in new[] { Field().Matches(prose), LineStart().Matches(prose), BesideIn(prose) })
        {
            var found = matches
                .Select(match => (Group: match.Groups["address"], Address: Clean(match.Groups["address"].Value)))
                .Where(match => match.Address is not null && !ours.Contains(match.Address) && !Desk().IsMatch(match.Address))
                .DistinctBy(match => match.Address, StringComparer.OrdinalIgnoreCase)
                .Take(Most)
                .ToList();
            if (found.Count == 0)
                continue;
            // Sendmail names where an alias led to, and in brackets the address that we sent to.
            if (
                found.Count <= 2
                && Expanded().Match(prose) is { Success: true } alias
                && Clean(alias.Groups["address"].Value) is { } original
            )
                return [(original, prose)];
            return
            [
                .. found.Select(
                    (match, index) =>
                        (
                            match.Address!,
                            found.Count == 1
                                ? prose
                                : prose[match.Group.Index..(index + 1 < found.Count ? found[index + 1].Group.Index : prose.Length)]
                        )
                ),
            ];
        }
        return [];
    }

    /// <summary>Beside a word for a recipient; an address that the message came from is none.</summary>
    static IEnumerable<Match> BesideIn(string prose)
    {
        var match = Beside().Match(prose);
        while (match.Success)
        {
            if (IsAboutTheSender(match.Groups["between"], prose))
            {
                match = Beside().Match(prose, match.Index + 1);
                continue;
            }
            yield return match;
            match = match.NextMatch();
        }
    }

    /// <summary>True where "from" begins between the word and the address.</summary>
    static bool IsAboutTheSender(Group between, string prose)
    {
        var end = between.Index + between.Length;
        foreach (var from in From().EnumerateMatches(prose.AsSpan(0, Math.Min(prose.Length, end + 5)), between.Index))
            return between.Success && from.Index < end;
        return false;
    }

    /// <summary>The one recipient of the returned message, from its attached header or from the copy in the text.</summary>
    static string? ReturnedTo(MailDraft draft)
    {
        var header = draft.Returned();
        var fields = header is null
            ? CopiedTo().Matches(draft.Prose.Copy).Take(1).Select(match => match.Groups[1].Value)
            : header.Where(field => field.Id == HeaderId.To).Select(field => field.Value);
        var mailboxes = fields
            .SelectMany(value => InternetAddressList.TryParse(value, out var list) ? list.Mailboxes : [])
            .Select(mailbox => mailbox.Address)
            .Take(2)
            .ToList();
        return mailboxes is [var only] ? MailDraft.Mailbox(only) : null;
    }

    static HashSet<string> Ours(MailDraft draft)
    {
        var message = draft.Message;
        var ours = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        ours.UnionWith(draft.Envelope.To);
        foreach (var list in new[] { message.From, message.To, message.Cc, message.ReplyTo })
            ours.UnionWith(list.Mailboxes.Select(mailbox => mailbox.Address));
        foreach (var name in new[] { "From", "Sender", "Reply-To", "Return-Path", "Errors-To" })
            if (draft.Returned()?[name] is { } value && InternetAddressList.TryParse(value, out var list))
                ours.UnionWith(list.Mailboxes.Select(mailbox => mailbox.Address));
        foreach (Match match in CopiedFrom().Matches(draft.Prose.Copy).Take(8))
            if (InternetAddressList.TryParse(match.Groups[1].Value, out var list))
                ours.UnionWith(list.Mailboxes.Select(mailbox => mailbox.Address));
        return ours;
    }

    static string? Clean(string text)
    {
        var address = text.Trim().Trim('.', ',', '\'', '"', '<', '>', '`', '=', '*').TrimStart('-');
        if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            address = address["mailto:".Length..];
        return MailDraft.Mailbox(address);
    }

    // Bounded wherever a repetition could begin at every character, and none looks around: where one does, what is compiled can find the
    // same place again and again (test No_pattern_looks_around_inside_a_repetition).
    const string Address = @"(?<address>(?:\w=?|[^\w\s<>()\[\]:;,""'|=@]){1,128}@[\w.#-]{1,255})";

    [GeneratedRegex(
        @"^[\s>*|-]{0,12}(?:X-(?:Actual|Failed)-Recipients?|(?:final|original|failed|bad|undeliverable|undelivered"
            + @"|invalid|intended|unknown|rejected)[\s_-]?(?:recipient|address|addressee|user|mailbox|destination"
            + @"|to)\w{0,4}(?:\(s\))?|recipients?(?:\s+address)?(?:\(s\))?|rcpt\s?to|adress?at|empf[äa]nger\w*|destinat\w+"
            + @"|mottagare|modtager|adresat|ontvanger)\s{0,4}[:=][^\n@]{0,80}?"
            + Address,
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Field();

    [GeneratedRegex(
        @"^[ \t>*|""'\u2022-]{0,24}(?:\d{1,3}[.)][ \t]+)?(?:(?:RCPT TO|to|user|mailbox|recipient|address"
            + @"|smtp)(?:[ \t]*:[ \t]*|[ \t]+))?(?:[^\s<>@][^<>@\n]{0,60}[ \t])?[<(\[""']{0,3}(?:mailto:|smtp:)?"
            + Address
            + @"(?:[>\])""'] {0,2}){0,3}[ \t]*(?:$|[:;,(\[]|\.\.\.|[-\u2013] |(?:on|is|was|has|could|does|did|because|user"
            + @"|mailbox|unknown|host|remote|said|rejected|failed|5\d\d|4\d\d|Error|reason|---|===)\b)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex LineStart();

    [GeneratedRegex(
        @"(?:address(?:ed|es)?\s+to|recipient address|deliver(?:ed|y|ing|able)?|reach|mail(?:box)?|message|sent|send"
            + @"|recipients?|users?|account|to|for|rcpt|SMTP)\b(?<between>[^\n@]{0,60}?)[<(\[""'`\s:=]"
            + Address
            + @"|[<\[""'(]"
            + Address
            + @"[>\]""')]|dda:SMTP="
            + Address,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Beside();

    [GeneratedRegex(@"\bfrom\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex From();

    [GeneratedRegex(
        @"(?:the\s+)?following\s+(?:e-?mail\s+)?(?:recipient|address|user|destination|mailbox|person)[^\n:]{0,60}:?"
            + @"|was\s+not\s+delivered\s+to:|folgende[nr]?\s+(?:empf|adress)[^\n:]{0,60}:?|(?:destinataire|destinatari"
            + @"|adresse)\w*\s+(?:suivant|seguent|siguient)\w*[^\n:]{0,40}:?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Following();

    [GeneratedRegex(@"\(expanded from:\s*<?" + Address, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Expanded();

    [GeneratedRegex(@"^[>\s]{0,8}To:\s*([^\n]{1,998})", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CopiedTo();

    [GeneratedRegex(
        @"^[>\s]{0,8}(?:From|Sender|Reply-To|Return-Path|Errors-To):\s*([^\n]{1,998})",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex CopiedFrom();

    [GeneratedRegex(
        @"^(?:postmaster|mailer-?daemon|abuse|support|help(?:desk)?|admin(?:istrator)?|hostmaster|webmaster|root"
            + @"|security|noc|contact|feedback|MicrosoftExchange\w*|[0-9a-f.]{18,})@|@(?:\d+\.)*\d+$|^\d{14,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Desk();
}
