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

    [GeneratedRegex(@"unsub|opt(?:ed)?[\s_-]?out|list_?unsub|global_?unsub|21610", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Left();

    [GeneratedRegex(
        @"complain|spam[\s_-]?(?:report|complain)|spam\s+reporting|reported\s+as\s+spam|abuse[\s_-]?report"
            + @"|suppress-complaint|^\W*spam\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Complained();
}
