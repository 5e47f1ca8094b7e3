using MaySend.Evidence.Files;

namespace MaySend.Evidence.Tests.Files;

public sealed class StateWordsTests
{
    [Theory]
    [InlineData("Status", "unsubscribed")]
    [InlineData("Etat", "Désinscrit")]
    [InlineData("Zustand", "ABGEMELDET am 3.5.")]
    [InlineData("tags", "vip, opted-out")]
    [InlineData("tags", "vip; Blacklisted")]
    [InlineData("Notes", "asked on the phone, do not e-mail her")]
    [InlineData("Estado", "dada de baja")]
    [InlineData("x", "ΔΙΑΓΡΑΦΗ")]
    [InlineData("x", "отписан")]
    [InlineData("x", "配信停止")]
    [InlineData("x", "uitgeschreven")]
    [InlineData("x", "USER_SUPPRESSED")]
    [InlineData("Unsubscribed", "yes")]
    [InlineData("Unsubscribed At", "2025-06-01")]
    [InlineData("emailBlacklisted", "1")]
    [InlineData("Do Not Email", "x")]
    [InlineData("optout_nl", "Y")]
    [InlineData("Accepts Marketing", "no")]
    [InlineData("subscribed", "FALSE")]
    [InlineData("Newsletter", "nein")]
    [InlineData("Status", "Un-Subscribed")]
    [InlineData("Status", "de-subscribed 3 May")]
    [InlineData("Status", "no longer subscribed")]
    [InlineData("Status", "Subscription cancelled")]
    [InlineData("Status", "STOP - by phone")]
    [InlineData("Status", "wants no post")]
    [InlineData("Status", "Gekündigt")]
    [InlineData("Status", "ha disdetto")]
    [InlineData("Email newsletter?", "N")]
    [InlineData("Consent to our marketing", "refused")]
    [InlineData("sms_marketing_consent", "denied")]
    [InlineData("Consentement RGPD", "non")]
    [InlineData("Unsubscribe reason", "no consent")]
    [InlineData("Opted out", "declined")]
    [InlineData("Einwilligung Newsletter", "nein")]
    [InlineData("donotbulkemail", "True")]
    [InlineData("Werbeverbot", "ja")]
    [InlineData("Refus mailing", "oui")]
    [InlineData("Excluded from mailings", "yes")]
    public void A_cell_that_asks_to_stop_is_found_in_any_language_and_spelling(string column, string cell) =>
        StateWords.Said(StateWords.SenseOf(column), cell).ShouldBe(StateSaid.Stop);

    [Theory]
    [InlineData("Status", "subscribed")]
    [InlineData("Status", "never subscribed")]
    [InlineData("Status", "not unsubscribed")]
    [InlineData("Status", "nicht abgemeldet")]
    [InlineData("Unsubscribed", "no")]
    [InlineData("Unsubscribed At", "")]
    [InlineData("Opted out", "never opted out")]
    [InlineData("Accepts Marketing", "yes")]
    [InlineData("Newsletter", "Weekly")]
    [InlineData("Country", "no")]
    [InlineData("First name", "Stoppard")]
    [InlineData("Order status", "cancelled")]
    [InlineData("Notes", "bus stop opposite")]
    [InlineData("Company", "Block & Listing Ltd")]
    [InlineData("Newsletter opens", "0")]
    [InlineData("Last newsletter clicked", "no")]
    [InlineData("Marketing budget", "0")]
    [InlineData("Newsletter language", "no")]
    [InlineData("Photo consent", "no")]
    [InlineData("Subscription renewed", "no")]
    [InlineData("Loan", "rejected")]
    [InlineData("Excluded from mailings", "no")]
    [InlineData("Contract", "opgezegd per 1 mei")]
    public void A_cell_that_says_something_else_stops_nobody(string column, string cell) =>
        StateWords.Said(StateWords.SenseOf(column), cell).ShouldBe(StateSaid.Nothing);

    [Theory]
    [InlineData("FALSE", true)]
    [InlineData("Nein", true)]
    [InlineData("membership withdrawn in May", true)]
    [InlineData("left us", true)]
    [InlineData("Nosy Parker Club", false)]
    [InlineData("Gold", false)]
    [InlineData("United supporters", false)]
    [InlineData("Optician", false)]
    public void An_unknown_word_of_a_state_that_sounds_like_a_no_may_be_one(string word, bool may) =>
        StateWords.MayBeNo(word).ShouldBe(may);

    [Fact]
    public void An_address_that_does_not_work_is_no_request_to_stop()
    {
        foreach (var word in new[] { "cleaned", "Hard Bounce", "unzustellbar" })
            StateWords.Said(ColumnSense.Any, word).ShouldBe(StateSaid.Failed);
    }

    [Theory]
    [InlineData("unsubscribed_email_audience_export_7.csv", "unsub")]
    [InlineData("Kunden-abgemeldet-2026.xlsx", "abgemeldet")]
    [InlineData("cleaned_members.csv", "cleaned")]
    [InlineData("bounces.csv", "bounces")]
    [InlineData("lista-negra.csv.gz", "lista negra")]
    [InlineData("désinscrits mars.csv", "desinscri")]
    [InlineData("subscribed_members.csv", null)]
    [InlineData("people.csv", null)]
    public void The_name_of_a_file_speaks_too(string name, string? word) => StateWords.InFileName(name).ShouldBe(word);
}
