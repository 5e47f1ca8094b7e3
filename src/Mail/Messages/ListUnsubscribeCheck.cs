using System.Text.RegularExpressions;
using MimeKit;
using static MaySend.Mail.Messages.MailFindingCode;
using static MaySend.Mail.Messages.MailFindingWeight;

namespace MaySend.Mail.Messages;

/// <summary>What the List-Unsubscribe fields of a real message are worth.</summary>
/// <param name="Https">The https address a provider would post to; null if none.</param>
/// <param name="Mailto">The first mailto address; null if none.</param>
/// <param name="OneClick">The fields make an RFC 8058 one-click opt-out.</param>
/// <param name="Findings">What is wrong or had to be tolerated, in order of the fields.</param>
public sealed partial record ListUnsubscribeCheck(string? Https, string? Mailto, bool OneClick, IReadOnlyList<MailFinding> Findings)
{
    const string Field = "List-Unsubscribe";
    const string PostField = "List-Unsubscribe-Post";

    /// <summary>Checks the fields of a message.</summary>
    /// <param name="headers">The message's header fields, as parsed from the wire.</param>
    /// <param name="recipient">The person the copy is for, to look for the address in the link; null if not known.</param>
    public static ListUnsubscribeCheck Of(HeaderList headers, string? recipient = null)
    {
        var findings = new List<MailFinding>();
        void Find(MailFindingCode code, MailFindingWeight weight, string place, string says, string cite) =>
            findings.Add(new(code, weight, place, says, cite));

        var fields = headers.Where(h => Is(h, Field)).ToList();
        var posts = headers.Where(h => Is(h, PostField)).ToList();
        if (fields.Count > 1)
            Find(
                FieldRepeated,
                Fault,
                Field,
                "the field appears more than once, and mail programs differ in which one they use",
                "RFC 2369 3"
            );
        if (posts.Count > 1)
            Find(FieldRepeated, Fault, PostField, "the field appears more than once", "RFC 8058 3.1");
        if (fields.Count == 0)
            Find(ListUnsubscribeMissing, Fault, Field, "this message offers mail programs no way to opt out", "RFC 2369 3.2; RFC 8058 3.1");

        var read = fields.Select(ListUnsubscribeField.Read).ToList();
        foreach (var field in read)
        {
            if (field.Encoded)
                Find(
                    EncodedWord,
                    Fault,
                    Field,
                    "the field holds encoded words, which are not allowed in addresses; providers ignore it",
                    "RFC 2047 5"
                );
            if (!field.Bracketed)
                Find(NoAngleBrackets, Fault, Field, "addresses must be in angle brackets", "RFC 2369 2");
            if (field.FoldedInside)
                Find(FoldedInsideAddress, Fault, Field, "the field is folded inside an address; some readers keep the gap", "RFC 2369 2");
            if (field.LongestLine > 998)
                Find(LineTooLong, Fault, Field, $"a line has {field.LongestLine} bytes; at most 998 are allowed", "RFC 5322 2.1.1");
        }

        var addresses = read.SelectMany(field => field.Addresses).ToList();
        foreach (var address in addresses)
            findings.AddRange(OfAddress(address, recipient));

        var https = addresses.Where(a => Has(a, "https://")).ToList();
        var mailto = addresses.FirstOrDefault(a => Has(a, "mailto:"));
        if (fields.Count > 0 && https.Count == 0)
            Find(NoHttps, Fault, Field, "one-click opt-out needs an https address", "RFC 8058 3.1");
        if (https.Count > 1)
            Find(SeveralHttps, Fault, Field, "only one https address is allowed beside List-Unsubscribe-Post", "RFC 8058 3.1");
        if (fields.Count > 0 && mailto is null)
            Find(NoMailto, Note, Field, "a mailto address would serve readers without one-click", "RFC 2369 2");

        var exact = posts.Count == 1 && posts[0].Value.Trim() == ListUnsubscribeHeaders.OneClick;
        if (posts.Count == 1 && !exact)
            Find(PostMisspelt, Fault, PostField, $"the value must read exactly {ListUnsubscribeHeaders.OneClick}", "RFC 8058 3.1");
        if (posts.Count > 0 && https.Count == 0)
            Find(
                PostWithoutHttps,
                Fault,
                PostField,
                "the field means nothing without an https address in List-Unsubscribe",
                "RFC 8058 3.1"
            );
        if (posts.Count == 0 && https.Count > 0)
            Find(
                PostMissing,
                Fault,
                PostField,
                "without this field the https address is a web page, not a one-click opt-out",
                "RFC 8058 3.1"
            );

        var signatures = headers.Where(h => Is(h, "DKIM-Signature")).Select(h => h.Value).ToList();
        if (
            fields.Count > 0
            && signatures.Count > 0
            && !signatures.Any(s => Covers(s, Field) && (posts.Count == 0 || Covers(s, PostField)))
        )
            Find(NotSignedByDkim, Fault, "DKIM-Signature", "no signature covers the opt-out fields: stamp first, then sign", "RFC 8058 4");

        var oneClick =
            exact
            && https.Count == 1
            && fields.Count == 1
            && read[0] is { Encoded: false, Bracketed: true, FoldedInside: false }
            && findings.TrueForAll(f => f.Code != NotSignedByDkim);
        return new(https.FirstOrDefault(), mailto, oneClick, findings);
    }

