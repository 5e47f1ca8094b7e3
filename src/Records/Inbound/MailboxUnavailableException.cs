namespace MaySend.Records.Inbound;

/// <summary>A mailbox is away, or turns us away. What lies in it stays as it is, and is read once the mailbox can be had.</summary>
public sealed class MailboxUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
