using System.Collections.Frozen;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// Lists of people whose header is no platform's and yet says of them whether they subscribed or asked to stop: the people are read, and
/// each such column is asked about. Any other list with addresses may be one of orders or of messages, and is not guessed at.
/// </summary>
static class SpeakingLists
{
    static readonly FrozenSet<string> Addresses = FrozenSet.ToFrozenSet(
        new[]
        {
            "address",
            "email",
            "e-mail",
            "email address",
            "e-mail address",
            "email 1",
            "primary email",
            "email primary",
            "emailaddress1",
            "subscriber",
            "subscriber email",
            "customer email",
            "mail",
            "e-mail-adresse",
            "adresse e-mail",
            "adresse mail",
            "courriel",
            "correo",
            "correo electrónico",
            "dirección de correo electrónico",
            "indirizzo email",
            "indirizzo e-mail",
            "e-mailadres",
            "adres e-mail",
            "e-postadress",
            "e-post",
            "e-postadresse",
            "endereço de e-mail",
            "sähköposti",
            "sähköpostiosoite",
            "e-mailová adresa",
            "e-mail-cím",
            "adresă de e-mail",
        }.Select(Folded.Of),
        StringComparer.Ordinal
    );

    /// <summary>The column of addresses in such a header; null where it is no such list, or more than one column could be it.</summary>
    public static string? AddressesIn(IReadOnlyList<string> header, CsvLayout layout)
    {
        List<string> found =
        [
            .. layout.Columns.TryGetValue("address", out var named)
                ? header.Where(name => name.Equals(named, StringComparison.OrdinalIgnoreCase))
                : header.Where(name => Addresses.Contains(Folded.Of(name))),
        ];
        return found is [var only] && header.Any(name => name != only && StateWords.SenseOf(name) != ColumnSense.Any) ? only : null;
    }
}
