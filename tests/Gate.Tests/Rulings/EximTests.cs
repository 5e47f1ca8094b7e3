using MailKit.Security;
using MaySend.Gate.Tests.Running;
using MimeKit;
using SmtpClient = MailKit.Net.Smtp.SmtpClient;

namespace MaySend.Gate.Tests.Rulings;

/// <summary>Behind a real Exim, by the configuration of docs/operating.md.</summary>
public sealed class EximTests
{
    [Fact]
    public async Task Of_four_recipients_two_get_the_message_with_a_link_of_their_own_and_two_are_returned_with_the_reason()
    {
        var (program, why) = await Exim.ProgramAsync();
        if (program is null)
            Assert.Skip(why);
        await using var gate = await RunningGate.StartAsync(back: RunningGate.FreePort());
        await using var exim = await Exim.StartAsync(program, gate.Port, gate.HopPort, gate.Hop.Port);
        string[] four = [RunningGate.Anna, RunningGate.Ben, RunningGate.Carla, RunningGate.Dan];
        using (var client = new SmtpClient())
        {
            await client.ConnectAsync("127.0.0.1", exim.Port, SecureSocketOptions.None);
            await client.SendAsync(
                await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(RunningGate.Message))),
                new MailboxAddress("", "news@lantern.example"),
                four.Select(address => new MailboxAddress("", address))
            );
        }
        await Wait.UntilAsync(() => gate.Hop.Messages.Count >= 3 && exim.Queued == 0, () => exim.Log);

        var delivered = gate.Hop.Messages.Where(message => message.From == "news@lantern.example").ToList();
        delivered.Select(message => message.To).Order().ToList().ShouldBe([RunningGate.Anna, RunningGate.Ben], customMessage: exim.Log);
        var links = delivered.Select(message => message.Fields("List-Unsubscribe").ShouldHaveSingleItem()).ToList();
        links.ShouldAllBe(link => link.StartsWith("<https://stop.lantern.example/o/"));
        links[0].ShouldNotBe(links[1]);

        var returned = gate.Hop.Messages.Where(message => message.From == "").ToList();
        returned.ShouldAllBe(message => message.To == "news@lantern.example");
        var said = string.Concat(returned.Select(message => message.Body)).ReplaceLineEndings(" ");
        foreach (var words in new[] { RunningGate.Carla, RunningGate.Dan, "verdict=refused", "verdict=not-shown", "5.7.1" })
            said.ShouldContain(words);
        said.ShouldNotContain(RunningGate.Anna);
    }
}
