using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Mail.OptOut;
using MaySend.Records;
using MaySend.Records.OptOuts;
using MaySend.Records.Outbox;
using MaySend.Records.SignUps;

namespace MaySend.OptOut;

/// <summary>A page as it is shown in one language.</summary>
/// <param name="Page">What was opened.</param>
/// <param name="SenderName">The sender's name for people.</param>
/// <param name="Words">The texts.</param>
sealed record SignUpSheet(SignUpPageOpened Page, string SenderName, OptOutWords Words)
{
    /// <summary>How the sender wants its pages to look; null for the server's own look.</summary>
    public SenderLookSet? Look { get; init; }

    /// <summary>The words beside the box.</summary>
    public string Box => Words.With(Page.Topics.IsEmpty ? "join-tick" : "join-tick-topics", SenderName);

    /// <summary>Everything a person reads there that says what they agree to.</summary>
    public SignUpWording Wording =>
        new(
            string.Join(
                '\n',
                [Words.With("join-title", SenderName), Words["join-says"], Box, .. Page.Topics, Words["join-terms"], Page.Notice ?? ""]
            ),
            Box
        );
}

/// <summary>What the sign-up pages do: the mail that asks for the confirmation, and the confirmation.</summary>
sealed class SignUpDesk(
    SignUpPages pages,
    SignUpRegister register,
    MailOutbox outbox,
    MailLimits limits,
    OptOutKeys keys,
    OptOutStamp stamp,
    PublicAddress address,
    EvidenceStore store,
    ServerRecords records,
    RecordsOptions options,
    TimeProvider clock
)
{
    /// <summary>A page in a language; null where none of that name is open, or nobody sends its mails.</summary>
    public async ValueTask<SignUpSheet?> SheetAsync(string page, OptOutWords words, CancellationToken cancellation) =>
        outbox.IsOpen && await pages.FindAsync(page, cancellation) is { } opened
            ? new(opened, await NameAsync(opened.Sender, cancellation), words)
            {
                Look = (await records.ReadAsync(cancellation)).Looks.GetValueOrDefault(opened.Sender),
            }
            : null;

    /// <summary>False while too much is asked for from one place, or in all.</summary>
    public bool MayAsk(HttpContext context) => outbox.MayAsk(SourceOf(context));

    /// <summary>
    /// Asks the holder of an address to confirm. Nothing tells whoever filled in the form whether a mail went out: not the answer, and not
    /// its time.
    /// </summary>
    public void Ask(SignUpSheet sheet, Address whom, IReadOnlyList<string> topics)
    {
        if (!limits.TryTake(SignUpRegister.MailKind, whom))
            return;
        var (words, name) = (sheet.Words, sheet.SenderName);
        var wish = new SignUpWish(sheet.Page.Id, sheet.Wording.Digest, words.Language, [.. topics], whom, clock.GetUtcNow());
        var link = address.Of($"s/confirm/{keys.Seal(NotePurpose.SignUp, wish.ToWords())}");
        IEnumerable<string> parts =
        [
            words.With("mail-says", name),
            .. topics.Count == 0 ? Array.Empty<string>() : [string.Join('\n', topics.Select(topic => $"- {topic}"))],
            words["mail-link"],
            link,
            words["mail-not-you"],
        ];
        var text = string.Join("\n\n", parts);
        var mail = new OutgoingMail(
            SignUpRegister.MailKind,
            whom.Verbatim,
            sheet.Page.Sender,
            name,
            words.Language,
            words.With("mail-subject", name),
            text,
            link
        );
        void NotSent() => limits.GiveBack(SignUpRegister.MailKind, whom);
        if (!outbox.TryPost(mail, NotSent))
            NotSent();
    }

    /// <summary>
    /// What a link confirms, with the page in the words that were read; null for one that is none of ours, too old, or of words that are no
    /// longer asked.
    /// </summary>
    public async ValueTask<(SignUpWish Wish, SignUpSheet Sheet)?> ReadAsync(string note, CancellationToken cancellation)
    {
        if (
            SignUpWish.Read(await keys.ReadNoteAsync(NotePurpose.SignUp, note)) is not { } wish
            || (clock.GetUtcNow() - wish.At).Duration() > options.SignUpLasts
            || !OptOutTexts.All.TryGetValue(wish.Language, out var words)
            || await SheetAsync(wish.Page, words, cancellation) is not { } sheet
            || sheet.Wording.Digest != wish.Wording
            || wish.Topics.Except(sheet.Page.Topics).Any()
        )
            return null;
        return (wish, sheet);
    }

    /// <summary>Records what was confirmed, and gives the link that stops it again.</summary>
    public async ValueTask<string> ConfirmAsync(SignUpWish wish, SignUpSheet sheet, CancellationToken cancellation)
    {
        var contact = await register.ConfirmAsync(wish, sheet.Page, sheet.Wording, cancellation);
        if (contact is not { } known)
            throw new InvalidOperationException("a confirmed sign-up could not be recorded");
        var topic = wish.Topics is [var only] ? only : null;
        return (await stamp.IssueAsync(known, sheet.Page.Sender, "email", topic, null, null, SignUpRegister.By, cancellation)).Token;
    }

    /// <summary>"This was not me, never again."</summary>
    public ValueTask NeverAgainAsync(SignUpWish wish, CancellationToken cancellation) => register.NeverAgainAsync(wish, cancellation);

    async ValueTask<string> NameAsync(string sender, CancellationToken cancellation) =>
        (await store.ControllerAsync(cancellation: cancellation)).Senders.GetValueOrDefault(sender)?.Name is { Length: > 0 } name
            ? name
            : sender;

    /// <summary>Whence a request comes: of an IPv6 address the network, because one holder has very many.</summary>
    string SourceOf(HttpContext context)
    {
        var told = outbox.SourceHeader is { } header ? context.Request.Headers[header].ToString().Split(',')[^1].Trim() : "";
        var source = System.Net.IPAddress.TryParse(told, out var given) ? given : context.Connection.RemoteIpAddress;
        if (source is null)
            return "";
        if (source.IsIPv4MappedToIPv6)
            source = source.MapToIPv4();
        var octets = source.GetAddressBytes();
        return Convert.ToHexString(octets.Length == 16 ? octets.AsSpan(0, 8) : octets);
    }
}
