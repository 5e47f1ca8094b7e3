using MaySend.Client;
using MimeKit;

namespace MaySend.Samples;

/// <summary>Friday's mail: asks for each person, and gives what may go to whoever sends it.</summary>
static class FridaysMail
{
    public static async IAsyncEnumerable<MimeMessage> ToAsync(MaySendClient maysend, IEnumerable<string> list, string campaign)
    {
        await foreach (var answer in maysend.AskManyAsync(list, campaign))
        {
            if (!answer.Send)
                continue;
            var link = await maysend.LinkAsync(answer.Address, sender: "lantern-ltd", campaign: campaign);
            var message = new MimeMessage
            {
                Subject = "Candles for spring",
                Body = new TextPart { Text = $"...\n\nNo more offers: {link.Url}\n" },
            };
            message.From.Add(MailboxAddress.Parse("offers@lantern.example"));
            message.To.Add(MailboxAddress.Parse(answer.Address));
            foreach (var (name, value) in link.Headers)
                message.Headers.Add(name, value);
            yield return message;
        }
    }
}
