using System.Security.Cryptography;
using System.Text;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;

namespace MaySend.Gate.Rulings;

/// <summary>One recipient of one message.</summary>
/// <param name="Campaign">The campaign's id.</param>
/// <param name="Recipient">RCPT TO.</param>
/// <param name="Message">Names the message, see <see cref="Messages.MessageKey"/>; blank where there is none yet.</param>
sealed record RecipientAsked(string Campaign, string Recipient, string Message);

/// <summary>A ruling, with what it takes to send or to keep it.</summary>
/// <param name="Ruling">What to do.</param>
/// <param name="Address">The recipient; null where nothing was decided.</param>
/// <param name="Answer">What was decided; null where nothing was.</param>
sealed record Ruled(Ruling Ruling, Address? Address = null, Answer? Answer = null)
{
    /// <summary>The next hop has taken this very message before: it is acknowledged, and not sent once more.</summary>
    public bool IsSentAlready { get; init; }
}

/// <summary>An intent to send that is on disk.</summary>
/// <param name="Id">Names it; the message that follows bears the same id.</param>
/// <param name="Ruled">On what it rests.</param>
sealed record Intent(string Id, Ruled Ruled);

/// <summary>Rules on each recipient, and keeps on record what was ruled and what was done on it.</summary>
sealed class RecipientRulings(EvidenceStore store, GateAsking asking, SentLog sent)
{
    /// <summary>What may go out about this recipient now. Nothing is kept.</summary>
    public async Task<Ruled> AskAsync(RecipientAsked asked, CancellationToken cancellation)
    {
        if (Address.Email(asked.Recipient).Address is not { } address)
            return new(new(RulingAnswer.Refuse, "not-shown", "not-an-address", ""));
        if (await asking.AskAsync(asked.Campaign, address, cancellation) is not { } answer)
            return new(Ruling.Undecided("campaign-not-on-record"));
        if (asked.Message.Length > 0 && Attempts(answer.Dossier, asked.Message) is { Count: > 0 } attempts)
        {
            var gone = Sent(answer.Dossier).Select(message => message.Id).ToHashSet();
            if (attempts.Any(attempt => gone.Contains(attempt.Id) || sent.Holds(attempt.Id)))
                return new(RulingOf(answer), address, answer) { IsSentAlready = true };
            // A crash, or a next hop that was cut off, left it half done: it is one message, and does not stand in its own way.
            if (Open(answer.Dossier, attempts) is { Count: > 0 } open)
            {
                await AbandonAsync(address, open, "tried-again", cancellation);
                return await AskAsync(asked, cancellation);
            }
        }
        return new(RulingOf(answer), address, answer);
    }

    /// <summary>Keeps a decision by which nothing goes out. The same one again adds nothing; nothing is kept about strangers.</summary>
    public async Task KeepAsync(Ruled ruled, CancellationToken cancellation)
    {
        if (ruled is { Address: not null, Answer: { CanBeLogged: true } answer })
            await store.RecordAsync([asking.Kept(answer)], cancellation);
    }

    /// <summary>
    /// Puts the intent to send on disk with its decision. Null when something else came on record about the person meanwhile, from
    /// whichever process: then it must be asked once more.
    /// </summary>
    public async Task<Intent?> IntendAsync(RecipientAsked asked, Ruled ruled, CancellationToken cancellation)
    {
        var (address, answer) = (ruled.Address!, ruled.Answer!);
        var number = Attempts(answer.Dossier, asked.Message).Count;
        var id = $"{asked.Message[..16]}-{number}";
        var intent = new SendIntended(When.Of(store.Clock.GetUtcNow()), id, answer.Campaign.Sender, answer.Campaign.Channel)
        {
            Campaign = answer.Campaign.Id,
            Decision = answer.Id.ToString(),
            Template = answer.Campaign.Template,
            Message = asked.Message,
        };
        var appended = await store.RecordAsync(
            [asking.Kept(answer), new NewEntry(address, intent, GateAsking.By) { IdempotencyKey = $"intent {id}" }],
            cancellation
        );
        // Suppressed, erased, or another process at the same message: not ours to send.
        if (appended[1] is not { Outcome: AppendOutcome.Added, Position: { } ours })
            return null;
        // Nothing came between what was looked at and what was written: that is the rule, and costs no second look.
        var between = ours.Seq - answer.Dossier.Position.Contact.Seq - appended.Count(one => one.Outcome == AppendOutcome.Added);
        if (between == 0 || !await IsOvertakenAsync(answer, address, ours, cancellation))
            return new(id, ruled);
        await AbandonAsync(address, [intent], "overtaken", cancellation);
        return null;
    }

