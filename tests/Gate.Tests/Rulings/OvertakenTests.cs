using MaySend.Evidence.Entries;
using MaySend.Gate.Rulings;
using MaySend.Gate.Tests.Running;

namespace MaySend.Gate.Tests.Rulings;

/// <summary>What comes on record between the question and the intent to send, from another process.</summary>
public sealed class OvertakenTests
{
    const string Anna = RunningGate.Anna;
    static readonly string Key = new('a', 64);

    [Fact]
    public async Task An_opt_out_that_comes_between_the_question_and_the_intent_stops_the_message()
    {
        await using var gate = await RunningGate.StartAsync();
        var rulings = gate.Service<RecipientRulings>();
        var asked = new RecipientAsked("spring-2026", Anna, Key);
        var ruled = await rulings.AskAsync(asked, default);
        ruled.Ruling.Answer.ShouldBe(RulingAnswer.Send);
        await gate.RefuseAsync(Anna);
        (await rulings.IntendAsync(asked, ruled, default)).ShouldBeNull();
        var entries = await gate.EntriesAsync(Anna);
        entries
            .OfType<SendAbandoned>()
            .Single()
            .ShouldSatisfyAllConditions(
                abandoned => abandoned.Because.ShouldBe("overtaken"),
                abandoned => abandoned.IntentId.ShouldBe(entries.OfType<SendIntended>().Single().Id)
            );
        (await rulings.AskAsync(asked, default)).Ruling.Answer.ShouldBe(RulingAnswer.Refuse);
    }

    [Fact]
    public async Task What_comes_on_record_of_others_stops_nothing()
    {
        await using var gate = await RunningGate.StartAsync();
        var rulings = gate.Service<RecipientRulings>();
        var asked = new RecipientAsked("spring-2026", Anna, Key);
        var ruled = await rulings.AskAsync(asked, default);
        // Enough people that some share Anna's part of the ledger.
        for (var number = 0; number < 600; number += 2)
            await RunningGate.AddCustomerAsync(gate.Store, $"customer{number}@example.org");
        (await rulings.IntendAsync(asked, ruled, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_erasure_between_the_question_and_the_intent_makes_no_new_contact_and_sends_nothing()
    {
        await using var gate = await RunningGate.StartAsync();
        await gate.RefuseAsync(RunningGate.Ben);
        var rulings = gate.Service<RecipientRulings>();
        var asked = new RecipientAsked("spring-2026", Anna, Key);
        var ruled = await rulings.AskAsync(asked, default);
        await gate.EraseAsync(Anna);
        (await rulings.IntendAsync(asked, ruled, default)).ShouldBeNull();
        (await rulings.AskAsync(asked, default)).Ruling.Answer.ShouldBe(RulingAnswer.Refuse);
    }

    [Fact]
    public async Task Two_gates_on_one_store_do_not_both_pass_under_one_cap()
    {
        await using var one = await RunningGate.StartAsync(cap: 1);
        await using var other = await one.BesideAsync();
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(number =>
                    Conversation.LmtpAsync(
                        number % 2 == 0 ? one.Port : other.Port,
                        RunningGate.Message.Replace("<1@", $"<{number}@", StringComparison.Ordinal),
                        Anna
                    )
                )
        );
        replies.Count(reply => reply[0].StartsWith("250", StringComparison.Ordinal)).ShouldBe(1);
        (one.Hop.Messages.Count + other.Hop.Messages.Count).ShouldBe(1);
    }
}
