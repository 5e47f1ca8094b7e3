using CsCheck;
using MaySend.Law.Facts;
using MaySend.Law.Tests.Samples;

namespace MaySend.Law.Tests.Facts;

public class FactTests
{
    public static TheoryData<string> EveryFact => [.. Vocabulary.All.Select(fact => fact.Name)];

    [Theory]
    [MemberData(nameof(EveryFact))]
    public void A_value_reads_back_as_it_was_written(string name)
    {
        var fact = Vocabulary.Find(name)!;
        Gen.Int[0, int.MaxValue]
            .Sample(
                seed =>
                {
                    var value = new RandomFacts(seed).Value(fact);
                    // An empty set has no spelling of its own: nothing written is nothing recorded.
                    if (value.Set is { IsEmpty: true })
                        return;
                    fact.TryRead(fact.Write(value), out var read, out var problem).ShouldBeTrue(problem);
                    read.ShouldBe(value);
                },
                iter: 50
            );
        fact.Meaning.ShouldNotBeEmpty();
        Vocabulary.Of(fact.Scope)[fact.Index].ShouldBeSameAs(fact);
        Vocabulary.Find(fact.Scope, fact.LocalName).ShouldBeSameAs(fact);
    }

    [Theory]
    [MemberData(nameof(EveryFact))]
    public void Blank_is_not_a_value(string name)
    {
        Vocabulary.Find(name)!.TryRead("  ", out var value, out _).ShouldBeTrue();
        value.IsRecorded.ShouldBeFalse();
    }

    [Theory]
    [InlineData("collection.context", "sail", "`sail` is not one of sale | cancelled-sale")]
    [InlineData("message.refusal-offered", "Yes", "`Yes` is not one of yes | no")]
    [InlineData("collection.day", "02/05/2026", "`02/05/2026` is not a day such as 2026-02-05")]
    [InlineData("collection.day", "2026-02-30", "`2026-02-30` is not a day")]
    [InlineData("consent.age", "-1", "`-1` is not a whole number")]
    [InlineData("consent.age", "12.5", "`12.5` is not a whole number")]
    [InlineData("consent.channels", "email pigeon", "`pigeon` is not one of email sms")]
    public void A_wrong_value_is_refused_with_what_is_expected(string name, string text, string problem)
    {
        Vocabulary.Find(name)!.TryRead(text, out var value, out var said).ShouldBeFalse();
        said.ShouldStartWith(problem);
        value.IsRecorded.ShouldBeFalse();
    }

    [Fact]
    public void A_set_is_read_with_any_separator_and_says_when_more_may_exist()
    {
        Consent.Channels.TryRead("sms, email ...", out var some, out _).ShouldBeTrue();
        some.Set.ShouldBe(NameSet.Of(["email", "sms"], isComplete: false));
        Consent.Channels.TryRead("all", out var all, out _).ShouldBeTrue();
        all.Set.ShouldBe(NameSet.Everything);
    }

    [Fact]
    public void A_sheet_takes_only_facts_of_its_scope_and_a_copy_is_its_own()
    {
        var sheet = new FactSheet(Scope.Collection, "order 1")
            .With(Collection.Context, "sale")
            .With(Collection.Lawful, true)
            .With(Collection.Day, new DateOnly(2026, 1, 1));
        Should.Throw<ArgumentException>(() => sheet[Consent.Day]);
        Should.Throw<ArgumentException>(() => sheet.With(Collection.Context, "sail"));
        var copy = sheet.Copy().With(Collection.Lawful, (bool?)null);
        sheet.Recorded.Select(pair => pair.Fact.LocalName).ShouldBe(["day", "context", "lawful"]);
        copy.Recorded.Select(pair => pair.Fact.LocalName).ShouldBe(["day", "context"]);
        copy.Id.ShouldBe("order 1");
    }

    [Fact]
    public void Records_stand_newest_first_then_by_id_and_those_without_a_day_last()
    {
        FactSheet At(string id, DateOnly? day) => new FactSheet(Scope.Consent, id).With(Consent.Day, day);
        FactSheet[] records = [At("none", null), At("b", new(2025, 1, 1)), At("a", new(2025, 1, 1)), At("new", new(2026, 1, 1))];
        RecordOrder.NewestFirst(records, Consent.Day).Select(record => record.Id).ShouldBe(["new", "a", "b", "none"]);
    }
}