    /// <summary>The next hop has it: the message is on record soon, with others. Until then its intent stands for it.</summary>
    public void Sent(Intent intent)
    {
        var answer = intent.Ruled.Answer!;
        var message = new MessageSent(When.Of(store.Clock.GetUtcNow()), intent.Id, answer.Campaign.Sender, answer.Campaign.Channel, true)
        {
            Template = answer.Campaign.Template,
            Decision = answer.Id.ToString(),
        };
        sent.Add(new NewEntry(intent.Ruled.Address!, message, GateAsking.By) { IdempotencyKey = $"sent {intent.Id}" });
    }

    /// <summary>The next hop did not take it.</summary>
    public void NotSent(Intent intent) => sent.Add(Abandoned(intent.Ruled.Address!, intent.Id, "next-hop"));

    /// <summary>
    /// Others' entries share the partition, and what is kept of decisions changes nothing: only this person's count, and only those before
    /// the intent. What comes after it finds the intent on record.
    /// </summary>
    async Task<bool> IsOvertakenAsync(Answer answer, Address address, LedgerPosition ours, CancellationToken cancellation)
    {
        var now = await store.FindAsync(address, cancellation: cancellation);
        var from = answer.Dossier.Position.Contact.Seq;
        return now.Contact != answer.Dossier.Contact
            || now.Suppressions.Length != answer.Dossier.Suppressions.Length
            || now.Waiting.Length > answer.Dossier.Waiting.Length
            || now.Entries.Any(recorded =>
                recorded.Position.Seq > from && recorded.Position.Seq < ours.Seq && recorded.Entry is not DecisionMade
            );
    }

    async Task AbandonAsync(Address address, IEnumerable<SendIntended> intents, string because, CancellationToken cancellation) =>
        await store.RecordAsync([.. intents.Select(intent => Abandoned(address, intent.Id, because))], cancellation);

    NewEntry Abandoned(Address address, string id, string because) =>
        new(address, new SendAbandoned(When.Of(store.Clock.GetUtcNow()), $"{id} {because}", id, because), GateAsking.By)
        {
            IdempotencyKey = $"abandoned {id}",
        };

    static List<SendIntended> Attempts(Dossier dossier, string message) =>
        [.. dossier.Entries.Select(recorded => recorded.Entry).OfType<SendIntended>().Where(intent => intent.Message == message)];

    static IEnumerable<MessageSent> Sent(Dossier dossier) => dossier.Entries.Select(recorded => recorded.Entry).OfType<MessageSent>();

    static List<SendIntended> Open(Dossier dossier, List<SendIntended> attempts)
    {
        var over = dossier.Entries.Select(recorded => recorded.Entry).OfType<SendAbandoned>().Select(entry => entry.IntentId).ToHashSet();
        return attempts.FindAll(attempt => !over.Contains(attempt.Id));
    }

    static Ruling RulingOf(Answer answer)
    {
        var (verdict, reference) = (answer.Verdict.Word(), Reference(answer));
        if (answer.Campaign.Channel != "email")
            return new(RulingAnswer.Refuse, verdict, "campaign-is-not-by-email", reference);
        var reason = answer.Decision.Reason.Code;
        if (answer.Send)
            return new(RulingAnswer.Send, verdict, reason, reference);
        if (answer.Verdict != Verdict.Permitted)
            return new(RulingAnswer.Refuse, verdict, reason, reference);
        var because = answer.Sending.Reasons[0];
        return new(
            because is Sending.ItsDayHasPassed or Sending.ChannelDoesNotReachIt ? RulingAnswer.Refuse : RulingAnswer.Later,
            verdict,
            because,
            reference
        );
    }

    /// <summary>
    /// A digest, as the id itself names the contact and a reply may say nothing of the person; blank about strangers, of whom nothing is
    /// kept.
    /// </summary>
    static string Reference(Answer answer) =>
        answer.Dossier.Contact is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer.Id.ToString())))[..12];
}
