using System.Text.RegularExpressions;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;

namespace MaySend.Law.Tests;

public sealed partial class PlainlyTests
{
    [Fact]
    public void Every_condition_has_everyday_words_and_nothing_else_has() =>
        Plainly.Names.Order().ShouldBe(ConditionBook.All.Select(condition => condition.Name).Order());

    [Fact]
    public void Everyday_words_fill_their_places_from_facts_that_exist()
    {
        var unknown =
            from condition in ConditionBook.All
            from sentence in new[] { Plainly.Of(condition).Open, Plainly.Of(condition).No }
            from Match place in Place().Matches(sentence)
            where place.Groups[1].Value != "law" && Vocabulary.Find(place.Groups[1].Value) is null
            select $"{condition.Name}: {place.Value}";
        unknown.ShouldBeEmpty();
    }

    [Fact]
    public void Everyday_words_begin_as_a_sentence_and_leave_the_full_stop_to_their_reader()
    {
        foreach (var condition in ConditionBook.All)
        foreach (var sentence in new[] { Plainly.Of(condition).Open, Plainly.Of(condition).No })
        {
            char.IsUpper(sentence[0]).ShouldBeTrue(sentence);
            sentence.EndsWith('.').ShouldBeFalse(sentence);
        }
    }

    [Fact]
    public void Everyday_words_name_no_article_and_no_limb()
    {
        foreach (var condition in ConditionBook.All)
        foreach (var sentence in new[] { Plainly.Of(condition).Open, Plainly.Of(condition).No })
            Jargon().IsMatch(sentence).ShouldBeFalse(sentence);
    }

    [Fact]
    public void A_condition_asked_the_other_way_round_borrows_no_words_that_say_the_contrary()
    {
        var optOut = Plainly.Of(RefusalConditions.CoversThisMessage);
        optOut.Sentence(Truth.Satisfied, keepsBackIf: Truth.Satisfied).ShouldBe(optOut.No);
        optOut.Sentence(Truth.NotSatisfied, keepsBackIf: Truth.NotSatisfied).ShouldBeNull();
        var offered = Plainly.Of(CollectionConditions.RefusalOffered);
        offered.Sentence(Truth.NotSatisfied, keepsBackIf: Truth.NotSatisfied).ShouldBe(offered.No);
        offered.Sentence(Truth.Satisfied, keepsBackIf: Truth.Satisfied).ShouldBeNull();
    }

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(art|reg|§|limb|legitimate interest|lawful basis|data subject|controller)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Jargon();
}
