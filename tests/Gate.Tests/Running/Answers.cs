using System.Text;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Records;
using MaySend.Records.Inbound;
using MaySend.Records.OptOuts;

namespace MaySend.Gate.Tests.Running;

/// <summary>Mails that came back, taken onto a gate's record as the command and the server take them.</summary>
sealed class Answers(RunningGate gate)
{
    public async Task TakeAsync(ReadOnlyMemory<byte> mail, DateTimeOffset arrived)
    {
        var options = new RecordsOptions { DataFolder = gate.Folder };
        var records = new ServerRecords(gate.Store);
        var hooks = new InboundHooks(gate.Store, options);
        var intake = new MailIntake(new SignalIntake(gate.Store, records, new Inbox(gate.Store, records, options), hooks));
        var settings = hooks.Current.Mail;
        var reading = MailIntake.Read(
            mail,
            new MailEnvelope(null, [], arrived),
            await gate.Service<OptOutKeys>().AllAsync(),
            settings,
            options.Dns
        );
        await intake.RecordAsync(reading, Encoding.UTF8.GetString(mail.Span), settings, CancellationToken.None);
    }

    /// <summary>Everything new in a maildir.</summary>
    public async Task<int> ReadAsync(string maildir)
    {
        var read = 0;
        await ArrivedMail.ReadAsync(
            [maildir],
            async mail =>
            {
                await TakeAsync(mail.Octets, mail.Arrived);
                read++;
            },
            gate.Clock
        );
        return read;
    }

    /// <summary>Everything unread in a mailbox.</summary>
    public Task<int> ReadAsync(ReturnMailbox mailbox) =>
        new MailboxReader(mailbox, gate.Clock).ReadAsync(mail => TakeAsync(mail.Octets, mail.Arrived), true, CancellationToken.None);
}
