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
}
