using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Tests.Fold;

/// <summary>Of several signed statements about one thing: which one stands, and what happens when it runs out.</summary>
public class StandingStatementTests
{
    static readonly DateOnly Asked = new(2026, 5, 4);

    static StatementSigned Of(string id, DateOnly since, DateOnly signed, DateOnly? until = null, bool answer = true) =>
        new(id, "quill-ltd", StatementKind.SendsComplete)
        {
            Answer = answer,
            Since = since,
            Until = until,
            Signature = new Signature("officer", signed, "kept"),
        };

    static string? Stands(params StatementSigned[] statements) =>
        new ControllerRecord(statements).Statement("quill-ltd", StatementKind.SendsComplete, Asked)?.Id;

    [Fact]
    public void One_that_has_run_out_does_not_bring_back_the_older_one_that_it_replaced()
    {
        var older = Of("older", new(2024, 1, 1), signed: new(2025, 1, 5));
        var later = Of("later", new(2024, 1, 1), signed: new(2026, 3, 3), until: new(2026, 5, 1));
        Stands(older).ShouldBe("older");
        Stands(older, later with { Until = Asked.AddDays(1) }).ShouldBe("later");
        Stands(older, later).ShouldBeNull();
        Stands(later, older).ShouldBeNull();
    }

    [Fact]
    public void One_about_a_time_that_was_over_leaves_alone_what_begins_after_it()
    {
        var past = Of("past", new(2023, 1, 1), signed: new(2026, 4, 1), until: new(2025, 1, 1));
        Stands(Of("now", new(2025, 1, 1), signed: new(2026, 3, 1)), past).ShouldBe("now");
        Stands(Of("now", new(2024, 1, 1), signed: new(2026, 3, 1)), past).ShouldBeNull("it says the time before ended");
    }

    [Fact]
    public void One_that_has_not_begun_replaces_nothing_yet() =>
        Stands(Of("now", new(2025, 1, 1), signed: new(2026, 3, 1)), Of("next", Asked.AddDays(1), signed: new(2026, 4, 1), answer: false))
            .ShouldBe("now");

    [Fact]
    public void Of_one_day_the_stricter_stands() =>
        Stands(Of("yes", new(2025, 1, 1), signed: new(2026, 3, 1)), Of("no", new(2024, 1, 1), signed: new(2026, 3, 1), answer: false))
            .ShouldBe("no");
}
