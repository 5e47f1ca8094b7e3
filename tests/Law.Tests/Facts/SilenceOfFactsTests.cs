using MaySend.Law.Facts;

namespace MaySend.Law.Tests.Facts;

public class SilenceOfFactsTests
{
    [Fact]
    public void Only_facts_that_stand_in_the_way_once_recorded_say_something_by_silence() =>
        Vocabulary
            .All.Where(fact => fact.IfSilent.IsRecorded)
            .Select(fact => $"{fact.Name}: {fact.Write(fact.IfSilent)}")
            .ShouldBe([
                "message.refusal-works: yes",
                "message.refusal-scope: everything",
                "message.refusal-medium: same",
                "message.running-contract: no",
                "message.political: no",
                "recipient.vulnerable: no",
                "collection.told-no-marketing: no",
                "collection.basis-claimed: none-named",
                "consent.told-until: 9999-12-31",
            ]);

    [Fact]
    public void What_silence_says_is_no_record()
    {
        var sheet = new FactSheet(Scope.Message);
        sheet[Message.RefusalWorks].IsRecorded.ShouldBeTrue();
        sheet.Recorded.ShouldBeEmpty();
        sheet.With(Message.RefusalWorks, "no")[Message.RefusalWorks].ShouldBe(Message.RefusalWorks.Of("no"));
        sheet[Message.RefusalOffered].IsRecorded.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_dated_after_the_day_shows_anything_requests_to_stop_apart()
    {
        var draft = new FactsDraft();
        draft.Set(Message.Day, FactValue.OfDay(new DateOnly(2026, 3, 10)));
        draft.Add(new FactSheet(Scope.Collection, "tomorrow").With(Collection.Day, new DateOnly(2026, 3, 11)));
        draft.Add(new FactSheet(Scope.Collection, "today").With(Collection.Day, new DateOnly(2026, 3, 10)));
        draft.Add(new FactSheet(Scope.Consent, "tomorrow").With(Consent.Day, new DateOnly(2026, 3, 11)));
        draft.Add(new FactSheet(Scope.Check, "tomorrow").With(Check.Day, new DateOnly(2026, 3, 11)));
        draft.Add(new FactSheet(Scope.Refusal, "tomorrow").With(Refusal.Day, new DateOnly(2026, 3, 11)));

        var recipient = draft.Recipient;
        recipient.Collections.Select(record => record.Id).ShouldBe(["today"]);
        recipient.Consents.ShouldBeEmpty();
        recipient.Checks.ShouldBeEmpty();
        recipient.Refusals.Length.ShouldBe(1);
    }
}
