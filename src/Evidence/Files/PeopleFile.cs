using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Files;

/// <summary>The list of people to screen, one row each.</summary>
static class PeopleFile
{
    const string YesNo = "yes, no or blank";

    public static CompanionFile Of(CsvColumn address) =>
        new(
            "people",
            "the people to screen, one row each",
            [
                address,
                new("country", "codes or names, several when the evidence conflicts", "where the person is; blank when not known"),
                new("subscriber", "individual or corporate", "who holds the line or mailbox; corporate needs register_number"),
                new("register_number", "text", "the number in a company or charity register that shows it; n/a, - or 0 count as blank"),
                new("address_kind", "named or role", "whether the address names a person or a role"),
                new("personal_data", YesNo, "whether the address relates to an identifiable person"),
                new("business_capacity", YesNo, "used mainly in a business capacity"),
                new("published_for_contact", YesNo, "published by the subscriber for contact of this kind"),
                new("minor", YesNo, "a child") { Restricts = true },
                new("vulnerable", YesNo, "the sender knows of a vulnerability that bears on such offers") { Restricts = true },
                new("existing_client", YesNo, "a client who would expect calls"),
                new("directory", string.Join(", ", Calling.Directory.Words), "how the number is listed in the public directory"),
                new("region", "an ISO 3166-2 code or a name", "the region, where regions keep public holidays of their own"),
                new("postcode", "text", "shows the region if `region` is blank; MaySend does not keep it"),
            ],
            row =>
            {
                var countries = row.Countries("country");
                return new DetailsStated(When.Of(DateOnly.MinValue), $"row {row.Row}")
                {
                    Countries = countries,
                    Region = Region(row, countries),
                    Subscriber = row.Word("subscriber", Recipient.Subscriber.Words),
                    RegisterNumber = row.Optional("register_number"),
                    AddressKind = row.Word("address_kind", Recipient.AddressKind.Words),
                    PersonalData = row.Flag("personal_data"),
                    BusinessCapacity = row.Flag("business_capacity"),
                    PublishedForContact = row.Flag("published_for_contact"),
                    Minor = row.Flag("minor"),
                    Vulnerable = row.Flag("vulnerable"),
                    ExistingClient = row.Flag("existing_client"),
                    Directory = row.Word("directory", Calling.Directory.Words),
                };
            }
        );

    /// <summary>
    /// The region that a row names, or in which its postcode lies. A region of a country whose regions keep no holidays that a law asks
    /// about is nothing to record; one that is not known in a country where they do is a mistake of the row.
    /// </summary>
    static string? Region(CsvRows row, NameSet? countries)
    {
        var country = countries is { IsEverything: false, Names: [var only] } ? only : null;
        if (row.Optional("region") is { } text)
        {
            var region = RegionalHolidays.Named(text, country);
            if (region is null && country is not null && RegionalHolidays.Countries.Contains(country))
                row.Problem(
                    "region",
                    $"`{text}` is not a region of {country}",
                    $"one of {string.Join(", ", RegionalHolidays.Regions.Where(id => id.StartsWith(country, StringComparison.Ordinal)))}, "
                        + "an ISO 3166-2 code or a name; blank when it is not known"
                );
            return region;
        }
        return country is not null && row.Optional("postcode") is { } postcode ? RegionalHolidays.OfPostcode(country, postcode) : null;
    }
}
