using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Evidence.Import.Formats;

/// <summary>The formats there are. Our own are the companion files of a screening, under the same column names; a mapping file gives them
/// another header.</summary>
public static class ImportFormats
{
    static readonly ImmutableArray<ImportFormat> Platforms =
    [
        MailchimpExport.Audience,
        ShopifyExport.Orders,
        ShopifyExport.Customers,
        WooCommerceExport.Customers,
        HubSpotExport.Contacts,
        KlaviyoExport.Profiles,
        ListmonkExport.Subscribers,
        WooCommerceOrders.Orders,
        .. DescribedExport.All,
    ];

    static readonly ImmutableArray<(ImportFormat Format, CompanionFile File)> Generic =
    [
        Own("orders", CompanionFiles.Collections, "order"),
        Own("consents", CompanionFiles.Consents, "consent"),
        Own("refusals", CompanionFiles.Refusals, "refusal"),
        Own("sends", CompanionFiles.Sends, "send"),
        Own("checks", CompanionFiles.Checks, "check"),
        Own("bounces", CompanionFiles.Bounces, "bounce"),
        Own("contacts", CompanionFiles.People, "details"),
    ];

    /// <summary>Every format.</summary>
    public static readonly ImmutableArray<ImportFormat> All = [.. Platforms, .. Generic.Select(own => own.Format)];

    /// <summary>The columns of a generic format; null for a platform's.</summary>
    public static IReadOnlyList<CsvColumn>? ColumnsOf(string format) =>
        Generic.Where(own => own.Format.Name == format).Select(own => own.File.Columns).FirstOrDefault();

    /// <summary>A format by its name; null when there is none.</summary>
    public static ImportFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>
    /// The platform whose header and file name these are, or the one of our own formats that they can only be; null when they are none's.
    /// </summary>
    internal static ImportFormat? Recognise(IReadOnlyCollection<string> header, string fileName, CsvLayout chosen)
    {
        var name = Folded.Of(fileName);
        // Several may know a header: the one that names most of it. Of equals the first stands.
        return Platforms
                .Where(format => format.FileNames.IsEmpty || format.FileNames.Any(word => name.Contains(word, StringComparison.Ordinal)))
                .Select(format => (Format: format, Named: format.NamedIn(header, format.With(chosen, header))))
                .Where(known => known.Named > 0)
                .OrderByDescending(known => known.Named)
                .Select(known => known.Format)
                .FirstOrDefault()
            ?? OwnFormats.Recognise(Generic, header, fileName, chosen);
    }

    static (ImportFormat, CompanionFile) Own(string name, CompanionFile file, string prefix) => (Format(name, file, prefix), file);

    static ImportFormat Format(string name, CompanionFile file, string prefix) =>
        new(name, file.Says)
        {
            IsGeneric = true,
            IsRegister = name is "refusals" or "sends" or "checks" or "bounces",
            Headers =
            [
                [.. file.Columns.Where(column => column.IsRequired).Select(column => column.Name)],
            ],
            Row = draft =>
            {
                var isThere = draft.ReadAddress("address");
                // Read even without an address, so that everything wrong with the row is said at once.
                if (file.Read(draft.Cells) is not { } entry || !isThere)
                    return;
                if (draft.Cells.Optional("id") is null)
                    draft.AddUnnamed(Owned(entry, draft), prefix);
                else
                    draft.Add(Owned(entry, draft));
                if (RegisterNumber.Missing(entry) is { } missing)
                    draft.Claim(missing);
            },
        };

    /// <summary>The sender and the collection point chosen for the whole file, where the row names none.</summary>
    static ContactEntry Owned(ContactEntry entry, RowDraft draft) =>
        entry switch
        {
            DetailsCollected collection => collection with
            {
                ObtainedBy = collection.ObtainedBy ?? draft.Options.Sender,
                Point = collection.Point ?? draft.Options.Point,
            },
            ConsentAnswered consent => consent with { Point = consent.Point ?? draft.Options.Point },
            _ => entry,
        };
}
