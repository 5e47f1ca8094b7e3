namespace MaySend.Mail.Messages;

/// <summary>How much a finding matters.</summary>
public enum MailFindingWeight
{
    /// <summary>Worth knowing; nothing has to change.</summary>
    Note,

    /// <summary>Works for some readers or providers and not for others.</summary>
    Warning,

    /// <summary>The message does not do what law or mailbox providers ask of marketing.</summary>
    Fault,
}

/// <summary>What can be found in a message; a closed set, spelt in reports as kebab case.</summary>
public enum MailFindingCode
{
    /// <summary>There is no List-Unsubscribe field.</summary>
    ListUnsubscribeMissing,

    /// <summary>More than one List-Unsubscribe or List-Unsubscribe-Post field.</summary>
    FieldRepeated,

    /// <summary>Addresses are not enclosed in angle brackets.</summary>
    NoAngleBrackets,

    /// <summary>The field is folded inside an address.</summary>
    FoldedInsideAddress,

    /// <summary>The field holds RFC 2047 encoded words.</summary>
    EncodedWord,

    /// <summary>An address in brackets has no scheme.</summary>
    NoScheme,

    /// <summary>An address has a scheme other than https, http or mailto.</summary>
    UnknownScheme,

    /// <summary>An address is plain http.</summary>
    PlainHttp,

    /// <summary>No https address.</summary>
    NoHttps,

    /// <summary>More than one https address.</summary>
    SeveralHttps,

    /// <summary>No mailto address.</summary>
    NoMailto,

    /// <summary>List-Unsubscribe-Post is missing beside an https address.</summary>
    PostMissing,

    /// <summary>List-Unsubscribe-Post does not say exactly List-Unsubscribe=One-Click.</summary>
    PostMisspelt,

    /// <summary>List-Unsubscribe-Post without any https address.</summary>
    PostWithoutHttps,

    /// <summary>The recipient's address can be read in the opt-out address.</summary>
    PersonalDataInAddress,

    /// <summary>An opt-out address longer than 250 characters.</summary>
    AddressTooLong,

    /// <summary>A header line longer than 998 octets.</summary>
    LineTooLong,

    /// <summary>A mailto local part longer than 64 octets.</summary>
    LocalPartTooLong,

    /// <summary>The mailto address needs its subject or body to be understood.</summary>
    MailtoReliesOnSubject,

    /// <summary>A DKIM signature is there and covers neither, or not both, of the fields.</summary>
    NotSignedByDkim,

    /// <summary>No From field, or one without an address.</summary>
    SenderMissing,

    /// <summary>The display name shows another address than the one the message comes from.</summary>
    SenderDisguised,

    /// <summary>Several From addresses and no Sender.</summary>
    SenderAmbiguous,

    /// <summary>No visible way to opt out in the body.</summary>
    OptOutLinkMissing,

    /// <summary>The only opt-out link in the body is hidden.</summary>
    OptOutLinkHidden,

    /// <summary>An opt-out link still holds the name of what should stand there.</summary>
    PlaceholderUnfilled,

    /// <summary>The message says that its reader cannot opt out.</summary>
    RefusalDenied,

    /// <summary>One version of the message offers an opt-out and another does not.</summary>
    TextPartWithoutOptOut,

    /// <summary>No postal address and no reachable address to which a request to stop could be sent.</summary>
    StopAddressMissing,

    /// <summary>A postal address was not recognised in the body.</summary>
    PostalAddressNotFound,

    /// <summary>An image that only reports the opening of the message.</summary>
    TrackingPixel,

    /// <summary>No List-Id.</summary>
    ListIdMissing,
}

/// <summary>One finding about a message.</summary>
/// <param name="Code">What was found.</param>
/// <param name="Weight">How much it matters for marketing mail.</param>
/// <param name="Place">The field or MIME part, e.g. <c>List-Unsubscribe</c> or <c>body 1.2 text/html</c>.</param>
/// <param name="Says">One sentence for the person who writes the template.</param>
/// <param name="Cite">The rule it rests on.</param>
public sealed record MailFinding(MailFindingCode Code, MailFindingWeight Weight, string Place, string Says, string Cite);
