using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// HubSpot contacts, under their labels. A legal basis is a choice from a list: a claim. "Legitimate interest - existing customer" is no
/// soft opt-in. An opt-out of one type has three states: blank is not no. Marketing contact status is billing. A hard bounce is no refusal.
/// </summary>
static class HubSpotExport
{
    const string LegalBasis = "Legal basis for processing contact's data";
    const string All = "Unsubscribed from all email";
    static readonly string[] OptedOutOf =
    [
        "Opted out of email:",
        "Abgemeldet von E-Mail:",
        "Abgemeldet:",
        "Désinscrit de l'e-mail :",
        "Désabonné de l'e-mail :",
        "Desinscrito del correo electrónico:",
    ];

    public static readonly ImportFormat Contacts = new("hubspot", "HubSpot contacts export")
    {
        Headers =
        [
            ["Record ID", "Email", LegalBasis],
            ["Record ID", "Email", "Unsubscribed from all email"],
            ["Record ID", "Email", "Marketing contact status"],
        ],
        Aliases = Labels,
        Optional = ["Additional email addresses", "Email hard bounce reason"],
        Layout = new CsvLayout { Dates = ["yyyy-MM-dd HH:mm"] },
        Row = Read,
    };

    /// <summary>HubSpot writes labels in the language of the user who exports.</summary>
    static ImmutableDictionary<string, ImmutableArray<string>> Labels =>
        new Dictionary<string, ImmutableArray<string>>
        {
            ["Record ID"] =
            [
                "Datensatz-ID",
                "ID d’enregistrement",
                "ID d'enregistrement",
                "ID de registro",
                "ID record",
                "Record-ID",
                "ID do registro",
                "Contact ID",
            ],
            ["Email"] = ["E-Mail", "E-mail", "Correo", "Correo electrónico", "E-mailadres"],
            ["Country/Region"] =
            [
                "Land/Region",
                "Pays/région",
                "Pays/Région",
                "País/región",
                "Paese/Area geografica",
                "Land/regio",
                "País/região",
                "Country",
            ],
            [All] =
            [
                "Von allen E-Mails abgemeldet",
                "Von allen E-Mails abgemeldet?",
                "Désabonné de tous les e-mails",
                "Désinscrit de tous les e-mails",
                "Desinscrito de todos los correos electrónicos",
                "Suscripción cancelada de todos los correos",
                "Iscrizione annullata a tutte le email",
                "Uitgeschreven voor alle e-mails",
                "Assinatura de todos os e-mails cancelada",
            ],
            [LegalBasis] =
            [
                "Rechtsgrundlage für die Verarbeitung von Kontaktdaten",
                "Base légale pour le traitement des données du contact",
                "Fundamento jurídico para el tratamiento de los datos del contacto",
                "Base giuridica per il trattamento dei dati del contatto",
                "Rechtsgrond voor de verwerking van contactgegevens",
            ],
            ["Email hard bounce reason"] = ["Grund für E-Mail-Hard-Bounce", "Raison du rebond définitif", "Motivo del rebote duro"],
            ["Additional email addresses"] =
            [
                "Zusätzliche E-Mail-Adressen",
                "Adresses e-mail supplémentaires",
                "Direcciones de correo adicionales",
            ],
        }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    static void Read(RowDraft draft)
    {
        var row = draft.Cells;
        var countries = row.HasColumn("Country/Region") ? row.Countries("Country/Region") : null;
        var all = Flag(row, All);
        var types = row.Header.Select(name => name.Trim()).Where(name => TypeOf(name) is not null && Flag(row, name) == true).ToList();
        if (!draft.ReadAddress("Email"))
            return;
        // What the person refuses, they refuse at their other addresses as well.
        var others = row.Text("Additional email addresses")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => draft.Read("Additional email addresses", text))
            .OfType<Address>()
            .ToList();
        var stops = types.Select(type => draft.Refusal(null, "import: opted out of a type", topics: draft.TopicOf(TypeOf(type)!))).ToList();
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

    static string? TypeOf(string column) =>
        OptedOutOf.FirstOrDefault(prefix => column.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } prefix
            ? column[prefix.Length..].Trim()
            : null;

    /// <summary>A yes in the language of the export; what is neither yes nor no in a column of opt-outs is a problem of the row.</summary>
    static bool? Flag(CsvRows row, string column) =>
        row.Optional(column) is { } text && StateWords.Flag(text) is { } known ? known : row.Flag(column);

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
