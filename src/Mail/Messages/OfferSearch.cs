using System.Text.RegularExpressions;
using MaySend.Mail.Words;

namespace MaySend.Mail.Messages;

/// <summary>What a part of a message offers to somebody who wants no more of it.</summary>
sealed partial class OfferSearch(string? headerLink)
{
    /// <summary>Words and link belong together up to this distance, in characters.</summary>
    const int Near = 300;

    /// <summary>Links and sentences by which the reader can stop, in order of the text.</summary>
    public List<Offer> Offers { get; } = [];

    /// <summary>Sentences that say that one cannot stop.</summary>
    public List<(MessageBlock Block, string Says)> Denials { get; } = [];

    /// <summary>Opt-out links that still hold the place of an address.</summary>
    public List<(MessageBlock Block, WrittenLink Link)> Unfilled { get; } = [];

    /// <summary>A way to stop.</summary>
    /// <param name="Link">The link; null where the reader is asked to reply.</param>
    /// <param name="Block">The paragraph.</param>
    public sealed record Offer(MessageBlock Block, WrittenLink? Link);

    public void Read(IReadOnlyList<MessageBlock> blocks)
    {
        var all = blocks.Select(block => (Block: block, Said: Said.In(block.Text))).ToList();
        for (var i = 0; i < all.Count; i++)
            Read(all[i].Block, all[i].Said, i > 0 && Neighbour(all[i - 1]), i + 1 < all.Count && Neighbour(all[i + 1]));
    }

    void Read(MessageBlock block, Said said, bool before, bool after)
    {
        foreach (var denial in said.Denials)
            Denials.Add((block, denial));
        foreach (var link in block.Links)
            if (IsOptOut(link, said, block, before || after))
                if (IsPlaceholder(link.Href))
                    Unfilled.Add((block, link));
                else if (LeadsSomewhere(link.Href))
                    Offers.Add(new(block, link));
        if (said.AsksForReply)
            Offers.Add(new(block, null));
    }

    bool IsOptOut(WrittenLink link, Said said, MessageBlock block, bool beside)
    {
        if (headerLink is not null && link.Href == headerLink)
            return true;
        var own = Said.In(link.Text);
        if (own.Offers)
            return !own.Denies;
        if (Said.InAddress(link.Href))
            return true;
        if (said.OfferNear(link.At, link.Element is null))
            return link.Text.Length == 0 || own.IsHere || link.Element is null || said.OnlyLinkOfSentence(link, block);
        // "To unsubscribe" in one cell of a table and "click here" in the next.
        return beside && block.Text.Length < 80 && (own.IsHere || IsAllOf(block, link));
    }

    // A line that holds a written-out address and nothing else.
    static bool IsAllOf(MessageBlock block, WrittenLink link) => link.Element is null && block.Text.Trim().Length <= link.Href.Length + 2;

    static bool Neighbour((MessageBlock Block, Said Said) beside) =>
        beside is { Block: { Links.Count: 0, Text.Length: < Near }, Said: { Offers: true, Denies: false } };

