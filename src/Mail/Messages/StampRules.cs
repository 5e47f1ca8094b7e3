using MimeKit;

namespace MaySend.Mail.Messages;

/// <summary>Whether a message gets our opt-out fields; a closed set.</summary>
public enum StampDecision
{
    /// <summary>Put the fields in, replacing any that are there.</summary>
    Stamp,

    /// <summary>Leave it: mail from the null sender is a report (RFC 5321 4.5.5).</summary>
    LeaveReport,

    /// <summary>Leave it: a machine wrote it to this one person (RFC 3834 5).</summary>
    LeaveAutomatic,

    /// <summary>
    /// Do not stamp and do not pass it on unseen: it is signed over these fields, so a change would break the signature (RFC 6376 3.5).
    /// </summary>
    SignedTooEarly,
}

/// <summary>Decides on stamping for marketing mail; a host does not ask for service mail, which gets no opt-out fields.</summary>
public static class StampRules
{
    /// <summary>What to do with a message of this header and envelope sender.</summary>
    /// <param name="headers">The header as submitted.</param>
    /// <param name="mailFrom">MAIL FROM; empty for the null sender.</param>
    public static StampDecision Decide(HeaderList headers, string mailFrom)
    {
        if (mailFrom is "" or "<>")
            return StampDecision.LeaveReport;
        if (AutoSubmitted.IsByMachine(headers))
            return StampDecision.LeaveAutomatic;
        return headers.Any(IsSignedOverTheFields) ? StampDecision.SignedTooEarly : StampDecision.Stamp;
    }

    // A signature may list a field that is not there: it then says that there is none, and adding one breaks it just the same.
    static bool IsSignedOverTheFields(Header header) =>
        header.Field.Equals("DKIM-Signature", StringComparison.OrdinalIgnoreCase)
        && (
            ListUnsubscribeCheck.Covers(header.Value, "List-Unsubscribe")
            || ListUnsubscribeCheck.Covers(header.Value, "List-Unsubscribe-Post")
        );
}
