using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Mail.OptOut;
using MaySend.Records;
using MaySend.Records.OptOuts;
using MaySend.Records.Outbox;
using MaySend.Records.Requests;

namespace MaySend.OptOut;

/// <summary>What a fresh link opens.</summary>
/// <param name="Contact">Whose it is.</param>
/// <param name="SenderName">The sender whose page it was asked for on.</param>
/// <param name="Note">Names the link: what is asked for twice with it is asked for once.</param>
/// <param name="Notices">The privacy information that the person was given, newest first.</param>
sealed record Held(ContactId Contact, string SenderName, string Note, IReadOnlyList<string> Notices);

/// <summary>Sends fresh links to addresses on record, and takes what their holders ask for.</summary>
sealed class HeldDesk(
    RightsRequests requests,
    MailOutbox outbox,
    MailLimits limits,
    OptOutKeys keys,
    PublicAddress address,
    EvidenceStore store,
    ServerRecords records,
    RecordsOptions options,
    TimeProvider clock
)
{
    const string MailKind = "fresh-link";
    const int GreatestNotices = 20;
    const int LongestWording = 300;

    /// <summary>
    /// Sends a link to the address on record of whoever the opt-out link is about: never to one that was typed, and no more often than any
    /// mail of the server's own.
    /// </summary>
    public async Task SendAsync(OptOutToken read, OptOutWords words, CancellationToken cancellation)
    {
        if (
            !outbox.IsOpen
            || !ContactId.TryParse(read.Contact.ToString("x32", CultureInfo.InvariantCulture), out var id)
            || await store.Ledger.ContactAsync(id, cancellation) is not { Address: { Kind: AddressKind.Email } whom }
            || !limits.TryTake(MailKind, whom)
        )
            return;
        var sender = (await records.ReadAsync(cancellation)).Scopes.GetValueOrDefault(read.Scope)?.Sender ?? "";
        var name = await NameAsync(sender, cancellation);
        var at = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var link = address.Of($"h/{keys.Seal(NotePurpose.WhatIsHeld, [id.ToString(), sender, at])}?lang={words.Language}");
        var mail = new OutgoingMail(
            MailKind,
            whom.Verbatim,
            sender,
            name,
            words.Language,
            words.With("held-subject", name),
            $"{words.With("held-mail", name)}\n\n{link}",
            link
        );
        void NotSent() => limits.GiveBack(MailKind, whom);
        if (!outbox.TryPost(mail, NotSent))
            NotSent();
    }

    /// <summary>What a fresh link opens; null for one that is none of ours, too old, or whose holder is no longer on record.</summary>
    public async Task<Held?> ReadAsync(string note, CancellationToken cancellation)
    {
        if (
            await keys.ReadNoteAsync(NotePurpose.WhatIsHeld, note) is not [var contact, var sender, var seconds]
            || !ContactId.TryParse(contact, out var id)
            || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || (clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(at)).Duration() > options.FreshLinkLasts
            || await store.Ledger.ContactAsync(id, cancellation) is not { } known
        )
            return null;
        var dossier = await store.FindAsync(known.Address, cancellation: cancellation);
        var controller = await store.ControllerAsync(cancellation: cancellation);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{contact}\n{sender}\n{seconds}")))[..32];
        return new(id, await NameAsync(sender, cancellation), name, Notices(dossier, controller));
    }

    /// <summary>Takes a request; its number, or null where it asks for nothing that there is.</summary>
    public async Task<string?> AskAsync(Held held, string right, string words)
    {
        if (!RightsRequests.Rights.Contains(right))
            return null;
        var id = $"{right}-{held.Note}";
        // Not tied to the connection: who hangs up has asked all the same.
        return await requests.ReceiveAsync(held.Contact, id, right, words, CancellationToken.None) ? id : null;
    }

    /// <summary>What forms and notices told the person, as far as it is on record.</summary>
    static IReadOnlyList<string> Notices(Dossier dossier, ControllerRecord controller) =>
        [
            .. dossier
                .Entries.Select(recorded => recorded.Entry)
                .OrderByDescending(entry => entry.When, When.Order)
                .Select(entry => Notice(entry, controller))
                .OfType<string>()
                .Distinct()
                .Take(GreatestNotices),
        ];

    static string? Notice(ContactEntry entry, ControllerRecord controller)
    {
        var point = entry switch
        {
            DetailsCollected collected => collected.Point,
            ConsentAnswered consent => consent.Point,
            _ => null,
        };
        if (entry is NoticeServed)
            return $"{Day(entry)} · {entry.Id}";
        var wording = point is null
            ? null
            : controller
                .Points.FirstOrDefault(version =>
                    version.Point == point && version.From <= entry.When.Day && (version.Until is null || entry.When.Day < version.Until)
                )
                ?.Wording;
        return string.IsNullOrWhiteSpace(wording)
            ? null
            : $"{Day(entry)} · {(wording.Length > LongestWording ? wording[..LongestWording] + "…" : wording)}";
    }

    static string Day(ContactEntry entry) => entry.When.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    async ValueTask<string> NameAsync(string sender, CancellationToken cancellation) =>
        (await store.ControllerAsync(cancellation: cancellation)).Senders.GetValueOrDefault(sender)?.Name is { Length: > 0 } name
            ? name
            : sender;
}
