using System.Text;
using MaySend.Mail.Messages;
using MimeKit;

namespace MaySend.Mail.Tests.Messages;

public class OfferTests
{
    static MessageCheck Check(string html, string type = "text/html") =>
        MessageCheck.Of(
            MimeMessage.Load(
                new MemoryStream(
                    Encoding.UTF8.GetBytes(
                        $"From: Shop <shop@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: {type}; charset=utf-8\r\n\r\n{html}\r\n"
                    )
                )
            )
        );

    [Theory]
    [InlineData("To unsubscribe, <a>click here</a>.")]
    [InlineData("Wenn Sie keine weiteren Newsletter erhalten möchten, klicken Sie <a>hier</a>.")]
    [InlineData("Si vous ne souhaitez plus recevoir nos courriels, <a>cliquez ici</a>.")]
    [InlineData("Si ya no desea recibir este boletín, dese de baja <a>aquí</a>.")]
    [InlineData("Per non ricevere più la newsletter <a>clicca qui</a>.")]
    [InlineData("Se não deseja receber mais mensagens, <a>clique aqui</a>.")]
    [InlineData("Wilt u deze nieuwsbrief niet meer ontvangen? <a>Klik hier</a>.")]
    [InlineData("Hvis du ikke længere ønsker at modtage nyhedsbrevet, <a>klik her</a>.")]
    [InlineData("Vill du inte längre få våra utskick? <a>Klicka här</a>.")]
    [InlineData("Ønsker du ikke lenger å motta nyhetsbrevet, <a>klikk her</a>.")]
    [InlineData("Jos et halua enää vastaanottaa uutiskirjettä, <a>klikkaa tästä</a>.")]
    [InlineData("Jeśli nie chcesz otrzymywać wiadomości, <a>kliknij tutaj</a>.")]
    [InlineData("Pokud si nepřejete dostávat tyto e-maily, <a>klikněte zde</a>.")]
    [InlineData("Nechcete už dostávať správy? Odhláste sa <a>tu</a>.")]
    [InlineData("Ha nem szeretne több levelet kapni, <a>kattintson ide</a>.")]
    [InlineData("Dacă nu mai doriți să primiți mesaje, <a>click aici</a>.")]
    [InlineData("Ако не желаете да получавате съобщения, <a>натиснете тук</a>.")]
    [InlineData("Ako ne želite primati poruke, <a>kliknite ovdje</a>.")]
    [InlineData("Če ne želite več prejemati sporočil, <a>kliknite tukaj</a>.")]
    [InlineData("Kui te ei soovi enam kirju saada, <a>klõpsake siin</a>.")]
    [InlineData("Ja nevēlaties saņemt ziņas, <a>spiediet šeit</a>.")]
    [InlineData("Jei nebenorite gauti naujienų, <a>spauskite čia</a>.")]
    [InlineData("Αν δεν θέλετε να λαμβάνετε μηνύματα, <a>πατήστε εδώ</a>.")]
    [InlineData("Mura mian leat teachtaireachtaí a fháil, <a>cliceáil anseo</a>.")]
    [InlineData("Jekk ma tridx tirċievi aktar messaġġi, <a>agħfas hawn</a>.")]
    [InlineData("Viltu ekki fá fleiri skilaboð? Afskráðu þig <a>hér</a>.")]
    [InlineData("Si no vols rebre més missatges, <a>fes clic aquí</a>.")]
    [InlineData("Mesaj almak istemiyorsanız <a>buraya tıklayın</a>, aboneliğinizi iptal edin.")]
    public void Words_beside_a_link_that_says_nothing_are_an_offer(string html) =>
        Check($"<p>News</p><p>{html.Replace("<a>", "<a href='https://click.example/1'>", StringComparison.Ordinal)}</p>")
            .RefusalOffered.ShouldBeTrue();

    [Theory]
    [InlineData("<form action='https://u.example/stop' method='post'><button>Unsubscribe</button></form>")]
    [InlineData("<form action='https://u.example/stop'><input type='submit' value='Abmelden'></form>")]
    [InlineData("<table><tr><td>To stop these emails</td><td><a href='https://u.example/1'>click here</a></td></tr></table>")]
    [InlineData("<p>Reply STOP to unsubscribe.</p>")]
    [InlineData("<a href='https://click.example/1'><b>Unsub</b>scribe</a>")]
    [InlineData(
        "<style>.a{color:#fff;background:#000}</style><p class='a'>x <a class='a' href='https://click.example/1'>Unsubscribe</a></p>"
    )]
    public void Buttons_cells_and_replies_are_offers(string html) => Check(html).RefusalOffered.ShouldBeTrue();

    [Theory]
    [InlineData("<p style='font-size:2px'><a href='{0}'>Unsubscribe</a></p>")]
    [InlineData("<style>#f a{{font-size:1pt}}</style><div id='f'><a href='{0}'>Unsubscribe</a></div>")]
    [InlineData("<style>.q{{visibility:hidden}}</style><span class='q'><a href='{0}'>Unsubscribe</a></span>")]
    [InlineData("<body bgcolor='#112233'><a style='color:#112233' href='{0}'>Unsubscribe</a></body>")]
    [InlineData("<table bgcolor='white'><tr><td><a href='{0}'><font color='white'>Unsubscribe</font></a></td></tr></table>")]
    [InlineData("<div style='position:absolute;left:-5000px'><a href='{0}'>Unsubscribe</a></div>")]
    [InlineData("<div style='text-indent:-999px'><a href='{0}'>Unsubscribe</a></div>")]
    [InlineData("<div style='opacity:0.01'><a href='{0}'>Unsubscribe</a></div>")]
    [InlineData("<div style='width:0;overflow:hidden'><a href='{0}'>Unsubscribe</a></div>")]
    [InlineData("<a style='color:transparent' href='{0}'>Unsubscribe</a>")]
    [InlineData("<a href='{0}/unsubscribe'><img src='https://i.example/x.gif' width='1' height='1'></a>")]
    public void A_link_that_nobody_can_see_is_no_offer(string html)
    {
        var check = Check(
            html.Replace("{0}", "https://click.example/1", StringComparison.Ordinal)
                .Replace("{{", "{", StringComparison.Ordinal)
                .Replace("}}", "}", StringComparison.Ordinal)
        );
        check.RefusalOffered.ShouldBeFalse();
        check.Findings.ShouldContain(finding => finding.Code == MailFindingCode.OptOutLinkHidden);
    }

