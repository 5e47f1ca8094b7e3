using CsCheck;
using MaySend.Evidence.Ledger.Identity;
using PhoneNumbers;

namespace MaySend.Evidence.Tests.Entries;

/// <summary>
/// One number is one contact however it is written, and two numbers are two. What a number is, Google's libphonenumber says, which knows
/// each country's plan.
/// </summary>
public class TelephoneFormTests
{
    static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    static readonly List<PhoneNumber> Examples =
    [
        .. Plans
            .GetSupportedRegions()
            .Order(StringComparer.Ordinal)
            .SelectMany(region => Enum.GetValues<PhoneNumberType>().Select(type => Plans.GetExampleNumberForType(region, type)))
            .Where(example => example is not null && Plans.IsValidNumber(example)),
    ];

    /// <summary>Numbers of every country that its plan knows: its examples with other last digits.</summary>
    static readonly Gen<PhoneNumber> Numbers = Gen.Select(Gen.Int[0, Examples.Count - 1], Gen.Int[0, 9_999])
        .Select((example, last) => Varied(Examples[example], last))
        .Where(number => Plans.IsValidNumber(number) && Abroad(number).Length > 7);

    [Fact]
    public void A_number_as_it_is_dialled_from_abroad_stays_as_it_is()
    {
        Examples.Count.ShouldBeGreaterThan(1_000);
        Numbers.Sample(number => Read(Abroad(number)).Address?.Matching == Abroad(number), print: Abroad);
    }

    [Fact]
    public void A_zero_that_is_dialled_at_home_only_makes_no_second_contact() =>
        Numbers.Sample(
            number =>
                // Where the zero itself makes another number of the plan, they are two: 0331 123456 is a landline of Busto Arsizio.
                IsNumber(WithZero(number))
                || Spellings(number).All(spelling => Read(spelling).Address is not { } read || read.Matching == Abroad(number)),
            print: number => string.Join(" | ", Spellings(number).Select(one => $"{one} = {Read(one).Address?.Matching}"))
        );

    [Fact]
    public void What_each_country_dials_before_a_number_at_home_makes_no_second_contact()
    {
        var apart = Examples
            .Where(number => Plans.GetNumberType(number) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE)
            .Where(number => Plans.GetNddPrefixForRegion(Plans.GetRegionCodeForNumber(number), stripNonDigits: true) is { Length: > 0 })
            .Select(number =>
                (
                    Number: Abroad(number),
                    AtHome: $"+{number.CountryCode} "
                        + $"{Plans.GetNddPrefixForRegion(Plans.GetRegionCodeForNumber(number), true)} {National(number)}"
                )
            )
            .Where(one => !IsNumber(one.AtHome) && Read(one.AtHome).Address is { } read && read.Matching != one.Number)
            .ToList();
        apart.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("+39 0333 123 4567", "+393331234567")]
    [InlineData("+39 (0)333 1234567", "+393331234567")]
    [InlineData("+39 0333 123456", "+39333123456")]
    [InlineData("+39 02 1234 5678", "+390212345678")]
    [InlineData("+39 0331 123456", "+390331123456")]
    [InlineData("+39 0 178 1234670", "+391781234670")]
    [InlineData("+39 (0)178 1234670", "+391781234670")]
    [InlineData("+39 0831 12345678", "+39083112345678")]
    [InlineData("+971 (0)50 123 4567", "+971501234567")]
    [InlineData("+971 050 123 4567", "+971501234567")]
    [InlineData("+86 0139 1234 5678", "+8613912345678")]
    [InlineData("+36 06 20 123 4567", "+36201234567")]
    [InlineData("+36 (06) 1 234 5678", "+3612345678")]
    [InlineData("+7 8 912 345-67-89", "+79123456789")]
    [InlineData("+375 8 029 491 19 11", "+375294911911")]
    [InlineData("+370 8 612 34567", "+37061234567")]
    [InlineData("+52 1 55 1234 5678", "+525512345678")]
    [InlineData("+52 044 55 1234 5678", "+525512345678")]
    [InlineData("+1 1 212 555 0123", "+12125550123")]
    [InlineData("+225 07 12 34 56 78", "+2250712345678")]
    [InlineData("+378 0549 123456", "+3780549123456")]
    public void One_number_is_found_under_one_form(string written, string form) => Read(written).Required().Matching.ShouldBe(form);

