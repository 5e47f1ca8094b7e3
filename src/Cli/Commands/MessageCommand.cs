using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.Cli.Stores;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Mail.Messages;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Messages;
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
        var campaign = new Option<string?>("--campaign")
        {
            Description = "The campaign it is for: its file, a name in the sender's campaigns folder, or one on record.",
        };
        var sender = new Option<string?>("--sender")
        {
            Description = "The sender's folder; not needed if the campaign's file is in its folder campaigns.",
        };
        var (data, keys) = (StoreOptions.OptionalData(), StoreOptions.Keys());
        data.Description = "The store that has the sender on record.";
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var html = new Option<FileInfo?>("--html") { Description = "Write a page that shows the message with each finding marked." };
        var check = new Command("check", "Say what a message shows: who sends it, how its reader can opt out, and what is wrong with that.")
        {
            file,
            recipient,
            campaign,
            sender,
            data,
            keys,
            json,
            html,
        };
        check.Validators.Add(result =>
        {
            if (result.GetValue(campaign) is null && (result.GetValue(sender) ?? result.GetValue(data)) is not null)
                result.AddError("--sender and --data need a campaign: name it with --campaign");
        });
        check.SetAction(
            async (parsed, cancellation) =>
            {
                var message = Read(parsed.GetRequiredValue(file));
                var found = MessageCheck.Of(message, parsed.GetValue(recipient));
                if (parsed.GetValue(html) is { } page)
                    await File.WriteAllTextAsync(page.FullName, MessageReport.Html(message, found), cancellation);
                var named = parsed.GetValue(campaign) is { } name
                    ? await CampaignAsync(name, parsed.GetValue(sender), parsed.GetValue(data), parsed.GetValue(keys), cancellation)
                    : default((ControllerRecord Record, Campaign Campaign)?);
                var facts = named is { } known ? TemplateFacts.Of(found, known.Campaign, known.Record) : null;
                if (parsed.GetValue(json))
                    Console.WriteLine(Json(found, facts));
                else
                {
                    Write(found);
                    if (facts is not null)
                        Write(facts, named!.Value.Campaign);
                }
                var isFaulty = facts?.IsOverstated == true || found.Findings.Any(finding => finding.Weight == MailFindingWeight.Fault);
                return isFaulty ? ExitCode.CheckFailed : ExitCode.Done;
            }
        );
        return new Command("message", "Check a message before it is sent.") { check };
    }

    /// <summary>
    /// The campaign and what is on record about its sender; ends the operation where there is none, or a mail says nothing of it.
    /// </summary>
    static async Task<(ControllerRecord, Campaign)> CampaignAsync(
        string name,
        string? folder,
        string? location,
        string? keys,
        CancellationToken cancellation
    )
    {
        var named = location is null
            ? Inputs.ReadSender(folder ?? FolderOf(name), name)
            : await OnRecordAsync(name, folder, location, keys, cancellation);
        if (TemplateFacts.Unfit(named.Campaign) is { } unfit)
            throw new BadInputException(new Place("--campaign"), unfit, "a campaign by mail that names its template");
        return named;
    }

    static async Task<(ControllerRecord Controller, Campaign Campaign)> OnRecordAsync(
        string name,
        string? folder,
        string location,
        string? keys,
        CancellationToken cancellation
    )
    {
        await using var store = await OpenStore.OpenAsync(location, keys);
        var record = await store.Evidence.ControllerAsync(cancellation: cancellation);
        var described = await new CampaignsOnRecord(new ServerRecords(store.Evidence), store.Evidence).FindAsync(name, cancellation);
        return (record, Inputs.ReadCampaign(record, folder, name, described));
    }

    static string FolderOf(string campaign) =>
        Path.GetDirectoryName(Path.GetFullPath(campaign)) is { } campaigns && Path.GetFileName(campaigns) == "campaigns"
            ? Path.GetDirectoryName(campaigns)!
            : throw new BadInputException(
                new Place("--campaign"),
                "the file does not say whose campaign this is",
                "--sender FOLDER, or --data"
            );

    static string Json(MessageCheck check, TemplateFacts? facts)
    {
        var written = JsonSerializer.SerializeToNode(check, Shape)!.AsObject();
        if (facts is not null)
            written["template"] = JsonSerializer.SerializeToNode(facts, Shape);
        return written.ToJsonString(Shape);
    }

    static MimeMessage Read(FileInfo file)
    {
        var problems = new Problems();
        try
        {
            return MessageOctets.Parse(File.ReadAllBytes(file.FullName));
        }
        catch (FormatException)
        {
            problems.Add(new Place(file.FullName), "this is not an email message", "save it with its header, as .eml");
        }
        catch (FileNotFoundException)
        {
            problems.Add(new Place(file.FullName), "file not found", "give the path of a saved message");
        }
        problems.ThrowIfAny();
        throw new InvalidOperationException("a problem ends the reading");
    }

    static void Write(MessageCheck check)
    {
        void Line(bool good, string says) => AnsiConsole.MarkupLineInterpolated($"{(good ? "yes" : "no "), -4} {says}");
        Line(check.SenderIdentified, "the message says who sends it");
        Line(check.RefusalOffered, "it offers its reader a way to opt out");
        Line(check.StopAddress, "it gives an address to which a request to stop can be sent");
        Line(check.Unsubscribe.OneClick, "mail programs can opt out with one click (RFC 8058)");
        Line(!check.Tracking, "no image reports that it was opened");
        foreach (var finding in check.Findings)
            Console.WriteLine($"{finding.Weight.ToString().ToLowerInvariant(), -8} {finding.Place}: {finding.Says} [{finding.Cite}]");
    }

    static void Write(TemplateFacts facts, Campaign campaign)
    {
        var version = facts.Version is { } known ? $"{known}{(facts.IsSigned ? "" : ", not signed")}" : "no version in force";
        Console.WriteLine();
        Console.WriteLine($"template {facts.Template} of campaign {facts.Campaign} on {campaign.Day:yyyy-MM-dd}: {version}");
        foreach (var fact in facts.Facts)
        {
            var weight = fact.IsOverstated ? "fault" : "";
            Console.WriteLine(
                $"{weight, -8} {fact.Name}: on record {fact.OnRecord ?? "nothing"}, shown {fact.Shown ?? "nothing"}: {fact.Says}"
            );
        }
        Console.WriteLine();
        Console.WriteLine("for templates.yaml, to be completed and signed by somebody who may sign:");
        Console.WriteLine(facts.ToYaml(campaign).TrimEnd());
    }
}
