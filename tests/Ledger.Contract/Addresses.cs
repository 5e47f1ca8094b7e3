using CsCheck;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Ledger.Contract;

public sealed class Addresses
{
    [Theory]
    [InlineData("Anna@Example.COM", "anna@example.com")]
    [InlineData("  anna@example.com ", "anna@example.com")]
    [InlineData("anna@BÜCHER.example", "anna@xn--bcher-kva.example")]
    [InlineData("anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example")]
    [InlineData("anna+shop@example.com", "anna+shop@example.com")]
    [InlineData("a.n.n.a@example.com", "a.n.n.a@example.com")]
    [InlineData("JÖRG@example.com", "jörg@example.com")]
    [InlineData("\"anna lee\"@example.com", "\"anna lee\"@example.com")]
    [InlineData("o'hara!#$%&*/=?^_`{|}~-@example.com", "o'hara!#$%&*/=?^_`{|}~-@example.com")]
    public void A_mail_address_matches_in_one_form_and_keeps_its_own_for_delivery(string given, string matching)
    {
        var address = Address.Email(given).Address.ShouldNotBeNull();
        address.Matching.ShouldBe(matching);
        address.Verbatim.ShouldBe(given.Trim());
        Address.Read(given).Address.ShouldBe(address);
    }

    [Theory]
    [InlineData(null, "blank")]
    [InlineData("   ", "blank")]
    [InlineData("anna", "no @")]
    [InlineData("@example.com", "every address at a domain")]
    [InlineData("anna@", "there is nothing after")]
    [InlineData("anna@example", "no dot")]
    [InlineData("anna@@example.com", "must be quoted")]
    [InlineData("Anna <anna@example.com>", "must be quoted")]
    [InlineData("anna@example.com, ben@example.com", "must be quoted")]
    [InlineData(".anna@example.com", "begins or ends with a dot")]
    [InlineData("an..na@example.com", "begins or ends with a dot")]
    [InlineData("\"anna@example.com", "quotes")]
    [InlineData("an\u200bna@example.com", "invisible")]
    [InlineData("anna@exa mple.com", "not a valid name")]
    [InlineData("anna@-example.com", "not a valid name")]
    [InlineData("anna@example..com", "not a valid name")]
    [InlineData("anna@[192.0.2.1]", "numeric host")]
    [InlineData("anna@192.0.2.1", "ends in a number")]
    public void What_is_no_mail_address_is_said_to_be_none_and_why(string? given, string fault) =>
        Address.Email(given).Fault.ShouldNotBeNull().ShouldContain(fault);

    [Theory]
    [InlineData("\"anna\"@example.com", "anna@example.com")]
    [InlineData("\"an\\na\"@example.com", "anna@example.com")]
    [InlineData("\"an\\ na\"@example.com", "\"an na\"@example.com")]
    [InlineData("\"an\\\"na\"@example.com", "\"an\\\"na\"@example.com")]
    [InlineData("anna@ｅxample.com", "anna@example.com")]
    [InlineData("anna@example。com", "anna@example.com")]
    [InlineData("ａｎｎａ@example.com", "anna@example.com")]
    [InlineData("anna\u00a0@example.com", "anna@example.com")]
    [InlineData("anna @\u00a0example.com", "anna@example.com")]
    [InlineData("\u3000anna@example.com\u00a0", "anna@example.com")]
    [InlineData("'anna@example.com", "anna@example.com")]
    [InlineData("''anna@example.com", "anna@example.com")]
    [InlineData("'\u2019 \uFF07anna@example.com'", "anna@example.com")]
    [InlineData("\u2018anna@example.com\u2019", "anna@example.com")]
    [InlineData("\u1112\u1161\u11ab@example.com", "한@example.com")]
    [InlineData("anna@\u1112\u1161\u11ab.example", "anna@xn--6q8b.example")]
    [InlineData("カ\u3099と\u3099ハ\u309a@example.com", "ガどパ@example.com")]
    [InlineData("ΝΊΚΟΣ@example.com", "νίκοσ@example.com")]
    [InlineData("νίκος@example.com", "νίκοσ@example.com")]
    [InlineData("\u212aate@example.com", "kate@example.com")]
    public void One_mailbox_written_in_another_way_is_found_again(string given, string matching) =>
        (Address.Email(given).Address?.Matching ?? Address.Email(given).Fault).ShouldBe(matching);

