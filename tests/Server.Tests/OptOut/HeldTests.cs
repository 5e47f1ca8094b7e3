using System.Net;
using System.Text.RegularExpressions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Records;
using MaySend.Records.Requests;

namespace MaySend.Server.Tests.OptOut;

/// <summary>
/// What is held: asked for from the opt-out page, proven by a fresh link to the address on record, and kept in a register.
/// </summary>
public sealed class HeldTests : IDisposable
{
    readonly Mailroom mailroom = new();

    public void Dispose() => mailroom.Dispose();

    static FormUrlEncodedContent Asks(string right, string words = "") => new([new("right", right), new("words", words)]);

    [Fact]
    public async Task A_recipient_asks_for_her_data_by_a_fresh_link_and_is_answered_once()
    {
        await using var server = await mailroom.StartAsync();
        (await server.Public.PostAsync($"{await server.LinkAsync()}/held", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var link = await mailroom.LinkAsync(Running.Anna);
        var page = await server.Public.GetStringAsync(link);
        page.ShouldContain("A copy of my data");
        page.ShouldContain("2025-05-02 &#183; Tick if you want no offers by email");
        for (var press = 0; press < 2; press++)
            (
                await (await server.Public.PostAsync(link, Asks("access", "Please send it by post."))).Content.ReadAsStringAsync()
            ).ShouldContain("Your request has been received");
        var (_, list) = await server.GetAsync("/v1/requests");
        var one = list.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        one.GetProperty("right").GetString().ShouldBe("access");
        var id = one.GetProperty("id").GetString();
        var (_, shown) = await server.GetAsync($"/v1/requests/{id}");
        (shown.GetProperty("address").GetString(), shown.GetProperty("words").GetString()).ShouldBe(
            (Running.Anna, "Please send it by post.")
        );
        (await server.PostAsync($"/v1/requests/{id}/answer", """{"outcome": "done", "reason": "sent"}""")).Status.ShouldBe(200);
        (await server.PostAsync($"/v1/requests/{id}/answer", """{"outcome": "refused"}""")).Status.ShouldBe(404);
        // To ask what is held is no wish to be left alone, and decides nothing.
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Fact]
    public async Task Who_asks_to_be_erased_gets_no_marketing_from_then_on_and_the_words_go_with_the_erasure()
    {
        await using var server = await mailroom.StartAsync();
        await server.Public.PostAsync($"{await server.LinkAsync()}/held", null);
        await server.Public.PostAsync(await mailroom.LinkAsync(Running.Anna), Asks("erasure", "all of it"));
        (await server.VerdictAsync()).ShouldBe("refused");
        (await server.EntriesAsync()).OfType<RefusalMade>().Single().Kind.ShouldBe("erasure");
        await server.Store.EraseAsync(Address.Email(Running.Anna).Required(), Actor.Runner("officer"), "asked");
        var requests = server.Part<RightsRequests>();
        var one = (await requests.AllAsync()).ShouldHaveSingleItem();
        (await requests.PersonAsync(one)).ShouldBeNull();
        (await requests.AnswerAsync(one.Received.Id, "done", "erased", Actor.Runner("officer"))).ShouldBeTrue();
        await Should.ThrowAsync<Evidence.Actors.NotEntitledException>(async () =>
            await requests.AnswerAsync(one.Received.Id, "done", "", new Actor("clerk", Rights.Record))
        );
    }

    [Fact]
    public async Task The_opt_out_link_alone_shows_and_asks_nothing_and_a_fresh_one_is_sent_once_a_day()
    {
        await using var server = await mailroom.StartAsync();
        var link = await server.LinkAsync();
        for (var press = 0; press < 5; press++)
            await server.Public.PostAsync($"{link}/held", null);
        var fresh = await mailroom.LinkAsync(Running.Anna);
        await Task.Delay(200);
        mailroom.Mails.Count.ShouldBe(1);
        var token = link.Split('/')[^1];
        foreach (var forged in new[] { $"/h/{token}", $"{fresh[..^1]}{(fresh[^1] == 'A' ? 'Q' : 'A')}", "/h/x" })
        {
            (await server.Public.GetAsync(forged)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await server.Public.PostAsync(forged, Asks("access"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        (await server.Public.PostAsync(fresh, Asks("everything"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.Public.GetAsync(fresh)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Part<RightsRequests>().AllAsync()).ShouldBeEmpty();
    }
}
