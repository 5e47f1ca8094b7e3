using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// A Mailchimp audience export: a ZIP with one CSV per state. The state is in the file's name and in no column. <c>OPTIN_TIME</c> blank
/// with <c>CONFIRM_TIME</c> set is the time of an import, not of a consent. Times carry no zone.
/// </summary>
static class MailchimpExport
{
    static readonly string[] States = ["unsubscribed", "nonsubscribed", "subscribed", "cleaned", "transactional"];

    public static readonly ImportFormat Audience = new(
        "mailchimp",
        "Mailchimp audience export (ZIP, or one CSV file from it under its own " + "name)"
    )
    {
        Headers =
        [
            ["Email Address", "OPTIN_TIME", "CONFIRM_TIME"],
        ],
        Aliases = ImmutableDictionary.CreateRange(
            StringComparer.OrdinalIgnoreCase,
            [
                KeyValuePair.Create<string, ImmutableArray<string>>(
                    "Email Address",
                    [
                        "Email",
                        "E-Mail-Adresse",
                        "E-mail",
                        "Adresse e-mail",
                        "Dirección de correo electrónico",
                        "Indirizzo email",
                        "Endereço de e-mail",
                    ]
                ),
            ]
        ),
        Optional = ["UNSUB_TIME", "UNSUB_REASON", "UNSUB_REASON_OTHER", "CLEAN_TIME", "CONFIRM_IP"],
        NameFault = name =>
            StateOf(name) is null
                ? "the name does not say the state of these people: subscribed_..., unsubscribed_..., nonsubscribed_..., cleaned_..."
                : null,
        Row = Read,
    };

    static string? StateOf(string fileName) =>
        States.FirstOrDefault(state =>
            fileName.StartsWith($"{state}_", StringComparison.OrdinalIgnoreCase)
            || fileName.StartsWith($"{state}-", StringComparison.OrdinalIgnoreCase)
        );

    static void Read(RowDraft draft)
    {
        var row = draft.Cells;
        var state = StateOf(draft.Table.FileName);
        var (optIn, confirmed) = (row.When("OPTIN_TIME", isRequired: false), row.When("CONFIRM_TIME", isRequired: false));
        var (stopped, cleaned) = (row.When("UNSUB_TIME", isRequired: false), row.When("CLEAN_TIME", isRequired: false));
        if (!draft.ReadAddress("Email Address"))
            return;
        // The strongest signal first; a time of unsubscribing counts in whatever file it stands.
        if (state == "unsubscribed" || stopped is not null)
            AddStop(draft, stopped);
        if (state == "cleaned")
            draft.AddUnnamed(new AddressFailed(cleaned ?? RowDraft.UnknownWhen, "", IsPermanent: true), "mailchimp");
        if (optIn is { } when)
            AddConsent(draft, when, confirmed);
        else if (confirmed is not null)
            draft.Claim("CONFIRM_TIME without OPTIN_TIME is the time of an import, not of a consent");
        else if (state == "subscribed")
            draft.Claim("`subscribed` without a time: a status, not a consent");
        if (state is "nonsubscribed" or "transactional")
            draft.Claim($"`{state}`: the platform holds the address without a subscription");
    }

    static void AddStop(RowDraft draft, When? when)
    {
        var reason = $"{draft.Cells.Text("UNSUB_REASON")} {draft.Cells.Text("UNSUB_REASON_OTHER")}";
        var isComplaint =
            reason.Contains("spam", StringComparison.OrdinalIgnoreCase) || reason.Contains("abuse", StringComparison.OrdinalIgnoreCase);
        draft.AddUnnamed(
            isComplaint ? draft.Refusal(when, "complaint", "objection", bindsAll: true) : draft.Refusal(when, "link"),
            "mailchimp"
        );
    }

    static void AddConsent(RowDraft draft, When when, When? confirmed)
    {
        // A single opt-in has both times alike; only a confirmation that came later, from an address of the network, came from the mailbox.
        var isDouble = confirmed is { } later && later.IsSurelyAfter(when) && draft.Cells.Optional("CONFIRM_IP") is not null;
        draft.AddUnnamed(
            new ConsentAnswered(when, "")
            {
                Channels = NameSet.Of("email"),
                Confirmed = isDouble ? confirmed : null,
                Point = draft.Options.Point,
                SignedUp = true,
            },
            "mailchimp"
        );
        if (draft.Options.Point is null)
            draft.Claim("OPTIN_TIME says when, not to what wording or by what act: name the form it came through (a collection point)");
    }
}
