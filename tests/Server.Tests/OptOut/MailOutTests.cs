using System.Net;
using System.Net.Sockets;
using System.Text;
using MaySend.Reading;
using MaySend.Records.Outbox;
using MimeKit;

namespace MaySend.Server.Tests.OptOut;

/// <summary>How the server's own mails go out: by SMTP, and what stands in the way of a start.</summary>
public sealed class MailOutTests
{
    [Fact]
    public async Task A_confirmation_goes_out_by_SMTP_as_a_mail_that_no_machine_answers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = ReceiveAsync(listener);
        var folder = Directory.CreateTempSubdirectory("maysend-smtp-").FullName;
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "mail-out.json"),
            $$"""{"smtp": {"host": "127.0.0.1", "port": {{port}}, "security": "none", "from": "Lantern <hello@lantern.example>"} }"""
        );
        await using var server = await Running.StartAsync(folder);
        await Mailroom.OpenAsync(server, "news");
        var wish = new FormUrlEncodedContent([new("address", Running.Anna), new("yes", "1")]);
        (await server.Public.PostAsync("/s/news?lang=el", wish)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var message = await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(await received)));
        message.To.ToString().ShouldBe(Running.Anna);
        message.From.ToString().ShouldBe("\"Lantern\" <hello@lantern.example>");
        message.Subject.ShouldBe("Επιβεβαιώστε: μηνύματα, αποστολέας: Lantern Ltd");
        message.Headers[HeaderId.AutoSubmitted].ShouldBe("auto-generated");
        var link = message
            .TextBody!.Split('\n')
            .Select(line => line.Trim())
            .Single(line => line.StartsWith("http", StringComparison.Ordinal));
        (await server.Public.PostAsync(new Uri(link).AbsolutePath, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.EntriesAsync()).OfType<MaySend.Evidence.Entries.ConsentAnswered>().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("{}", "either `webhook` or `smtp`")]
    [InlineData("""{"webhook": {"url": "http://shop.example/mail", "secret": "0123456789abcdef"}}""", "not an https address")]
    [InlineData("""{"webhook": {"url": "https://shop.example/mail"}}""", "`secret` is missing")]
    [InlineData("""{"smtp": {"host": "mail.example", "from": "nobody"}}""", "`from` is not a mail address")]
    [InlineData("""{"smtp": {"host": "mail.example", "from": "a@b.example", "security": "some"}}""", "`some` is not known")]
    [InlineData("""{"smtp": {"host": "mail.example", "from": "a@b.example"}, "perHour": 0}""", "whole numbers from 1 on")]
    [InlineData("""{"smtp": {"host": "mail.example", "form": "a@b.example"}}""", "cannot be read")]
    public void A_file_that_is_wrong_is_told_and_nothing_starts(string text, string says)
    {
        var folder = Directory.CreateTempSubdirectory("maysend-mail-out-").FullName;
        File.WriteAllText(Path.Combine(folder, "mail-out.json"), text);
        Should.Throw<BadInputException>(() => MailOutFile.Read(folder, TimeProvider.System)).Message.ShouldContain(says);
    }

    /// <summary>Takes one message as a mail server does, and gives its text.</summary>
    static async Task<string> ReceiveAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mail.example");
        var message = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.Ordinal))
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync() is { } text and not ".")
                    message.Append(text.StartsWith("..", StringComparison.Ordinal) ? text[1..] : text).Append("\r\n");
            }
            else if (line.StartsWith("QUIT", StringComparison.Ordinal))
            {
                await writer.WriteLineAsync("221 bye");
                break;
            }
            await writer.WriteLineAsync("250 mail.example");
        }
        return message.ToString();
    }
}
