using MailKit.Net.Smtp;
using MaySend.Client;
using MimeKit;

namespace MaySend.Samples;

/// <summary>Friday's mail: asks for each person, and sends what may go, each with its own way out.</summary>
static class FridaysMail
{
    public static async Task<int> SendAsync(MaySendClient maysend, SmtpClient mail, IEnumerable<string> list, string campaign)
    {
        var sent = 0;
        await foreach (var answer in maysend.AskManyAsync(list, campaign))
        {
            if (!answer.Send)
                continue;
            var link = await maysend.LinkAsync(answer.Address, sender: "lantern-ltd", campaign: campaign);
            var text = new TextPart { Text = $"...\n\nNo more offers: {link.Url}\n" };
            var message = new MimeMessage([new MailboxAddress("Lantern", "offers@lantern.example")], [], "Candles for spring", text);
            message.To.Add(MailboxAddress.Parse(answer.Address));
            foreach (var (name, value) in link.Headers)
                message.Headers.Add(name, value);
            await mail.SendAsync(message);
            sent++;
        }
        return sent;
    }
}
