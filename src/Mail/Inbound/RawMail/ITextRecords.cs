namespace MaySend.Mail.Inbound.RawMail;

/// <summary>Looks up the TXT records of a name in the DNS (RFC 1035 3.3.14).</summary>
public interface ITextRecords
{
    /// <summary>The records, each put together from its strings; none where the name has none.</summary>
    /// <param name="name">A full name, without a dot at its end.</param>
    /// <exception cref="IOException">The DNS does not answer: nothing is known either way.</exception>
    IReadOnlyList<string> Of(string name);
}
