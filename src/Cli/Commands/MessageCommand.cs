using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.Mail.Messages;
using MaySend.Reading;
using MimeKit;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend message check</c>: looks at a message before it goes.</summary>
static class MessageCommand
{
    static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static Command Make()
    {
        var file = new Argument<FileInfo>("file") { Description = "The message as it would leave (.eml)." };
        var recipient = new Option<string?>("--recipient")
        {
            Description = "Whose copy it is, to look for their address in the opt-out link.",
        };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var html = new Option<FileInfo?>("--html") { Description = "Write a page that shows the message with each finding marked." };
        var check = new Command("check", "Say what a message shows: who sends it, how its reader can opt out, and what is wrong with that.")
        {
            file,
            recipient,
            json,
            html,
        };
        check.SetAction(parsed =>
            Check(parsed.GetRequiredValue(file), parsed.GetValue(recipient), parsed.GetValue(json), parsed.GetValue(html))
        );
        return new Command("message", "Look at a message before it goes.") { check };
    }

    static int Check(FileInfo file, string? recipient, bool json, FileInfo? html)
    {
        var message = Read(file);
        var check = MessageCheck.Of(message, recipient);
        if (html is not null)
            File.WriteAllText(html.FullName, MessageReport.Html(message, check));
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(check, Shape));
        else
            Write(check);
        return check.Findings.Any(finding => finding.Weight == MailFindingWeight.Fault) ? ExitCode.CheckFailed : ExitCode.Done;
    }

    static MimeMessage Read(FileInfo file)
    {
        var problems = new Problems();
        try
        {
            using var stream = file.OpenRead();
            return MimeMessage.Load(stream);
        }
        catch (FormatException)
        {
            problems.Add(new Place(file.FullName), "this is no mail message", "save it with its header, as .eml");
        }
        catch (FileNotFoundException)
        {
            problems.Add(new Place(file.FullName), "there is no such file", "give the path of a saved message");
        }
        problems.ThrowIfAny();
        throw new InvalidOperationException("a problem ends the reading");
    }

    static void Write(MessageCheck check)
    {
        void Line(bool good, string says) => AnsiConsole.MarkupLineInterpolated($"{(good ? "yes" : "no "), -4} {says}");
        Line(check.SenderIdentified, "the message says who sends it");
        Line(check.RefusalOffered, "its reader is offered a way to opt out");
        Line(check.StopAddress, "it gives an address to which a request to stop can be sent");
        Line(check.Unsubscribe.OneClick, "mail programs can opt out with one click (RFC 8058)");
        Line(!check.Tracking, "no image reports that it was opened");
        foreach (var finding in check.Findings)
            Console.WriteLine($"{finding.Weight.ToString().ToLowerInvariant(), -8} {finding.Place}: {finding.Says} [{finding.Cite}]");
    }
}
