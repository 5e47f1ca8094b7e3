using System.Collections.Frozen;
using System.Collections.Immutable;
using MaySend.Reading;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// What lists that no platform wrote call their columns, in the languages of the countries on file: reasons to look at a column, and
/// to ask about it.
/// </summary>
public static class ColumnNames
{
    static readonly FrozenSet<string> Addresses = Set(
        "address",
        "email",
        "e-mail",
        "email address",
        "e-mail address",
        "email 1",
        "primary email",
        "email primary",
        "emailaddress",
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
        "adresă de e-mail"
    );

    /// <summary>What a column of countries is called.</summary>
    public static readonly ImmutableArray<string> Countries =
    [
        "Country",
        "Country code",
        "country_code",
        "Country/Region",
        "Delivery country",
        "Shipping country",
        "Billing country",
        "Land",
        "Pays",
        "País",
        "Paese",
        "Kraj",
        "Maa",
        "Země",
        "Krajina",
        "Ország",
        "Țară",
        "Država",
        "Riik",
        "Valsts",
        "Šalis",
        "Χώρα",
        "Държава",
    ];

    static readonly FrozenSet<string> FoldedCountries = Set([.. Countries]);

    static readonly FrozenSet<string> DayWords = Set(
        "date",
        "day",
        "time",
        "when",
        "at",
        "on",
        "started",
        "created",
        "scanned",
        "joined",
        "ordered",
        "datum",
        "tag",
        "zeit",
        "zeitpunkt",
        "jour",
        "fecha",
        "día",
        "data",
        "giorno",
        "dag",
        "dato",
        "pvm",
        "päivä",
        "päivämäärä",
        "dátum",
        "nap",
        "kuupäev",
        "datums",
        "ημερομηνία",
        "дата"
    );

    static readonly FrozenSet<string> BirthWords = Set("birth", "birthday", "born", "naissance", "nacimiento", "nascita", "nascimento");

    /// <summary>True for a column of addresses.</summary>
    public static bool IsAddress(string name) => Addresses.Contains(Folded.Of(name));

    /// <summary>True for a column that ends as one of addresses does: <c>Donor email</c>.</summary>
    public static bool EndsAsAddress(string name) =>
        Folded.Of(name) is var folded
        && (folded.EndsWith(" email", StringComparison.Ordinal) || folded.EndsWith(" e mail", StringComparison.Ordinal));

    /// <summary>True for a column of countries.</summary>
    public static bool IsCountry(string name) => FoldedCountries.Contains(Folded.Of(name));

    /// <summary>True for a column whose name has a word for a day or a time, other than of somebody's birth.</summary>
    public static bool MaySayWhen(string name) =>
        Folded.Of(name).Split(' ') is var words && words.Any(DayWords.Contains) && !words.Any(BirthWords.Contains);

    static FrozenSet<string> Set(params string[] names) => names.Select(Folded.Of).ToFrozenSet(StringComparer.Ordinal);
}
