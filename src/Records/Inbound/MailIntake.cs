using System.Collections.Immutable;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Mail.OptOut;
using MaySend.Records.OptOuts;

namespace MaySend.Records.Inbound;

/// <summary>
/// Takes mails that came back to a feedback, bounce or opt-out address, whichever door brought them: reads what each says, and puts on
/// record what is proved. What may be a request to stop and is not proved waits for a person.
/// </summary>
public sealed class MailIntake(SignalIntake intake)
{
    /// <summary>Reads one mail. Never throws on what it holds.</summary>
    /// <param name="mail">Its octets.</param>
    /// <param name="envelope">How it came.</param>
    /// <param name="keys">Every key that ever issued an opt-out link.</param>
    /// <param name="settings">What is known of mails that come back.</param>
    /// <param name="dns">Where the keys of signatures are looked up.</param>
    public static InboundReading Read(
        ReadOnlyMemory<byte> mail,
        MailEnvelope envelope,
        OptOutKeyRing keys,
        ReturnMail settings,
        ITextRecords dns
    ) =>
        new InboundMail(new OwnTokens(keys, _ => OptOutKeys.Tenant), new AnySenderProof([.. Proofs(settings, new DkimKeys(dns))])).Read(
            mail,
            envelope
        );

    static IEnumerable<ISenderProof> Proofs(ReturnMail settings, DkimKeys keys)
    {
        if (settings.Server is { } server)
            yield return new TrustedResults(server);
        yield return new DkimSignatures(keys);
        if (settings.Sealers.Count > 0)
            yield return new SealedResults(keys, settings.Sealers);
    }

    /// <summary>Puts on record what mails were read to say, and keeps for a person what could not be read.</summary>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">The store does not take it: the mail must be given again.</exception>
    public async Task<IntakeCounts> RecordAsync(InboundReading reading, string mail, ReturnMail settings, CancellationToken cancellation)
    {
        // Mails come from no platform; the hook says only whose messages they answer.
        var hook = new InboundHook(new(WebhookPlatform.Listmonk), settings.Sender, ImmutableDictionary<string, string>.Empty);
        var counts = await intake.RecordAsync(hook, reading.Signals, cancellation);
        return reading.Signals.Count > 0 ? counts : await intake.KeepUnreadAsync("mail", counts, reading.Problems, mail, cancellation);
    }
}
