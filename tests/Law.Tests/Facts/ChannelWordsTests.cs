using MaySend.Law.Facts;

namespace MaySend.Law.Tests.Facts;

/// <summary>What is done by a channel is said in the words of that channel.</summary>
public class ChannelWordsTests
{
    [Fact]
    public void Every_channel_of_the_law_has_words_of_its_own_and_no_two_kinds_share_them()
    {
        foreach (var channel in Words.Channels)
            ChannelWords.Of(channel).ShouldNotBe(ChannelWords.AnyChannel, channel);
        Words
            .Channels.Except(Words.Calls)
            .Select(channel => ChannelWords.Of(channel).May)
            .Append(ChannelWords.Of("live-call").May)
            .GroupBy(may => may, StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => same.Key)
            .ShouldBe(["may be shown the advert"]);
    }

    [Theory]
    [InlineData("live-call", "may be called", "must not be called", "do not call", "they are not called")]
    [InlineData("ai-call", "may be called", "must not be called", "do not call", "they are not called")]
    [InlineData("email", "may be mailed", "must not be mailed", "do not mail", "it is not sent")]
    [InlineData("mms", "may be sent a text", "must not be sent a text", "do not text", "it is not sent")]
    [InlineData("letter", "may be written to by post", "must not be written to by post", "do not write", "it is not sent")]
    [InlineData("no-such-channel", "may be reached", "must not be reached", "do not send", "it is not sent")]
    [InlineData(null, "may be reached", "must not be reached", "do not send", "it is not sent")]
    public void Verdicts_are_said_as_people_speak_of_the_channel(string? channel, string may, string mustNot, string doNot, string held)
    {
        var words = ChannelWords.Of(channel);
        (words.May, words.MustNot, words.DoNot, words.Held).ShouldBe((may, mustNot, doNot, held));
    }

    [Fact]
    public void Of_calls_nothing_is_said_to_be_mailed_or_sent()
    {
        foreach (var words in Words.Calls.Select(ChannelWords.Of))
        foreach (var said in new[] { words.May, words.MustNot, words.DoNot, words.ItMay, words.ItMustNot, words.Leave, words.Held })
            (said.Contains("mail", StringComparison.Ordinal) || said.Contains("sen", StringComparison.Ordinal)).ShouldBeFalse(said);
    }
}
