using System.Globalization;
using MaySend.Evidence.Entries;

namespace MaySend.Decisions.Tests;

/// <summary>What a file says and the record holds already is one fact, and counts once.</summary>
public class JoinedTests
{
    static MessageSent Sent(string id, string at) =>
        new(When.Of(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)), id, "quill-ltd", "email", true) { Template = "letter" };

    [Theory]
    [InlineData("row 5", "row 2", "2026-09-01T10:00Z", 1)]
    [InlineData("row 5", "row 2", "2026-09-01T10:01Z", 2)]
    [InlineData("m-7", "row 2", "2026-09-01T10:00Z", 2)]
    [InlineData("m-7", "m-7", "2026-09-01T10:00Z", 1)]
    [InlineData("m-7", "m-8", "2026-09-01T10:00Z", 2)]
    public void A_message_without_an_id_of_its_own_is_the_one_on_record_that_says_the_same(
        string held,
        string given,
        string at,
        int count
    ) => Asking.Joined([Sent(held, "2026-09-01T10:00Z")], [Sent(given, at)]).Count.ShouldBe(count);

    [Fact]
    public void Two_rows_that_say_the_same_without_an_id_are_two_messages_of_which_the_record_may_hold_one()
    {
        const string At = "2026-09-01T10:00Z";
        Asking.Joined([Sent("row 5", At)], [Sent("row 2", At), Sent("row 3", At)]).Count.ShouldBe(2);
        Asking.Joined([Sent("row 5", At), Sent("row 6", At)], [Sent("row 2", At), Sent("row 3", At)]).Count.ShouldBe(2);
        Asking.Joined([Sent("row 5", At), Sent("row 6", At)], [Sent("row 2", At)]).Count.ShouldBe(2);
        Asking.Joined([], [Sent("row 2", At), Sent("row 3", At)]).Count.ShouldBe(2);
    }

    [Fact]
    public void A_request_that_a_file_makes_now_is_not_that_of_another_file_which_may_have_been_taken_back()
    {
        var asked = Shop.OptOut(Shop.On(2025, 6, 1), "row 2");
        Asking.Joined([asked with { FromFile = "digest" }], [asked]).ShouldContain(entry => entry.FromFile == null);
        Asking.Joined([asked with { FromFile = "digest" }], [asked with { Id = "row 3" }]).Count.ShouldBe(2);
        Asking.Joined([asked], [asked]).ShouldHaveSingleItem();
        var order = Shop.Order(Shop.On(2025, 5, 2), "row 2", refused: true);
        Asking.Joined([order with { FromFile = "digest" }], [order]).ShouldContain(entry => entry.FromFile == null);
    }
}
