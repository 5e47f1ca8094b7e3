using CsCheck;
using MaySend.Mail.Inbound.Sms;

namespace MaySend.Mail.Tests.Inbound;

public class SmsReplyTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData("Stop.")]
    [InlineData("stop!!!")]
    [InlineData(" \"STOP\" ")]
    [InlineData("S.T.O.P")]
    [InlineData("S T O P")]
    [InlineData("st0p")]
    [InlineData("5TOP")]
    [InlineData("ST\u200BOP")]
    [InlineData("\uFF33\uFF34\uFF2F\uFF30")]
    [InlineData("\U0001D412\U0001D413\U0001D40E\U0001D40F")]
    [InlineData("\u24C8\u24E3\u24DE\u24DF")]
    [InlineData("\U0001F182\U0001F183\U0001F17E\U0001F17F")]
    [InlineData("Se d\u00E9sabonner")]
    [InlineData("\u0394\u03B9\u03B1\u03BA\u03BF\u03C0\u03AE")]
    [InlineData("ST\u041EP")]
    [InlineData("\u0405T\u039F\u03A1")]
    [InlineData("Stop please")]
    [InlineData("STOP \U0001F621")]
    [InlineData("STOPALL")]
    [InlineData("stop all")]
    [InlineData("Unsubscribe")]
    [InlineData("CANCEL")]
    [InlineData("END")]
    [InlineData("Quit.")]
    [InlineData("opt-out")]
    [InlineData("OPTOUT")]
    [InlineData("Revoke")]
    [InlineData("ARR\u00CAT")]
    [InlineData("arre\u0302t svp")]
    [InlineData("STOPP")]
    [InlineData("BAJA")]
    [InlineData("alto")]
    [InlineData("Abmelden bitte")]
    [InlineData("\u0421\u0422\u041E\u041F")]
    [InlineData("\u9000\u8BA2")]
    public void A_stop_word_stops_in_any_dress(string text) => SmsReply.Read(text).ShouldBe(SmsMeaning.Stop);

    [Theory]
    [InlineData("please stop texting me")]
    [InlineData("Don't text me again")]
    [InlineData("do not contact this number")]
    [InlineData("take me off your list")]
    [InlineData("REMOVE ME")]
    [InlineData("leave me alone!!")]
    [InlineData("Forget me, please")]
    [InlineData("Don't use my number for marketing")]
    [InlineData("Do not share or use my email address any longer")]
    [InlineData("please block me from your mailing list")]
    [InlineData("Kindly delist my email")]
    [InlineData("I do not want these anymore")]
    [InlineData("no more messages")]
    [InlineData("wrong number")]
    [InlineData("not interested")]
    [InlineData("I never asked you to send me this")]
    [InlineData("Bitte keine SMS mehr")]
    [InlineData("ne m'envoyez plus de messages")]
    [InlineData("No me envien mas")]
    [InlineData("geen berichten meer")]
    [InlineData("I'd like to opt out")]
    [InlineData("Ok thanks, now STOP")]
    [InlineData("No thanks")]
    public void A_sentence_that_asks_to_be_left_alone_stops(string text) => SmsReply.Read(text).ShouldBe(SmsMeaning.Stop);

    [Theory]
    [InlineData("gdpr?")]
    [InlineData("ICO format")]
    [InlineData("data protection")]
    [InlineData("Harassment policy")]
    [InlineData("DSGVO?")]
    [InlineData("RGPD svp")]
    [InlineData("RODO")]
    [InlineData("AVG?")]
    [InlineData("KVKK")]
    public void A_short_reply_that_only_says_what_it_is_about_waits_for_a_person(string text) =>
        SmsReply.Read(text).ShouldBe(SmsMeaning.Unclear);

    [Theory]
    [InlineData("GDPR stop")]
    [InlineData("unsubscribe, ICO")]
    [InlineData("DSGVO Widerspruch")]
    [InlineData("Widerspruch")]
    [InlineData("Das reicht!")]
    public void A_short_reply_with_a_word_that_would_stop_by_itself_stops(string text) => SmsReply.Read(text).ShouldBe(SmsMeaning.Stop);

    [Theory]
    [InlineData("When does the sale end?")]
    [InlineData("Can I cancel my order 1234?")]
    [InlineData("See you at the weekend")]
    [InlineData("thanks")]
    [InlineData("")]
    [InlineData("\U0001F44D")]
    [InlineData("Is the red one still in stock?")]
    [InlineData("top!")]
    [InlineData("Don't forget me on Friday")]
    [InlineData("please use my other email for the invoice")]
    [InlineData("Do not use my old address for the delivery")]
    [InlineData("Can you block me a table for four?")]
    public void An_ordinary_reply_goes_to_a_person(string text) => SmsReply.Read(text).ShouldBe(SmsMeaning.Other);

    [Theory]
    [InlineData("START", SmsMeaning.Start)]
    [InlineData("unstop", SmsMeaning.Start)]
    [InlineData("Yes please", SmsMeaning.Start)]
    [InlineData("HELP", SmsMeaning.Help)]
    [InlineData("info?", SmsMeaning.Help)]
    public void Start_and_help_are_known(string text, SmsMeaning meaning) => SmsReply.Read(text).ShouldBe(meaning);

    [Theory]
    [InlineData("start stop")]
    [InlineData("HELP! stop this")]
    public void Stop_wins_over_anything_beside_it(string text) => SmsReply.Read(text).ShouldBe(SmsMeaning.Stop);

    static readonly Gen<char[]> Punctuation = Gen.Char[" .!?,;:-*\"()\n\t"].Array[0, 6];

    [Fact]
    public void Case_punctuation_and_spaces_around_a_stop_word_change_nothing() =>
        Gen.Select(Gen.Int[0, 6], Punctuation, Punctuation, Gen.Bool.Array[12])
            .Sample(
                (word, before, after, upper) =>
                {
                    var stop = new[] { "stop", "unsubscribe", "stopall", "cancel", "quit", "end", "arret" }[word];
                    var dressed = string.Concat(stop.Select((c, i) => upper[i] ? char.ToUpperInvariant(c) : c));
                    return SmsReply.Read(string.Concat(before) + dressed + string.Concat(after)) == SmsMeaning.Stop;
                }
            );

    [Fact]
    public void Any_text_can_be_read() => Gen.String.Sample(text => Enum.IsDefined(SmsReply.Read(text)));
}
