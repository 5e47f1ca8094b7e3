using System.Globalization;
using System.Text;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Mail.Messages;

namespace MaySend.Records.Messages;

/// <summary>
/// The facts of the template that a campaign names, filled from a message as it would leave, for whoever signs the template. A message
/// shows some of them, and nothing is on record by looking: what is shown counts once it is recorded, and for sending only once it is
/// signed.
/// </summary>
/// <param name="Campaign">The campaign's id.</param>
/// <param name="Template">The template it names.</param>
/// <param name="Version">The version in force on the campaign's first day; null where there is none.</param>
/// <param name="IsSigned">Somebody has signed that version.</param>
/// <param name="Facts">Every fact, those first that the record overstates.</param>
public sealed record TemplateFacts(string Campaign, string Template, string? Version, bool IsSigned, IReadOnlyList<TemplateFact> Facts)
{
    /// <summary>True where the record claims what the message does not show.</summary>
    public bool IsOverstated => Facts.Any(fact => fact.IsOverstated);

    /// <summary>Why a mail message says nothing about this campaign; null where it does.</summary>
    public static string? Unfit(Campaign campaign) =>
        campaign.Channel != "email" ? $"the campaign goes out by {campaign.Channel}, and this is an email message"
        : campaign.Template is null ? "the campaign names no template"
        : null;

    /// <summary>Fills the facts from what a message shows.</summary>
    /// <param name="check">The message, looked at.</param>
    /// <param name="campaign">A campaign by mail that names a template (see <see cref="Unfit"/>).</param>
    /// <param name="controller">What is on record about the sender.</param>
    public static TemplateFacts Of(MessageCheck check, Campaign campaign, ControllerRecord controller)
    {
        var version = controller.TemplateOn(campaign.Template, campaign.Day, campaign.Day);
        var unfilled = check.Findings.Any(finding => finding.Code == MailFindingCode.PlaceholderUnfilled);
        TemplateFact Flag(string name, bool? onRecord, bool? shown, string says) => new(name, Word(onRecord), Word(shown), says);
        TemplateFact Untold(string name, bool? onRecord) => Flag(name, onRecord, null, "no message can show it");
        return new(
            campaign.Id,
            campaign.Template!,
            version?.Id,
            version?.Signature is not null,
            [
                .. new[]
                {
                    Flag(
                        "refusalOffered",
                        version?.RefusalOffered,
                        check.RefusalOffered,
                        check.RefusalOffered ? "the reader sees a way to stop" : "the reader sees no way to stop"
                    ),
                    Untold("refusalSimple", version?.RefusalSimple),
                    Untold("refusalFree", version?.RefusalFree),
                    Flag(
                        "refusalWorks",
                        version?.RefusalWorks,
                        unfilled ? false : null,
                        unfilled ? "the way to stop still holds a placeholder" : "no message can show it: try the link of a copy"
                    ),
                    Flag(
                        "senderIdentified",
                        version?.SenderIdentified,
                        check.SenderIdentified,
                        check.SenderIdentified ? "the message says who sends it" : "the message does not say who sends it"
                    ),
                    Flag(
                        "stopAddressValid",
                        version?.StopAddressValid,
                        check.StopAddress ? null : false,
                        check.StopAddress ? "there is an address; no message can show whether somebody reads it" : "there is no address"
                    ),
                    Untold("commercialNatureClear", version?.CommercialNatureClear),
                    Untold("statesRightToObject", version?.StatesRightToObject),
                    Untold("carriesPrivacyNotice", version?.CarriesPrivacyNotice),
                    new(
                        "tracking",
                        version?.Tracking,
                        check.Tracking ? "opens" : null,
                        check.Tracking
                            ? "an image reports that the message was opened"
                            : "no such image was found; no message can show whether links are counted"
                    ),
                }.OrderByDescending(fact => fact.IsOverstated),
            ]
        );
    }

    /// <summary>
    /// A version for <c>templates.yaml</c> with what the message shows, to be completed and signed. What it cannot show stands there as a
    /// comment, and means "not known" until somebody says it.
    /// </summary>
    /// <param name="campaign">The campaign that was looked at.</param>
    public string ToYaml(Campaign campaign)
    {
        var day = campaign.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var yaml = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"templates:\n  {Template}:\n    - version: {Template}@{day}\n")
            .Append(CultureInfo.InvariantCulture, $"      sender: {campaign.Sender}\n      from: {day}\n");
        foreach (var fact in Facts.OrderBy(fact => fact.Shown is null))
        {
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(fact.Name);
            yaml.Append(fact.Shown is { } shown ? $"      {name}: {shown}  # {fact.Says}\n" : $"      # {name}:  ({fact.Says})\n");
        }
        return yaml.Append("      # signed: {by: , on: , reason: }\n").ToString();
    }

    static string? Word(bool? fact) =>
        fact switch
        {
            true => "yes",
            false => "no",
            null => null,
        };
}
