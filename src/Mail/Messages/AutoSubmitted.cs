using MimeKit;

namespace MaySend.Mail.Messages;

/// <summary>The Auto-Submitted field (RFC 3834 5).</summary>
static class AutoSubmitted
{
    /// <summary>A machine says that it answers; "auto-generated" is one that writes of its own accord, as a program that unsubscribes
    /// for its user.</summary>
    public static bool IsAnswer(HeaderList headers) =>
        headers["Auto-Submitted"]?.TrimStart() is { } word
        && (
            word.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("auto-notified", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>A machine says that it wrote the message; "no", also with a comment or parameters, is a person.</summary>
    public static bool IsByMachine(HeaderList headers) =>
        headers["Auto-Submitted"]?.Split([';', '(', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() is { } word
        && !word.Equals("no", StringComparison.OrdinalIgnoreCase);
}
