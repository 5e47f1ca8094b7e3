using MaySend.Mail.Inbound.Sms;

namespace MaySend.Mail.Tests.Inbound;

/// <summary>Requests and ordinary texts in every language, as people write them: <c>fixtures/words</c>, invented for this
/// project.</summary>
public class WordsTests
{
    static IEnumerable<(string Language, string Text)> Lines(char mark) =>
        Fixture
            .Files("words")
            .SelectMany(file =>
                Fixture
                    .Text(file)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Where(line => line[0] == mark)
                    .Select(line => (Path.GetFileNameWithoutExtension(file), line[2..]))
            );

    public static TheoryData<string, string> Requests => new(Lines('+'));

    public static TheoryData<string, string> Ordinary => new(Lines('-'));

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_wish_to_be_left_alone_is_heard(string language, string text) =>
        SmsReply.Read(text).ShouldBeOneOf([SmsMeaning.Stop], $"{language}: {text}");

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void An_ordinary_text_stops_nobody(string language, string text) =>
        SmsReply.Read(text).ShouldBeOneOf([SmsMeaning.Other, SmsMeaning.Help], $"{language}: {text}");

    [Theory]
    [InlineData("Ich will die nicht mehr")]
    [InlineData("Ik wil deze niet meer")]
    [InlineData("Nie chcę ich już więcej")]
    public void What_may_be_about_the_goods_as_well_waits_for_a_person(string text) => SmsReply.Read(text).ShouldBe(SmsMeaning.Unclear);

    [Fact]
    public void Every_language_of_the_opt_out_pages_is_known() =>
        Lines('+').Select(line => line.Language).Distinct().Count().ShouldBeGreaterThanOrEqualTo(28);
}
