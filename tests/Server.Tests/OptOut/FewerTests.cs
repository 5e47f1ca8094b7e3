using System.Net;
using System.Text;
using CsCheck;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.OptOut;
using MaySend.Records;
using MaySend.Records.OptOuts;
using MaySend.Records.SignUps;

namespace MaySend.Server.Tests.OptOut;

/// <summary>
/// The page says what is stopped, offers fewer messages instead of none, and stays readable whatever a sender makes of it.
/// </summary>
public sealed class FewerTests
{
    static async Task<string> PostAsync(Running server, string path, params (string Key, string Value)[] fields) =>
        await (
            await server.Public.PostAsync(
                path,
                new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Key, field.Value)))
            )
        ).Content.ReadAsStringAsync();

    static async Task SentAsync(Running server, int day) =>
        await server.Store.RecordAsync(
            Evidence.Ledger.Identity.Address.Email(Running.Anna).Required(),
            new MessageSent(When.Of(new DateOnly(2026, 3, day)), $"sent {day}", Shop.Name, "email", IsMarketing: true)
            {
                Template = "newsletter",
            },
            Actor.Runner("test")
        );

    [Fact]
    public async Task Fewer_messages_are_a_limit_of_ones_own_that_only_restricts()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        (await PostAsync(server, $"{link}/less", ("times", "2"))).ShouldContain("You will get fewer messages");
        (await server.VerdictAsync()).ShouldBe("permitted");
        await SentAsync(server, 2);
        (await server.VerdictAsync()).ShouldBe("permitted");
        await SentAsync(server, 5);
        (await server.VerdictAsync()).ShouldBe("refused");
        // A link is enough to get less and never to get more.
        await PostAsync(server, $"{link}/less", ("times", "4"));
        (await server.VerdictAsync()).ShouldBe("refused");
        foreach (var none in new[] { "", "0", "3", "-1", "a", "02" })
            (await server.Public.PostAsync($"{link}/less", new FormUrlEncodedContent([new("times", none)]))).StatusCode.ShouldBe(
                HttpStatusCode.BadRequest,
                none
            );
    }

    [Fact]
    public async Task The_limit_just_set_can_be_undone_on_its_page()
    {
        await using var server = await Running.StartAsync();
        await SentAsync(server, 5);
        var link = await server.LinkAsync();
        var act = Pages.ActOf(await PostAsync(server, $"{link}/less", ("times", "1")))!;
        (await server.VerdictAsync()).ShouldBe("refused");
        await PostAsync(server, $"{link}/undo", ("act", act));
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Fact]
    public async Task The_page_says_what_was_stopped_before_and_what_just_now()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        (await server.Public.GetStringAsync(link)).ShouldNotContain("Already stopped");
        (await PostAsync(server, $"{link}/choose", ("channel", "sms"), ("topic", "garden"))).ShouldContain(
            "Just stopped: <strong dir=\"auto\">Text message, garden</strong>"
        );
        var page = await PostAsync(server, $"{link}/stop");
        page.ShouldContain("Just stopped: <strong dir=\"auto\">Email</strong>");
        page.ShouldContain("Already stopped: <span dir=\"auto\">");
        foreach (var part in new[] { "Text message", "garden" })
            page[page.IndexOf("Already", StringComparison.Ordinal)..].Split('\n')[0].ShouldContain(part);
        // It says nothing of anybody else, and nothing of who reads it.
        page.ShouldNotContain("anna", Case.Insensitive);
    }

    [Theory, InlineData("."), InlineData(")"), InlineData("%3E"), InlineData(","), InlineData(").")]
    public async Task A_link_with_the_punctuation_behind_it_still_stops(string behind)
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync() + behind;
        (await server.Public.GetStringAsync(link)).ShouldContain("Stop these messages");
        (await server.Public.PostAsync(link, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public void No_colour_of_a_sender_hides_a_button_or_its_words() =>
        Gen.Int[0, 0xffffff]
            .Select(number => $"#{number:x6}")
            .Sample(colour =>
            {
                PageLook.Contrast(colour, PageLook.OnTopOf(colour)).ShouldBeGreaterThanOrEqualTo(4.5);
                var style = PublicLook.Style(new SenderLookSet("a", colour, null));
                style.Contains("@media not", StringComparison.Ordinal).ShouldBe(PageLook.Contrast(colour, "#f3f4f6") >= 4.5);
                if (style.Contains("@media (", StringComparison.Ordinal))
                    PageLook.Contrast(colour, "#1c1f24").ShouldBeGreaterThanOrEqualTo(4.5);
            });

    [Fact]
    public async Task A_sender_has_its_colour_and_a_small_logo_on_the_page_and_nothing_is_fetched_for_it()
    {
        await using var server = await Running.StartAsync();
        var pages = server.Part<SignUpPages>();
        byte[] logo = [0x89, 0x50, 0x4e, 0x47, .. new byte[100]];
        await pages.LookAsync(Shop.Name, "#7a1f5c", logo, Actor.Runner("officer"));
        var page = await server.Public.GetStringAsync(await server.LinkAsync());
        page.ShouldContain("--act: #7a1f5c");
        page.ShouldContain("<img class=\"logo\" src=\"data:image/png;base64,iVBORw");
        await Should.ThrowAsync<ArgumentException>(async () =>
            await pages.LookAsync(Shop.Name, "red; } body { display: none", default, Actor.Runner("officer"))
        );
        await Should.ThrowAsync<ArgumentException>(async () =>
            await pages.LookAsync(Shop.Name, null, "<svg onload='alert(1)'/>"u8.ToArray(), Actor.Runner("officer"))
        );
    }

    [Fact]
    public void Every_page_in_every_language_is_under_15_kB_with_the_greatest_logo()
    {
        var logo = "data:image/png;base64," + Convert.ToBase64String(new byte[PageLook.GreatestLogo]);
        foreach (var words in OptOutTexts.InOrder)
        foreach (var state in Enum.GetValues<PageState>())
        {
            var content = new PageContent(state)
            {
                Token = new string('x', OptOutTokenLength),
                Sender = "Lantern Ltd",
                Topics = ["homeware", "garden"],
                Look = new SenderLookSet(Shop.Name, "#7a1f5c", logo),
                Before = [new(null, null)],
                CanAsk = true,
                Back = "/s/news",
            };
            Encoding.UTF8.GetByteCount(OptOutPage.Render(words, content, "nonce")).ShouldBeLessThan(15_000, $"{words.Language} {state}");
        }
    }

    [Fact]
    public async Task Every_text_of_a_language_stands_on_one_page_beside_its_English_with_whoever_has_read_it()
    {
        await using var server = await Running.StartAsync();
        foreach (var words in OptOutTexts.InOrder)
        {
            var page = await server.Public.GetStringAsync($"/s/texts?lang={words.Language}");
            foreach (var text in words.Words.Values.Concat(OptOutTexts.All["en"].Words.Values))
                System.Net.WebUtility.HtmlDecode(page).ShouldContain(text, Case.Sensitive, words.Language);
            page.ShouldContain("No native reader has read these texts yet.");
        }
    }

    const int OptOutTokenLength = Mail.OptOut.OptOutToken.LinkLength;
}