    [Theory]
    [InlineData("{{ unsubscribe_url }}")]
    [InlineData("*|UNSUB|*")]
    [InlineData("%%unsubscribe%%")]
    [InlineData("[[UnsubLink]]")]
    [InlineData("https://shop.example/u?x=%7B%7Btoken%7D%7D")]
    [InlineData("https://shop.example/u?x=%257B%257Btoken%257D%257D")]
    [InlineData("https://shop.example/?u=%23%23unsubscribe%23%23")]
    [InlineData("${unsubscribe}")]
    public void A_link_that_was_never_filled_in_is_told(string href)
    {
        var check = Check($"<a href='{href}'>Unsubscribe</a>");
        check.RefusalOffered.ShouldBeFalse();
        check.Findings.ShouldContain(finding => finding.Code == MailFindingCode.PlaceholderUnfilled);
    }

    [Theory]
    [InlineData("<p>This is a service message; you cannot unsubscribe from it. <a href='https://shop.example'>Shop</a></p>")]
    [InlineData("<p>Eine Abbestellung ist nicht möglich. <a href='https://shop.example'>Shop</a></p>")]
    [InlineData("<p>Vous ne pouvez pas vous désabonner. <a href='https://shop.example'>Boutique</a></p>")]
    public void To_say_that_one_cannot_is_no_offer(string html)
    {
        var check = Check(html);
        check.RefusalOffered.ShouldBeFalse();
        check.Findings.ShouldContain(finding => finding.Code == MailFindingCode.RefusalDenied);
    }

    [Theory]
    [InlineData("<p>Take your email with you: <a href='https://shop.example/bags'>bags</a></p>")]
    [InlineData("<p>Do not wait. <a href='https://shop.example'>Click here</a></p>")]
    [InlineData("<p>Manage your account <a href='https://shop.example/account'>here</a></p>")]
    [InlineData("<p>Subscribe to our podcast <a href='https://shop.example/subscribe'>here</a></p>")]
    public void An_ordinary_link_is_no_offer(string html) => Check(html).RefusalOffered.ShouldBeFalse();

    [Theory]
    [InlineData("<p><a href='https://shop.example/lamps'>Do not unsubscribe! Buy lamps</a></p>")]
    [InlineData("<p>Please don't unsubscribe! <a href='https://shop.example/lamps'>Click here</a> and see our lamps</p>")]
    [InlineData("<p>Do not unsubscribe, buy lamps at https://shop.example/lamps</p>")]
    [InlineData("<p>Melden Sie sich nicht ab! <a href='https://shop.example'>Zum Shop</a></p>")]
    [InlineData("<p><a href='https://shop.example'>Bitte nicht abbestellen</a></p>")]
    [InlineData("<p>Ne vous désabonnez pas ! <a href='https://shop.example'>Cliquez ici</a></p>")]
    [InlineData("<p>¡No se dé de baja! <a href='https://shop.example'>Clic aquí</a></p>")]
    [InlineData("<p>Non disiscriverti! <a href='https://shop.example'>Clicca qui</a></p>")]
    [InlineData("<p>Meld je niet af! <a href='https://shop.example'>Klik hier</a></p>")]
    [InlineData("<p>Nie wypisuj się! <a href='https://shop.example'>Kliknij tutaj</a></p>")]
    [InlineData("<p>Do not reply STOP, we do not read answers.</p>")]
    public void To_ask_somebody_to_stay_is_no_offer(string html) => Check(html).RefusalOffered.ShouldBeFalse();

    [Theory]
    [InlineData("<p>Please don't unsubscribe! If you must: <a href='https://click.example/1'>unsubscribe here</a></p>")]
    [InlineData("<p>Do not unsubscribe! Buy lamps</p><p><a href='https://click.example/1'>Unsubscribe</a></p>")]
    [InlineData("<p>Melden Sie sich nicht ab! Oder doch: <a href='https://click.example/1'>abmelden</a></p>")]
    [InlineData("<p>If you do not unsubscribe, you will hear from us. <a href='https://click.example/1'>Unsubscribe</a></p>")]
    [InlineData("<p><a href='https://shop.example/unsubscribe'>Do not go</a></p>")]
    public void Beside_that_a_real_offer_is_one(string html) => Check(html).RefusalOffered.ShouldBeTrue();

    [Fact]
    public void A_text_part_without_the_link_of_the_other_is_told()
    {
        var builder = new BodyBuilder { TextBody = "Sale!", HtmlBody = "<a href='https://u.example/1'>Unsubscribe</a>" };
        var message = new MimeMessage { Body = builder.ToMessageBody() };
        MessageCheck.Of(message).Findings.ShouldContain(finding => finding.Code == MailFindingCode.TextPartWithoutOptOut);
    }
}
