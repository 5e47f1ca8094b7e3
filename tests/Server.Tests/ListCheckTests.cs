using System.Net;
using MaySend.Reading;
using MaySend.Records.Screenings;

namespace MaySend.Server.Tests;

/// <summary>A list some time after it left: for which days it is good, and who opted out since.</summary>
public class ListCheckTests
{
    [Fact]
    public async Task A_list_says_for_which_days_it_is_good_and_how_many_on_it_opted_out_since()
    {
        await using var server = await Running.StartAsync();
        foreach (var name in new[] { "bert", "cara", "dan", "emil" })
            await server.AddCustomerAsync($"{name}@example.com");
        (await server.PostAsync("/v1/refusals", """{"address": "emil@example.com", "how": "phone"}""")).Status.ShouldBe(201);
        var id = await ScreenAsync(server);
        var at = await CheckedAsync(server, id);
        (Number(at, "people"), Number(at, "optedOutSince"), Number(at, "stillStand")).ShouldBe((4, 0, 4), at.ToString());
        at.GetProperty("goodFor").GetString().ShouldBe("2026-03-10");
        at.GetProperty("campaignDays").GetProperty("from").GetString().ShouldBe("2026-03-10");

        // What the list leaves is looked at as it lies on somebody's disk, with nothing but the store.
        var copy = Path.GetTempFileName();
        await File.WriteAllTextAsync(copy, await server.Client.GetStringAsync($"/v1/screenings/{id}/permitted.csv"));
        server.Clock.Advance(TimeSpan.FromHours(1));
        (await server.PostAsync("/v1/refusals", """{"address": "bert@example.com", "how": "phone"}""")).Status.ShouldBe(201);
        (await server.Client.DeleteAsync("/v1/people/cara@example.com?reason=asked")).StatusCode.ShouldBe(HttpStatusCode.OK);

        // An erasure takes her off the list that lies here; the copy elsewhere still names her.
        at = await CheckedAsync(server, id);
        (Number(at, "people"), Number(at, "optedOutSince"), Number(at, "stillStand")).ShouldBe((3, 1, 2), at.ToString());
        var gone = new Dictionary<string, ListedSince>(StringComparer.Ordinal);
        var standing = await new ListCheck(server.Store).OfAsync(copy, made: null, (address, since) => gone[address] = since);
        (standing.People, standing.OptedOutSince, standing.ErasedSince, standing.StillStand).ShouldBe((4, 1, 1, 2));
        (gone["bert@example.com"], gone["cara@example.com"], gone["anna@example.com"]).ShouldBe(
            (ListedSince.OptedOut, ListedSince.Erased, ListedSince.Stands)
        );
        standing.GoodFor.ShouldBe([new DateOnly(2026, 3, 10)]);
        File.Delete(copy);
    }

    [Fact]
    public async Task A_list_of_a_campaign_of_several_days_says_that_the_others_need_a_screening_of_their_own()
    {
        await using var server = await Running.StartAsync();
        var (status, said) = await server.PutAsync(
            "/v1/campaigns/long",
            """{"id": "long", "sender": "lantern-ltd", "channel": "email", "day": "2026-03-10", "until": "2026-03-14", "template": "newsletter", "topics": ["homeware"], "families": ["candles"]}"""
        );
        status.ShouldBeLessThan(300, said.ToString());
        var id = await ScreenAsync(server, "long");
        var (_, run) = await server.GetAsync($"/v1/screenings/{id}");
        run.GetProperty("result").GetProperty("notes").ToString().ShouldContain("the campaign runs until 14 Mar 2026");
    }

    [Fact]
    public async Task What_is_no_list_of_a_screening_is_refused_with_its_place()
    {
        await using var server = await Running.StartAsync();
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "address,name\nanna@example.com,Anna\n");
        (await Should.ThrowAsync<BadInputException>(() => new ListCheck(server.Store).OfAsync(path, null))).Message.ShouldContain(
            "maysend_day"
        );
        await File.WriteAllTextAsync(path, "address,maysend_day\nanna@example.com,10 Mar 2026\nno address,10 Mar 2026\n");
        (await Should.ThrowAsync<BadInputException>(() => new ListCheck(server.Store).OfAsync(path, null))).Message.ShouldContain(":3");
        await File.WriteAllTextAsync(path, "address,note,note,Maysend_Day,maysend_day\nanna@example.com,,,9 Mar 2026,10 Mar 2026\n");
        (await Should.ThrowAsync<BadInputException>(() => new ListCheck(server.Store).OfAsync(path, null))).Message.ShouldContain(
            "`maysend_day` is there twice"
        );
        await File.WriteAllTextAsync(path, "address,note,note,maysend_day\nanna@example.com,,,10 Mar 2026\n");
        (await new ListCheck(server.Store).OfAsync(path, null)).People.ShouldBe(1);
        File.Delete(path);
        (await server.GetAsync("/v1/screenings/nothing/check")).Status.ShouldBe(404);
    }

    static async Task<string> ScreenAsync(Running server, string campaign = "spring-2026")
    {
        var (_, asked) = await server.PostAsync("/v1/screenings", $$"""{"campaign": "{{campaign}}"}""");
        return (await ScreeningTests.DoneAsync(server, asked.GetProperty("id").GetString()!)).GetProperty("id").GetString()!;
    }

    static async Task<System.Text.Json.JsonElement> CheckedAsync(Running server, string id)
    {
        var (status, said) = await server.GetAsync($"/v1/screenings/{id}/check");
        status.ShouldBe(200, said.ToString());
        return said;
    }

    static int Number(System.Text.Json.JsonElement said, string name) => said.GetProperty(name).GetInt32();
}