    [Theory]
    [InlineData("+39 0331 1234567")]
    [InlineData("+39 (0)2 1234 5678")]
    [InlineData("+44 00 7700 900002")]
    [InlineData("+44 0044 7700 900002")]
    [InlineData("+0039 333 1234567")]
    public void A_form_that_could_be_two_numbers_is_refused(string written) => Read(written).Fault.ShouldNotBeNull();

    /// <summary>Whatever prefixes stand one behind the other: else somebody who refused would be another the next time.</summary>
    [Fact]
    public void A_number_that_is_read_again_is_the_same() =>
        Gen.Select(
                OneOf("1", "7", "36", "39", "44", "52", "225", "370", "375", "692", "993"),
                OneOf("", "0", "1", "8", "06", "80", "01", "044", "00", "7", "3").Array[0, 3],
                Gen.Char['0', '9'].Array[6, 10]
            )
            .Sample(
                (code, prefixes, rest) =>
                {
                    var written = $"+{code}{string.Concat(prefixes)}{new string(rest)}";
                    if (Read(written).Address is { } read)
                        Read(read.Matching).Required().Matching.ShouldBe(read.Matching, written);
                },
                iter: 20_000
            );

    [Theory]
    [InlineData("+7 0 8 910 123 45 67", "+79101234567")]
    [InlineData("+370 0 8 612 34567", "+37061234567")]
    public void Two_prefixes_one_behind_the_other_make_no_second_contact(string written, string form) =>
        Read(written).Required().Matching.ShouldBe(form);

    [Fact]
    public void What_was_recorded_before_a_country_was_known_is_read_as_it_was_recorded()
    {
        Address.Recorded(AddressKind.Telephone, "+39 0333 123 4567").Required().Matching.ShouldBe("+3903331234567");
        // Whoever is recorded now is kept in the form that stays.
        var now = Read("+39 0333 123 4567").Required();
        now.Verbatim.ShouldBe("+393331234567");
        Address.Recorded(AddressKind.Telephone, now.Verbatim).Required().ShouldBe(now);
        now.OtherForms.Select(form => form.Matching).ShouldBe(["+3903331234567"]);
        Address.Recorded(AddressKind.Telephone, "+39 0333 123 4567").Required().OtherForms.ShouldContain(now);
    }

    static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(number => words[number]);

    static AddressReading Read(string text) => Address.Telephone(text);

    static string Abroad(PhoneNumber number) => Plans.Format(number, PhoneNumberFormat.E164);

    static string National(PhoneNumber number) => Plans.GetNationalSignificantNumber(number);

    static string WithZero(PhoneNumber number) => $"+{number.CountryCode}0{National(number)}";

    static IEnumerable<string> Spellings(PhoneNumber number) =>
        [WithZero(number), $"+{number.CountryCode} (0){National(number)}", $"+{number.CountryCode}-0-{National(number)}"];

    static bool IsNumber(string digits)
    {
        var read = Plans.Parse(digits, null);
        return Plans.IsValidNumber(read) && Abroad(read) == "+" + string.Concat(digits.Where(char.IsAsciiDigit));
    }

    static PhoneNumber Varied(PhoneNumber example, int last)
    {
        var digits = Abroad(example);
        var kept = Math.Min(4, National(example).Length - 3);
        return Plans.Parse(string.Concat(digits.AsSpan(0, digits.Length - kept), last.ToString("D4", null).AsSpan(4 - kept)), null);
    }
}