    static IEnumerable<MailFinding> OfAddress(string address, string? recipient)
    {
        if (Has(address, "http://"))
            yield return new(
                PlainHttp,
                Fault,
                Field,
                "the address is plain http: one-click does not work, and others can read the link on the way",
                "RFC 8058 3.1"
            );
        else if (!Scheme().IsMatch(address))
            yield return new(NoScheme, Fault, Field, "the address has no scheme (https: or mailto:)", "RFC 2369 2; RFC 3986 3.1");
        else if (!Has(address, "https://") && !Has(address, "mailto:"))
            yield return new(UnknownScheme, Warning, Field, "mail programs know only https and mailto", "RFC 2369 2");
        if (address.Length > ListUnsubscribeHeaders.LongestAddress)
            yield return new(
                AddressTooLong,
                Warning,
                Field,
                $"the address has {address.Length} characters; some clients cut at 250",
                "house"
            );
        if (RecipientInAddress.IsIn(address, recipient))
            yield return new(
                PersonalDataInAddress,
                Fault,
                Field,
                "the recipient's address can be read out of the link; use an opaque token",
                "UK GDPR art 5(1)(f); RFC 8058 3.1"
            );
        if (!Has(address, "mailto:"))
            yield break;
        var mailbox = address["mailto:".Length..];
        var at = mailbox.IndexOf('@', StringComparison.Ordinal);
        if (at > 64)
            yield return new(
                LocalPartTooLong,
                Fault,
                Field,
                $"the mailbox has {at} characters before the @; at most 64 are allowed",
                "RFC 5321 4.5.3.1.1"
            );
        if (mailbox.Contains('?', StringComparison.Ordinal))
            yield return new(
                MailtoReliesOnSubject,
                Warning,
                Field,
                "programs may drop subject and body, so the mailbox itself must show who opts out",
                "RFC 2369 2"
            );
    }

    static bool Is(Header header, string name) => header.Field.Equals(name, StringComparison.OrdinalIgnoreCase);

    static bool Has(string address, string scheme) => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);

    internal static bool Covers(string signature, string field)
    {
        var list = SignedFields().Match(signature);
        return list.Success && list.Groups[1].Value.Split(':').Any(name => name.Trim().Equals(field, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:(?!\d+(/|$))")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(?:^|;)\s*h\s*=([^;]*)")]
    private static partial Regex SignedFields();
}
