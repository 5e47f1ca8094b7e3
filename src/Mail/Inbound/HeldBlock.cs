using System.Text.RegularExpressions;

namespace MaySend.Mail.Inbound;

/// <summary>
/// Why a platform did not send because it already held a block. On the first day of a connection this is the only notice of what the person
/// asked for earlier, so a block that rests on an opt-out or a complaint is read as one.
/// </summary>
static partial class HeldBlock
{
    /// <summary>What the person did; null where the block has another reason, or none is given.</summary>
    public static InboundSignalKind? Kind(params string?[] reasons)
    {
        var said = string.Join(' ', reasons);
        return Left().IsMatch(said) ? InboundSignalKind.Unsubscribe
            : Complained().IsMatch(said) ? InboundSignalKind.Complaint
            : null;
    }

    /// <summary>
    /// True where the reason names a list of the platform's on which people stand who opted out as well as addresses that failed, and
    /// does not say which.
    /// </summary>
    public static bool MayBeStop(params string?[] reasons)
    {
        var said = string.Join(' ', reasons);
        return OfAList().IsMatch(said) && !Failed().IsMatch(said);
    }

    [GeneratedRegex(
        @"black[\s_-]?list|block[\s_-]?list|deny[\s_-]?list|exclusion[\s_-]?list|suppress|excluded",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex OfAList();

    [GeneratedRegex(
        @"bounce|invalid|not?[\s_-]?(?:exist|found)|unknown[\s_-]?(?:user|recipient)|user[\s_-]?unknown|mailbox|\bIP\b|spamhaus|\brbl\b"
            + @"|send(?:er|ing)['’s]*[\s_-]+(?:domain|address|reputation)|content|\burls?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Failed();

    [GeneratedRegex(@"unsub|opt(?:ed)?[\s_-]?out|list_?unsub|global_?unsub|21610", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Left();

    [GeneratedRegex(
        @"complain|spam[\s_-]?(?:report|complain)|spam\s+reporting|reported\s+as\s+spam|abuse[\s_-]?report"
            + @"|suppress-complaint|^\W*spam\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Complained();
}
