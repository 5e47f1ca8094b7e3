using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Records.Outbox;

namespace MaySend.Records.SignUps;

/// <summary>The words that a person read on a sign-up page.</summary>
/// <param name="Text">All of them, as one text.</param>
/// <param name="Box">Those beside the box.</param>
public sealed record SignUpWording(string Text, string Box)
{
    /// <summary>SHA-256, hexadecimal.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}

/// <summary>
/// Records what a person confirmed from their own address: consent on a page that this system served, the one act that lifts requests to
/// stop (model: coming back). It lifts what it names, and nothing else; it counts from when the box was ticked, so that whoever stopped
/// everything in between is not brought back by an older mail.
/// </summary>
public sealed class SignUpRegister(EvidenceStore store, MailLimits limits)
{
    /// <summary>The kind under which confirmation mails are counted.</summary>
    public const string MailKind = "confirm-sign-up";

    /// <summary>As whom what happens on these pages is recorded.</summary>
    public static readonly Actor By = new Actor("sign-up page", Rights.Record).AsSystem();

    /// <summary>Records a confirmed wish, with the wording as a form version; the same one again adds nothing.</summary>
    /// <param name="wish">What was asked for.</param>
    /// <param name="page">The page it was asked on.</param>
    /// <param name="wording">The words read there.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <returns>Whose it is.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot take it.</exception>
    public async ValueTask<ContactId?> ConfirmAsync(
        SignUpWish wish,
        SignUpPageOpened page,
        SignUpWording wording,
        CancellationToken cancellation = default
    )
    {
        var now = store.Clock.GetUtcNow();
        var form = Form(page, wish, wording);
        await store.RecordAsync(form, By, idempotencyKey: $"sign-up wording {wording.Digest}", cancellation: cancellation);
        var consent = new ConsentAnswered(When.Of(wish.At), $"sign-up {wish.Digest[..16]}")
        {
            To = NameSet.Of(page.Sender),
            Channels = NameSet.Of("email"),
            Topics = wish.Topics.IsEmpty ? NameSet.Everything : NameSet.Of(wish.Topics),
            Act = "unticked-box",
            ConditionOfService = false,
            Informed = true,
            SeparateRequest = true,
            ToldOfWithdrawal = true,
            Wording = form.Id,
            Point = form.Point,
            ObtainedThrough = "sender",
            Confirmed = When.Of(now),
            PurposeEnded = false,
            ServedHere = true,
        };
        var appended = await store.RecordAsync(
            wish.Address,
            consent,
            By,
            idempotencyKey: $"sign-up {wish.Digest}",
            despiteSuppression: true,
            cancellation: cancellation
        );
        limits.Confirmed(MailKind, wish.Address);
        if (appended.Outcome == AppendOutcome.Added)
            Meters.SignUps.Add(1);
        return appended.Contact;
    }

    /// <summary>
    /// "This was not me, never again": no such mail any more, and an objection to all marketing of every sender. Of an address that is not
    /// on record only the suppression is kept.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The store cannot take it.</exception>
    public async ValueTask NeverAgainAsync(SignUpWish wish, CancellationToken cancellation = default)
    {
        limits.Never(MailKind, wish.Address);
        if ((await store.Ledger.RecogniseAsync(wish.Address, cancellation)).Contact is null)
        {
            await store.SuppressAsync(wish.Address, "sign-up page: never again", cancellation);
            return;
        }
        await store.RecordAsync(
            wish.Address,
            new RefusalMade(When.Of(store.Clock.GetUtcNow()), $"never again {wish.Digest[..16]}")
            {
                Senders = NameSet.Everything,
                Channels = NameSet.Everything,
                Topics = NameSet.Everything,
                Kind = "objection",
                How = "form",
            },
            By,
            cancellation: cancellation
        );
    }

    /// <summary>
    /// The wording as a form version. Each wording is a point of its own, so that two languages of one day do not contradict each other.
    /// </summary>
    static CollectionPointVersion Form(SignUpPageOpened page, SignUpWish wish, SignUpWording wording)
    {
        var point = $"sign-up {page.Id} {wish.Language} {wording.Digest[..16]}";
        return new(point, point)
        {
            From = page.Signature.On,
            Wording = wording.Text,
            Shown = new Shown
            {
                ConsentAsked = true,
                NoticeNamedMarketing = true,
                NoticeGiven = page.Notice is null ? null : true,
            },
            Boxes =
            [
                new Box("yes", BoxKind.OptIn)
                {
                    TickedByDefault = false,
                    Senders = NameSet.Of(page.Sender),
                    Channels = NameSet.Of("email"),
                    Topics = page.Topics.IsEmpty ? NameSet.Everything : NameSet.Of(page.Topics),
                    Wording = wording.Box,
                    Informed = true,
                    SeparateRequest = true,
                    ToldOfWithdrawal = true,
                    ConditionOfService = false,
                    Ongoing = true,
                },
            ],
        };
    }
}
