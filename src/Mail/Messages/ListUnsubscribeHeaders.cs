using System.Text;
using MimeKit;

namespace MaySend.Mail.Messages;

/// <summary>
/// The two fields we stamp (RFC 2369 3.2, RFC 8058 3.1): one https address, at most one mailto, in angle brackets, folded at the comma only
/// and never encoded. Stamp before signing: both must be covered by DKIM (RFC 8058 4).
/// </summary>
public sealed class ListUnsubscribeHeaders
{
    /// <summary>The exact value of List-Unsubscribe-Post (RFC 8058 3.1).</summary>
    public const string OneClick = "List-Unsubscribe=One-Click";

    /// <summary>The longest opt-out address we stamp, in characters.</summary>
    public const int LongestAddress = 250;

    const string Field = "List-Unsubscribe";
    const string PostField = "List-Unsubscribe-Post";

    /// <summary>The fields for a one-click address and, if there is one, a mailbox.</summary>
    /// <param name="link">An absolute https URI, all ASCII, at most 250 characters; it answers POST without a redirect.</param>
    /// <param name="mailbox">An address as <c>local@domain</c>, both parts ASCII; the local part has at most 60 characters.</param>
    /// <exception cref="ArgumentException">An address would not survive in a header; the message says which and why.</exception>
    public ListUnsubscribeHeaders(string link, string? mailbox)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0)
            throw new ArgumentException("the opt-out link must be an absolute https address without user name", nameof(link));
        if (link.Length > LongestAddress || !IsPlain(link))
            throw new ArgumentException(
                $"the opt-out link must be at most {LongestAddress} plain ASCII characters without brackets, commas or spaces",
                nameof(link)
            );
        var at = mailbox?.IndexOf('@') ?? -1;
        if (
            mailbox is not null
            && (at is < 1 or > 60 || mailbox.Length > LongestAddress || at == mailbox.Length - 1 || !IsAddress(mailbox, at))
        )
            throw new ArgumentException(
                "the opt-out mailbox must be local@domain in plain ASCII with at most 60 characters before the @",
                nameof(mailbox)
            );
        Value = mailbox is null ? $"<{link}>" : $"<{link}>,\r\n <mailto:{mailbox}>";
    }

    /// <summary>The value of List-Unsubscribe, folded.</summary>
    public string Value { get; }

    /// <summary>
    /// Both fields as octets, each line ended by CRLF: to be put before the first line of a message so that nothing is re-serialised.
    /// </summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes($"{Field}: {Value}\r\n{PostField}: {OneClick}\r\n");

    /// <summary>Replaces whatever the message has under these two names: two fields of one name are worse than none.</summary>
    public void StampOn(HeaderList headers)
    {
        headers.RemoveAll(Field);
        headers.RemoveAll(PostField);
        headers.Insert(0, new Header(Encoding.ASCII, PostField, OneClick));
        var field = new Header(Encoding.ASCII, Field, "");
        field.SetRawValue(Encoding.ASCII.GetBytes($" {Value}\r\n"));
        headers.Insert(0, field);
    }

    static bool IsPlain(string text) => text.All(c => c is > ' ' and < '\x7f' and not ('<' or '>' or ',' or '"' or '\\' or '(' or ')'));

    static bool IsAddress(string text, int at) =>
        text.LastIndexOf('@') == at && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '-' or '_' or '+' or '=');
}
