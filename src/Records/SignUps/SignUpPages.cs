using System.Text.RegularExpressions;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;

namespace MaySend.Records.SignUps;

/// <summary>Something wrong with a page that is to be opened.</summary>
/// <param name="Field">Which part: <c>id</c>, <c>sender</c>, <c>topics</c>, <c>notice</c> or <c>signature</c>.</param>
/// <param name="Says">What is wrong.</param>
/// <param name="Help">What to do.</param>
public sealed record SignUpPageFault(string Field, string Says, string? Help = null);

/// <summary>The pages on which people sign up, or come back: opened and closed by who may sign.</summary>
public sealed partial class SignUpPages(EvidenceStore store, ServerRecords records)
{
    const int GreatestTopics = 20;

    /// <summary>The pages that are open, by name.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<IReadOnlyList<SignUpPageOpened>> AllAsync(CancellationToken cancellation = default) =>
        [.. (await records.ReadAsync(cancellation)).SignUpPages.Values];

    /// <summary>One page by its name; null where none of it is open.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<SignUpPageOpened?> FindAsync(string id, CancellationToken cancellation = default) =>
        (await records.ReadAsync(cancellation)).SignUpPages.GetValueOrDefault(id);

    /// <summary>Everything that is wrong with a page; none when it may be opened.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<IReadOnlyList<SignUpPageFault>> FaultsAsync(SignUpPageOpened page, CancellationToken cancellation = default)
    {
        var known = (await store.ControllerAsync(cancellation: cancellation)).Names;
        var faults = new List<SignUpPageFault>();
        if (!Slug().IsMatch(page.Id))
            faults.Add(
                new("id", "must be 1 to 60 of a-z, 0-9 and hyphen, beginning with a letter", "it becomes part of the page's address")
            );
        else if (page.Id is "confirm" or "texts")
            faults.Add(new("id", "is a word that the server uses itself"));
        if (!known.Senders(page.Sender).Contains(page.Sender, StringComparer.Ordinal))
            faults.Add(new("sender", "is not a sender on record", "the id of a sender"));
        else
            foreach (var topic in page.Topics.Where(topic => !known.TopicsOf(page.Sender).Contains(topic, StringComparer.Ordinal)))
                faults.Add(new("topics", $"`{topic}` is not a topic of this sender on record", "leave it out to ask for everything"));
        if (page.Topics.Length > GreatestTopics || page.Topics.Distinct(StringComparer.Ordinal).Count() < page.Topics.Length)
            faults.Add(new("topics", $"are more than {GreatestTopics}, or one is given twice"));
        if (page.Notice is { } notice && !(Uri.TryCreate(notice, UriKind.Absolute, out var url) && url.Scheme == "https"))
            faults.Add(new("notice", "is not an https address"));
        if (!page.Signature.IsWhole)
            faults.Add(new("signature", "has no name or no reason"));
        return faults;
    }

    /// <summary>
    /// Opens a page, or changes what it asks for. Mails that wait for a confirmation of other words then confirm nothing.
    /// </summary>
    /// <exception cref="NotEntitledException">The actor may not sign; nothing was written.</exception>
    /// <exception cref="ArgumentException">Something is wrong with it (<see cref="FaultsAsync"/>).</exception>
    public async ValueTask OpenAsync(SignUpPageOpened page, Actor by, CancellationToken cancellation = default)
    {
        Demand(by, "opening a sign-up page");
        if (await FaultsAsync(page, cancellation) is [var first, ..])
            throw new ArgumentException($"{first.Field} {first.Says}", nameof(page));
        await records.AddAsync(page, by.AsSystem(), cancellation: cancellation);
    }

    /// <summary>Closes a page; false where none of that name is open.</summary>
    /// <exception cref="NotEntitledException">The actor may not sign; nothing was written.</exception>
    public async ValueTask<bool> CloseAsync(string id, Actor by, CancellationToken cancellation = default)
    {
        Demand(by, "closing a sign-up page");
        if (await FindAsync(id, cancellation) is null)
            return false;
        await records.AddAsync(new SignUpPageClosed(id), by.AsSystem(), cancellation: cancellation);
        return true;
    }

    /// <summary>The page to which somebody who stopped this sender may come back: the one with the widest choice.</summary>
    public async ValueTask<SignUpPageOpened?> BackToAsync(string sender, CancellationToken cancellation = default) =>
        (await AllAsync(cancellation))
            .Where(page => page.Sender == sender)
            .OrderBy(page => page.Topics.IsEmpty ? int.MinValue : -page.Topics.Length)
            .FirstOrDefault();

    /// <summary>Sets how the public pages of a sender look. A colour that cannot be read there changes nothing of the buttons.</summary>
    /// <exception cref="NotEntitledException">The actor may not sign; nothing was written.</exception>
    /// <exception cref="ArgumentException">The colour is none, or the picture is of another kind or too large.</exception>
    public async ValueTask LookAsync(
        string sender,
        string? colour,
        ReadOnlyMemory<byte> logo,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        Demand(by, "how the public pages look");
        if (colour is not null && !PageLook.IsColour(colour))
            throw new ArgumentException("the colour is not #rrggbb", nameof(colour));
        var type = logo.IsEmpty ? "" : PageLook.MediaTypeOf(logo.Span);
        if (type is null || logo.Length > PageLook.GreatestLogo)
            throw new ArgumentException($"the logo is not PNG, JPEG or WebP of at most {PageLook.GreatestLogo} bytes", nameof(logo));
        var address = logo.IsEmpty ? null : $"data:{type};base64,{Convert.ToBase64String(logo.Span)}";
        await records.AddAsync(new SenderLookSet(sender, colour, address), by.AsSystem(), cancellation: cancellation);
    }

    static void Demand(Actor by, string what)
    {
        if (!by.May(Rights.Sign))
            throw new NotEntitledException(Rights.Sign, $"{what} needs the right to sign, which {by.Name} does not have");
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$")]
    private static partial Regex Slug();
}