    [Theory]
    [InlineData("o'hara@example.com", "o'hara@example.com")]
    [InlineData("\"anna lee\"@example.com", "\"anna lee\"@example.com")]
    [InlineData("анна@example.com", "анна@example.com")]
    [InlineData("anna.lee@example.com", "anna.lee@example.com")]
    public void What_may_be_another_mailbox_stays_another(string given, string matching) =>
        Address.Email(given).Address.ShouldNotBeNull().Matching.ShouldBe(matching);

    [Theory]
    [InlineData("an\u00a0na@example.com")]
    [InlineData("\u0430nn\u0430@example.com")]
    [InlineData("\u1112\u1112@example.com")]
    [InlineData("あ\u3099@example.com")]
    public void What_could_be_written_in_two_ways_is_no_address(string given) => Address.Email(given).Fault.ShouldNotBeNull();

    [Theory]
    [InlineData("+44 (0)7700 900002", "+447700900002")]
    [InlineData("+44 (0) 7700 900002", "+447700900002")]
    [InlineData("+4407700900002", "+447700900002")]
    [InlineData("+44\u20117700\u00a0900\u2013002", "+447700900002")]
    [InlineData("＋４４ ７７００ ９０００02", "+447700900002")]
    [InlineData("'+447700900002", "+447700900002")]
    [InlineData("+353 (0)87 123 4567", "+353871234567")]
    [InlineData("+39 06 1234 5678", "+390612345678")]
    public void A_zero_that_is_dialled_at_home_only_is_no_part_of_the_number(string given, string matching) =>
        (Address.Telephone(given).Address?.Matching ?? Address.Telephone(given).Fault).ShouldBe(matching);

    [Fact]
    public void Where_numbers_may_begin_with_a_zero_one_in_brackets_is_asked_back() =>
        Address.Telephone("+39 (0)6 1234 5678").Fault.ShouldNotBeNull().ShouldContain("in brackets");

    [Fact]
    public void Half_a_character_is_no_address() =>
        Address.Email("anna" + '\ud800' + "@example.com").Fault.ShouldBe("the address is not valid Unicode");

    [Theory]
    [InlineData("anna@bu\u0308cher.example", "anna@xn--bcher-kva.example")]
    [InlineData("jo\u0308rg@example.com", "jörg@example.com")]
    public void An_accent_written_apart_is_the_same_address_or_none_but_never_another(string given, string matching) =>
        (Address.Email(given).Address?.Matching ?? matching).ShouldBe(matching);

    [Fact]
    public void Ten_megabytes_are_no_address() =>
        Address.Read(new string('a', 10_000_000) + "@example.com").Fault.ShouldBe("the address is too long");

    [Theory]
    [InlineData("+44 20 7946 0018", "+442079460018")]
    [InlineData("+49 (30) 123.456-78", "+493012345678")]
    public void A_number_matches_by_its_digits(string given, string matching) =>
        Address.Read(given).Address.ShouldNotBeNull().Matching.ShouldBe(matching);

    [Theory]
    [InlineData("020 7946 0018")]
    [InlineData("+44 20 call me")]
    [InlineData("+0123456789")]
    [InlineData("+1234567890123456")]
    public void A_number_without_a_country_code_is_none(string given) => Address.Read(given).Fault.ShouldNotBeNull();

    [Fact]
    public void No_text_whatever_makes_reading_fail_and_what_is_read_reads_again_as_itself() =>
        Gen
            .String.Select(Gen.String, (local, domain) => $"{local}@{domain}.example")
            .Sample(text =>
            {
                var reading = Address.Read(text);
                (reading.Address is null).ShouldBe(reading.Fault is not null);
                if (reading.Address is { } address)
                    Address.Read(address.Matching).Address.ShouldBe(address);
            });

    [Fact]
    public void Index_and_suppressions_cannot_be_matched_and_partitions_fill_evenly()
    {
        var generation = KeyRing.Create().Current;
        var used = new int[256];
        for (var i = 0; i < 25_600; i++)
        {
            var address = Address.Email($"p{i}@example.com").Required();
            var index = generation.AddressMac(address, out var partition);
            generation.SuppressionMac(address).ShouldNotBe(index);
            used[partition.Number]++;
        }

        used.Min().ShouldBeGreaterThan(40);
        used.Max().ShouldBeLessThan(180);
    }
}
