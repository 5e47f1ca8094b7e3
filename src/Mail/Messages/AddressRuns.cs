using System.Buffers;
using System.Text.RegularExpressions;

namespace MaySend.Mail.Messages;

/// <summary>
/// Finds links and mailboxes that are written out in a text. None of them holds a space, so only what stands between two spaces and holds
/// an <c>@</c> or a colon is looked at; a long text is otherwise walked over quickly.
/// </summary>
static partial class AddressRuns
{
    static readonly SearchValues<char> OfMailboxes = SearchValues.Create("@");
    static readonly SearchValues<char> OfLinks = SearchValues.Create("@:");

    /// <summary>Whether a mailbox address stands in the text.</summary>
    public static bool HoldMailbox(string text)
    {
        foreach (var run in Of(text, OfMailboxes))
            if (Mailbox().IsMatch(text.AsSpan(run)))
                return true;
        return false;
    }

    /// <summary>The mailbox addresses in the text, in their order.</summary>
    public static IEnumerable<string> Mailboxes(string text) => Mailbox().Matches(text).Select(match => match.Value);

    /// <summary>Links and mailbox addresses, each with where it begins.</summary>
    public static IEnumerable<(int At, string Value)> In(string text)
    {
        foreach (var run in Of(text, OfLinks))
        {
            var found = new List<(int, string)>();
            foreach (var match in Address().EnumerateMatches(text.AsSpan(run)))
                found.Add((run.Start.Value + match.Index, text.Substring(run.Start.Value + match.Index, match.Length)));
            foreach (var address in found)
                yield return address;
        }
    }

    static IEnumerable<Range> Of(string text, SearchValues<char> marks)
    {
        for (var at = 0; text.AsSpan(at).IndexOfAny(marks) is >= 0 and var mark; )
        {
            var (start, end) = (at + mark, at + mark + 1);
            while (start > at && !char.IsWhiteSpace(text[start - 1]))
                start--;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            yield return start..end;
            at = end;
        }
    }

    // Bounded in length wherever a repetition could start at every letter of a long text.
    const string AnyMailbox = @"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+";

    [GeneratedRegex(AnyMailbox, RegexOptions.CultureInvariant)]
    private static partial Regex Mailbox();

    [GeneratedRegex(@"https?://\S+|mailto:\S+|" + AnyMailbox, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
