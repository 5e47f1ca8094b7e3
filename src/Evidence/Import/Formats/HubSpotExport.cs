using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// HubSpot contacts, under their labels. A legal basis is a choice from a list: a claim. "Legitimate interest - existing customer" is no
/// soft opt-in. An
/// opt-out of one type has three states:
/// blank is not no. Marketing contact status is billing. A hard bounce is no refusal.
/// </summary>
static class HubSpotExport
{
    const string LegalBasis = "Legal basis for processing contact's data";
    const string OptedOutOf = "Opted out of email:";

    public static readonly ImportFormat Contacts = new("hubspot", "HubSpot contacts export")
    {
        Headers =
        [
            ["Record ID", "Email", LegalBasis],
            ["Record ID", "Email", "Unsubscribed from all email"],
            ["Record ID", "Email", "Marketing contact status"],
        ],
        Row = Read,
    };

    static void Read(RowDraft draft)
    {
        var row = draft.Cells;
        var countries = row.HasColumn("Country/Region") ? row.Countries("Country/Region") : null;
        var all = row.Flag("Unsubscribed from all email");
        var types = row
            .Header.Select(name => name.Trim())
            .Where(name => name.StartsWith(OptedOutOf, StringComparison.OrdinalIgnoreCase) && row.Flag(name) == true)
            .ToList();
        if (!draft.ReadAddress("Email"))
            return;
        // What the person refuses, they refuse at their other addresses as well.
        var others = row.Text("Additional email addresses")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => draft.Read("Additional email addresses", text))
            .OfType<Address>()
            .ToList();
        var stops = types
            .Select(type => draft.Refusal(null, "import: opted out of a type", topics: draft.TopicOf(type[OptedOutOf.Length..].Trim())))
            .ToList();
        if (all == true)
            stops.Add(draft.Refusal(null, "import: unsubscribed from all email"));
        foreach (var stop in stops.DistinctBy(stop => (stop.Topics, stop.How)))
        foreach (var address in others.Prepend(draft.Address!))
            draft.AddUnnamed(stop, "hubspot", address);
        if (row.Optional("Email hard bounce reason") is not null)
            draft.AddUnnamed(new AddressFailed(RowDraft.UnknownWhen, "", IsPermanent: true), "hubspot");
        if (countries is not null)
            draft.AddUnnamed(new DetailsStated(RowDraft.UnknownWhen, "") { Countries = countries }, "hubspot");
        foreach (var basis in row.Text(LegalBasis).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            draft.Claim(ClaimOf(basis));
    }

    static string ClaimOf(string basis) =>
        basis.ToLowerInvariant() switch
        {
            "legitimate interest - existing customer" =>
                "legal basis `legitimate interest - existing customer`: a choice from a list; no assessment, and no "
                    + "evidence for a soft opt-in",
            "legitimate interest - prospect/lead" =>
                "legal basis `legitimate interest - prospect/lead`: a choice from a list; no assessment",
            "freely given consent from contact" =>
                "legal basis `freely given consent from contact`: no time, wording or act, so no consent",
            "performance of a contract" => "legal basis `performance of a contract`: does not carry marketing",
            "not applicable" => "legal basis `not applicable`: says nothing",
            _ => "a legal basis outside the platform's list: a claim",
        };
}
