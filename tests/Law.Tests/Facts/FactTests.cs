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
    public void A_sheet_gives_back_what_was_set_last_of_every_fact()
    {
        Gen.Int[0, int.MaxValue]
            .Sample(
                seed =>
                {
                    var random = new RandomFacts(seed);
                    var facts = Vocabulary.Of(random.Pick(Enum.GetValues<Scope>()));
                    var (sheet, set) = (new FactSheet(facts[0].Scope), new Dictionary<Fact, FactValue>());
                    for (var step = 0; step < 40; step++)
                    {
                        var fact = random.Pick(facts);
                        sheet[fact] = set[fact] = random.OneIn(4) ? FactValue.NotRecorded : random.Value(fact);
                    }
                    foreach (var read in new[] { sheet, sheet.Copy() })
                    {
                        foreach (var fact in facts)
                            read[fact].ShouldBe(set.GetValueOrDefault(fact) is { IsRecorded: true } value ? value : fact.IfSilent);
                        read.Recorded.ShouldBe(
                            facts.Where(fact => set.GetValueOrDefault(fact).IsRecorded).Select(fact => (fact, set[fact]))
                        );
                    }
                },
                iter: 500
            );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1985)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue + 1)]
    public void A_number_is_kept_as_it_is_whatever_its_sign(int number)
    {
        var sheet = new FactSheet(Scope.Consent).With(Consent.Age, number);
        sheet[Consent.Age].ShouldBe(FactValue.OfNumber(number));
        sheet.With(Consent.Age, null)[Consent.Age].IsRecorded.ShouldBeFalse();
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData((long)int.MaxValue + 1)]
    [InlineData(long.MaxValue)]
    public void A_number_that_a_sheet_has_no_room_for_is_refused_and_not_taken_for_another(long number) =>
        Should.Throw<OverflowException>(() => new FactSheet(Scope.Consent)[Consent.Age] = FactValue.OfNumber(number));

    [Fact]
    public void Records_stand_newest_first_then_by_id_and_those_without_a_day_last()
    {
        FactSheet At(string id, DateOnly? day) => new FactSheet(Scope.Consent, id).With(Consent.Day, day);
        FactSheet[] records = [At("none", null), At("b", new(2025, 1, 1)), At("a", new(2025, 1, 1)), At("new", new(2026, 1, 1))];
        RecordOrder.NewestFirst(records, Consent.Day).Select(record => record.Id).ShouldBe(["new", "a", "b", "none"]);
    }
}
