using System.Text.RegularExpressions;
using MaySend.Mail.OptOut;
using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Finds the tokens that we stamped ourselves, in mailbox addresses and in the List-Unsubscribe field of a returned message.
/// </summary>
/// <param name="ring">All keys that ever issued.</param>
/// <param name="tenantOf">The tenant whose opt-out mailboxes a domain (lower case) holds; null for any other domain.</param>
public sealed partial class OwnTokens(OptOutKeyRing ring, Func<string, uint?> tenantOf)
{
    /// <summary>What the token in the local part of an address says; null if there is none of ours.</summary>
    public OptOutReference? InAddress(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0 || tenantOf(address[(at + 1)..].TrimEnd('>').ToLowerInvariant()) is not { } tenant)
            return null;
        return OptOutMailbox.TryRead(address.AsSpan(0, at).TrimStart('<'), tenant, ring, out var mailbox)
            ? new(tenant, mailbox.Contact, mailbox.Scope)
            : null;
    }

    /// <summary>What the first of our tokens in the List-Unsubscribe fields says; the link carries more and is looked at first.</summary>
    public OptOutReference? InHeaders(HeaderList headers)
    {
        foreach (var header in headers.Where(header => header.Field.Equals("List-Unsubscribe", StringComparison.OrdinalIgnoreCase)))
        {
            var addresses = Messages.ListUnsubscribeField.Read(header).Addresses;
            foreach (var match in addresses.SelectMany(address => Links().Matches(address)))
                if (OptOutToken.TryReadLink(match.ValueSpan, ring, out var token))
                    return OptOutReference.Of(token);
            foreach (var address in addresses.Where(address => address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)))
                if (InAddress(address["mailto:".Length..].Split('?')[0]) is { } reference)
                    return reference;
        }
        return null;
    }

    /// <summary>What the first of our tokens in a text says, as link or as mailbox; null if there is none.</summary>
    public OptOutReference? InText(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        foreach (Match match in Links().Matches(text))
            if (OptOutToken.TryReadLink(match.ValueSpan, ring, out var token))
                return OptOutReference.Of(token);
        foreach (Match match in Mailboxes().Matches(text))
            if (InAddress(match.Value) is { } reference)
                return reference;
        return null;
    }

    [GeneratedRegex(@"(?<![A-Za-z2-7])[A-Za-z2-7]{60}@[A-Za-z0-9.-]{1,255}")]
    private static partial Regex Mailboxes();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{70}(?![A-Za-z0-9_-])")]
    private static partial Regex Links();
}
