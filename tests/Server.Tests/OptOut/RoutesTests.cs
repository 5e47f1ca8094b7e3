using System.Net;
using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.OptOut;

namespace MaySend.Server.Tests.OptOut;

public class RoutesTests
{
    static FormUrlEncodedContent OneClick => new([new("List-Unsubscribe", "One-Click")]);

    [Fact]
    public async Task One_click_is_on_record_and_refuses_the_very_next_decision()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        (await server.VerdictAsync()).ShouldBe("permitted");
        var answer = await server.Public.PostAsync(link, OneClick);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await server.VerdictAsync()).ShouldBe("refused");
        var refusal = (await server.EntriesAsync()).OfType<RefusalMade>().ShouldHaveSingleItem();
        refusal.Senders.ShouldBe(NameSet.Of(Shop.Name));
        refusal.Channels.ShouldBe(NameSet.Of("email"));
    }

    [Fact]
    public async Task Both_encodings_and_even_a_body_that_is_none_opt_out_and_a_repetition_adds_nothing()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        HttpContent[] bodies =
        [
            OneClick,
            new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } },
            new StringContent("", Encoding.UTF8, "text/plain"),
            new ByteArrayContent(new byte[3_000]),
        ];
        foreach (var body in bodies)
            (await server.Public.PostAsync(link, body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.RefusalsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Looking_at_the_page_changes_nothing()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        foreach (var path in new[] { link, $"{link}/stop", $"{link}/everything", $"{link}/undo", $"{link}?List-Unsubscribe=One-Click" })
        {
            (await server.Public.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
            using var head = await server.Public.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
            head.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        }
        (await server.RefusalsAsync()).ShouldBe(0);
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Fact]
    public async Task A_forged_link_is_told_apart_from_nothing()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        // Damaged, of another key number, of another version, too short, of the right length, too long, and no text at all.
        string[] forged =
        [
            $"{link[..^1]}{(link[^1] == 'A' ? 'Q' : 'A')}",
            $"/o/AQ{(link[5] == 'A' ? 'Q' : 'A')}{link[6..]}",
            $"/o/AQI{link[6..]}",
            $"/o/Ag{link[5..]}",
            "/o/x",
            "/o/" + new string('A', 70),
            "/o/" + new string('z', 4000),
            "/o/%01%E2%80%8B",
            $"{link}x/stop",
            "/o/x/everything",
            "/o/x/choose",
            "/o/x/undo",
        ];
        var pages = new HashSet<string>();
        foreach (var path in forged)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                using var answer = await server.Public.SendAsync(new HttpRequestMessage(method, path));
                answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
                pages.Add(Pages.WithoutNonce(await answer.Content.ReadAsStringAsync()));
            }
        }
        pages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_page_protects_itself_and_whoever_reads_it()
    {
        await using var server = await Running.StartAsync();
        using var answer = await server.Public.GetAsync(await server.LinkAsync());
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("Lantern Ltd");
        page.ShouldNotContain("anna", Case.Insensitive);
        page.ShouldNotContain("<script");
    }

    [Fact]
    public async Task The_refusal_just_made_can_be_taken_back_within_the_hour_and_only_by_its_page()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        var page = await (await server.Public.PostAsync($"{link}/stop", null)).Content.ReadAsStringAsync();
        (await server.VerdictAsync()).ShouldBe("refused");
        (await UndoAsync(server, link, "made up")).ShouldBe(HttpStatusCode.Conflict);
        (await server.VerdictAsync()).ShouldBe("refused");
        (await UndoAsync(server, link, Pages.ActOf(page)!)).ShouldBe(HttpStatusCode.OK);
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Fact]
    public async Task After_an_hour_it_stands_and_a_page_that_added_nothing_offers_no_undo()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        var act = Pages.ActOf(await (await server.Public.PostAsync($"{link}/stop", null)).Content.ReadAsStringAsync())!;
        Pages.ActOf(await (await server.Public.PostAsync($"{link}/stop", null)).Content.ReadAsStringAsync()).ShouldBeNull();
        server.Clock.Advance(TimeSpan.FromMinutes(61));
        (await UndoAsync(server, link, act)).ShouldBe(HttpStatusCode.Conflict);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task Whoever_undoes_and_then_presses_again_is_refused_again()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        var act = Pages.ActOf(await (await server.Public.PostAsync($"{link}/stop", null)).Content.ReadAsStringAsync())!;
        await UndoAsync(server, link, act);
        await server.Public.PostAsync(link, OneClick);
        (await server.VerdictAsync()).ShouldBe("refused");
        await UndoAsync(server, link, act);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/stop")]
    public async Task The_undo_of_whoever_a_mail_was_passed_on_to_does_not_undo_what_its_recipient_asked_for_after_it(string by)
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        var act = Pages.ActOf(await (await server.Public.PostAsync($"{link}/stop", null)).Content.ReadAsStringAsync())!;
        (await server.Public.PostAsync(link + by, OneClick)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await UndoAsync(server, link, act)).ShouldBe(HttpStatusCode.Conflict);
        (await server.VerdictAsync()).ShouldBe("refused");
        await server.Public.PostAsync(link + by, OneClick);
        (await server.RefusalsAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_page_after_a_press_in_the_mail_program_adds_nothing_and_offers_no_undo()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        await server.Public.PostAsync(link, OneClick);
        Pages.ActOf(await (await server.Public.PostAsync($"{link}/stop", null)).Content.ReadAsStringAsync()).ShouldBeNull();
        (await server.RefusalsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Single_channels_and_topics_can_be_stopped_and_a_word_that_was_not_offered_is_ignored()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        (
            await server.Public.PostAsync(
                $"{link}/choose",
                new FormUrlEncodedContent([new("channel", "carrier-pigeon"), new("topic", "anything")])
            )
        ).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.RefusalsAsync()).ShouldBe(0);
        (await server.Public.PostAsync($"{link}/choose", new FormUrlEncodedContent([new("channel", "sms")]))).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        (await server.VerdictAsync()).ShouldBe("permitted");
        (await server.Public.PostAsync($"{link}/choose", new FormUrlEncodedContent([new("topic", "homeware")]))).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task Stop_all_marketing_is_an_objection_against_every_sender()
    {
        await using var server = await Running.StartAsync();
        await server.Public.PostAsync($"{await server.LinkAsync()}/everything", null);
        var objection = (await server.EntriesAsync()).OfType<RefusalMade>().ShouldHaveSingleItem();
        objection.Kind.ShouldBe("objection");
        objection.Senders!.IsEverything.ShouldBeTrue();
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task Five_hundred_people_press_at_once_and_every_one_is_heard()
    {
        await using var server = await Running.StartAsync(with: options => options with { RequestsPerSecond = 100_000 });
        var people = Enumerable.Range(0, 50).Select(number => $"p{number}@example.com").ToList();
        var links = new List<string>();
        foreach (var address in people)
        {
            await server.AddCustomerAsync(address);
            links.Add(await server.LinkAsync(address));
        }
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(number => server.Public.PostAsync(links[number % links.Count], OneClick))
        );
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var address in people)
            (await server.RefusalsAsync(address)).ShouldBe(1);
    }

    [Fact]
    public async Task With_the_store_down_the_wish_is_on_disk_before_the_200_and_effective_once_drained()
    {
        var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        await server.Store.DisposeAsync();
        (await server.Public.PostAsync(link, OneClick)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await server.Public.PostAsync($"{link}/stop", null)).Content.ReadAsStringAsync()).ShouldContain("safely stored");
        (await server.Public.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var spool = await ReadSharedAsync(server);
        spool.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1, "the second press asks for what waits already");
        spool.ShouldNotContain("anna");
        await server.StopServerAsync();
        await using var again = await Running.StartAsync(server.Options.DataFolder, server.Key);
        for (var tries = 0; tries < 200 && await again.RefusalsAsync() == 0; tries++)
            await Task.Delay(50);
        (await again.VerdictAsync()).ShouldBe("refused");
        (await again.RefusalsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Every_language_says_everything_that_English_says()
    {
        var english = OptOutTexts.All["en"].Words.Keys.Order().ToList();
        foreach (var words in OptOutTexts.InOrder)
        {
            words.Words.Keys.Order().ToList().ShouldBe(english, words.Language);
            words.Words.Values.ShouldAllBe(text => !string.IsNullOrWhiteSpace(text));
            words["from"].ShouldContain("{0}");
            words["dir"].ShouldBeOneOf("ltr", "rtl");
        }
        await using var server = await Running.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, await server.LinkAsync());
        request.Headers.Add("Accept-Language", "xx, de-AT;q=0.9, en;q=0.5");
        (await (await server.Public.SendAsync(request)).Content.ReadAsStringAsync()).ShouldContain("<html lang=\"de\" dir=\"ltr\">");
    }

    static async Task<HttpStatusCode> UndoAsync(Running server, string link, string act) =>
        (await server.Public.PostAsync($"{link}/undo", new FormUrlEncodedContent([new("act", act)]))).StatusCode;

    static async Task<string> ReadSharedAsync(Running server)
    {
        // The server holds the file for itself: a copy by the system's own tool reads past that.
        var copy = Path.Combine(server.Options.DataFolder, "copy");
        using var process = System.Diagnostics.Process.Start("cp", [Path.Combine(server.Options.DataFolder, "opt-outs.spool"), copy]);
        await process.WaitForExitAsync();
        return await File.ReadAllTextAsync(copy);
    }
}
