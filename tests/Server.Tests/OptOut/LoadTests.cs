using System.Net;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;

namespace MaySend.Server.Tests.OptOut;

public class LoadTests
{
    [Fact]
    public async Task Ten_thousand_presses_of_two_thousand_people_at_once_are_all_answered_200_and_all_on_record()
    {
        await using var server = await Running.StartAsync(with: options => options with { RequestsPerSecond = 1_000_000 });
        var people = Enumerable.Range(0, 2_000).Select(number => Address.Read($"p{number}@example.com").Required()).ToList();
        await server.Store.RecordAsync([.. people.Select(person => new NewEntry(person, Shop.InBritain, Actor.Runner("test")))]);
        var links = new string[people.Count];
        await Parallel.ForAsync(0, people.Count, async (number, _) => links[number] = await server.LinkAsync($"p{number}@example.com"));
        links.ToHashSet().Count.ShouldBe(people.Count);

        using var gate = new SemaphoreSlim(0);
        using var many = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 500, UseCookies = false })
        {
            BaseAddress = server.Url,
            Timeout = TimeSpan.FromMinutes(3),
        };
        var presses = Enumerable
            .Range(0, 10_000)
            .Select(async number =>
            {
                await gate.WaitAsync();
                using var answer = await many.PostAsync(
                    links[number % links.Length],
                    new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")])
                );
                return answer.StatusCode;
            })
            .ToList();
        gate.Release(presses.Count);
        (await Task.WhenAll(presses)).ShouldAllBe(status => status == HttpStatusCode.OK);

        foreach (var person in people)
            (await server.Store.FindAsync(person)).Entries.Count(entry => entry.Entry is RefusalMade).ShouldBe(1);
        (await server.VerdictAsync("p1999@example.com")).ShouldBe("refused");
    }
}