    static bool LeadsSomewhere(string href) =>
        href.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || href.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
        || href.StartsWith("sms:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an address still holds a name to be filled in, also percent-encoded once or twice.</summary>
    public static bool IsPlaceholder(string href)
    {
        var plain = href;
        for (var round = 0; round < 2 && plain.Contains('%', StringComparison.Ordinal); round++)
            plain = Uri.UnescapeDataString(plain);
        return Placeholder().IsMatch(plain) || Placeholder().IsMatch(href);
    }

    // {{x}}, {%x%}, ${x}, <%x%>, *|X|*, %%x%%, [[x]], [Unsubscribe...], ##x##, ###x###, @@x@@, %unsubscribe%, -unsubscribe-, {x}.
    [GeneratedRegex(
        @"\{\{|\}\}|\{%|%\}|\$\{|<%|%>|\*\|.{1,80}\|\*|%%[\w:.\s-]{1,80}%%|\[\[|\]\]|##+\s?[\w .-]{1,80}##+"
            + @"|@@[\w.-]{1,80}@@|\[[A-Za-z][\w .:-]{2,60}\]|(?<![0-9A-Fa-f%])%[A-Za-z][\w.-]{3,60}%(?![0-9A-Fa-f]{2})"
            + @"|\{[A-Za-z][\w .:-]{2,60}\}|^-[\w-]{3,60}-$|<[a-z][\w .-]{2,60}>",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Placeholder();

    /// <summary>The phrases of a text.</summary>
    sealed partial class Said
    {
        readonly FoldedText text;
        readonly List<FoundPhrase> found;

        Said(FoldedText text, List<FoundPhrase> found) => (this.text, this.found) = (text, found);

        public static Said In(string text)
        {
            var folded = FoldedText.Of(Links().Replace(text.Length > 20_000 ? text[..20_000] : text, link => new string(' ', link.Length)));
            return new(folded, Languages.Offered.In(folded));
        }

        /// <summary>Whether an address says in its path that it stops something.</summary>
        public static bool InAddress(string href)
        {
            var path = href.IndexOf("://", StringComparison.Ordinal) is > 0 and var at ? href[(at + 3)..] : href;
            path = path.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? path[slash..] : path;
            var words = FoldedText.Of(Uri.UnescapeDataString(path.Length > 400 ? path[..400] : path).Replace('_', ' ').Replace('.', ' '));
            return words.Tokens.Any(token =>
                Paths().IsMatch(token.Word) || (token.Word == "opt" && words.Tokens.Any(next => next.Word == "out"))
            );
        }

        public bool Offers => found.Exists(phrase => phrase.Kind == PhraseKind.Offer && !AsksToStay(phrase));

        public bool Denies => found.Exists(phrase => phrase.Kind == PhraseKind.Cannot);

        /// <summary>The whole text says "click here" or less.</summary>
        public bool IsHere => text.Tokens.Count <= 6 && found.Exists(phrase => phrase.Kind == PhraseKind.Here);

        public bool AsksForReply => found.Exists(phrase => phrase.Kind == PhraseKind.Reply && !DeniedAt(phrase));

        public IEnumerable<string> Denials =>
            found
                .Where(phrase => phrase.Kind == PhraseKind.Cannot)
                .Select(phrase =>
                    string.Join(' ', text.Tokens.Skip(phrase.From).Take(phrase.To - phrase.From).Select(token => token.Word))
                );

        /// <summary>Whether words of an offer stand near a place, and in HTML in the same sentence, without being taken back
        /// there.</summary>
        public bool OfferNear(int at, bool anySentence)
        {
            foreach (var phrase in found)
                if (phrase.Kind == PhraseKind.Offer && Math.Abs(text.Tokens[phrase.From].Start - at) <= Near && !DeniedAt(phrase))
                    if (anySentence || SentencesBetween(phrase, at) <= 1)
                        return true;
            return false;
        }

        public bool OnlyLinkOfSentence(WrittenLink link, MessageBlock block) =>
            block.Links.All(other => other == link || SentencesBetween(other.At, link.At) > 0);

        /// <summary>"Do not unsubscribe!" holds the words of an offer and is none; another one may stand beside it.</summary>
        bool AsksToStay(FoundPhrase phrase) => found.Exists(stay => stay.Kind == PhraseKind.Stay && stay.Touches(phrase));

        bool DeniedAt(FoundPhrase phrase) =>
            AsksToStay(phrase)
            || found.Exists(denial =>
                denial.Kind == PhraseKind.Cannot
                && (denial.Touches(phrase) || SentencesBetween(phrase, text.Tokens[denial.From].Start) == 0)
            );

        int SentencesBetween(FoundPhrase phrase, int at) => SentencesBetween(text.Tokens[phrase.From].Start, at);

        int SentencesBetween(int from, int to)
        {
            var (low, high) = from <= to ? (from, to) : (to, from);
            return text.Tokens.Count(token => token.Sentence && token.Start > low && token.Start <= high);
        }

        [GeneratedRegex(@"https?://\S+|mailto:\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
        private static partial Regex Links();

        [GeneratedRegex(
            @"^(?:unsub\w*|optout\w*|desabonn\w*|desinscri\w*|abmeld\w*|abbestell\w*|afmeld\w*|uitschrij\w*|disiscri\w*"
                + @"|desuscri\w*|wypisz\w*|odhlas\w*|leiratkoz\w*|dezabon\w*|odjav\w*|avregistrer\w*|afmeld\w*|avmeld\w*"
                + @"|frameld\w*)$",
            RegexOptions.CultureInvariant
        )]
        private static partial Regex Paths();
    }
}
