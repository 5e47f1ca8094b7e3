using System.Text;
using MimeKit;

namespace MaySend.Mail.Messages;

/// <summary>What the readable parts of a message show, gathered over its alternatives.</summary>
sealed class BodyCheck
{
    /// <summary>A part is read up to here; a longer one is read in part, which can only miss an opt-out, never invent one.</summary>
    const int LongestPart = 4 * 1024 * 1024;

    public bool OptOutVisible { get; private set; }

    public bool OptOutHidden { get; private set; }

    public bool MailAddress { get; private set; }

    public bool PostalAddress { get; private set; }

    public List<(string Place, string Source)> Pixels { get; } = [];

    /// <summary>Links and sentences worth marking where they stand.</summary>
    public List<BodyMark> Marks { get; } = [];

    /// <summary>Readable parts that offer nothing while another one does.</summary>
    public IEnumerable<string> PartsWithoutOffer =>
        parts.Exists(part => part.Offers) ? parts.Where(part => !part.Offers).Select(part => part.Place) : [];

    readonly List<(string Place, bool Offers)> parts = [];

    public static BodyCheck Of(MimeMessage message, string? optOutLink)
    {
        var check = new BodyCheck();
        var iterator = new MimeIterator(message);
        while (iterator.MoveNext())
            if (iterator.Current is TextPart { IsAttachment: false } part)
                check.Read(part, $"body {iterator.PathSpecifier} {part.ContentType.MimeType}", optOutLink);
        return check;
    }

    void Read(TextPart part, string place, string? optOutLink)
    {
        var text = part.Text ?? "";
        text = text.Length > LongestPart ? text[..LongestPart] : text;
        var search = new OfferSearch(optOutLink);
        IReadOnlyList<MessageBlock> blocks;
        HtmlBody? html = null;
        if (part.IsHtml)
        {
            html = HtmlBody.Read(text);
            blocks = html.Blocks;
            Pixels.AddRange(html.Pixels.Select(source => (place, source)));
        }
        else
            blocks = PlainBody.Read(text);
        using var document = html?.Document;
        search.Read(blocks);
        var (wide, narrow) = (false, false);
        var looked = new List<(OfferSearch.Offer Offer, bool Shown)>();
        foreach (var offer in search.Offers)
        {
            var on = LinkVisibility.IsSeen(offer.Link, offer.Block.Element);
            (wide, narrow) = (wide || on.Wide, narrow || on.Narrow);
            looked.Add((offer, on.Wide || on.Narrow));
            // One that is seen is enough; the others cost time and change nothing.
            if (wide && narrow)
                break;
        }
        // Whoever reads on a telephone must see one too.
        var seen = wide && narrow;
        foreach (var (offer, shown) in looked)
        {
            OptOutHidden |= !shown || !seen;
            Marks.Add(
                new(
                    shown && seen ? BodyMarkKind.Offer : BodyMarkKind.Hidden,
                    place,
                    offer.Link?.Href,
                    Short(offer.Link is { Text.Length: > 0 } named ? named.Text : offer.Block.Text)
                )
            );
        }
        Marks.AddRange(
            search.Unfilled.Select(unfilled => new BodyMark(BodyMarkKind.Unfilled, place, unfilled.Link.Href, Short(unfilled.Link.Text)))
        );
        Marks.AddRange(search.Denials.Select(denial => new BodyMark(BodyMarkKind.Denial, place, null, Short(denial.Block.Text))));
        OptOutVisible |= seen;
        parts.Add((place, seen));
        foreach (var block in blocks)
        {
            MailAddress |=
                AddressRuns.HoldMailbox(block.Text)
                || block.Links.Any(link => !link.Hidden && link.Href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase));
            PostalAddress |= PostalAddresses.StandIn(block.Text);
        }
    }

    /// <summary>The words in one line, cut where it is long.</summary>
    static string Short(string text)
    {
        const int Most = 160;
        var line = new StringBuilder();
        foreach (var c in text.AsSpan().Trim())
        {
            if (line.Length > Most)
                break;
            if (!char.IsWhiteSpace(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return line.Length <= Most ? line.ToString() : line.ToString(0, Most) + "…";
    }
}
