using System.Text.RegularExpressions;
using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Screening.Tests.Files;

namespace MaySend.Screening.Tests.Tables;

/// <summary>What would gain people is found once for all who are the same to the law, and is what it is for each alone.</summary>
public sealed class GainsTests : IDisposable
{
    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(3)]
    public void What_would_gain_many_is_the_sum_of_what_would_gain_each(int seed)
    {
        bench.Delete("orders.csv");
        // A tick that no form explains may ask to stop, and then nothing would gain its person: here nobody ticked such a box.
        foreach (var (name, text) in new RandomFiles(seed, people: 120).All())
            bench.Write(name, Regex.Replace(text, "(news|stop)=yes", "$1=no"));
        var problems = new Problems();
        var controller = new ControllerRecord(SenderFolder.Read(bench.Folder, problems));
        var campaign = CampaignFile.Read(Path.Combine(bench.Folder, "campaign.yaml"), controller, problems)!;
        using var audience = Audience.Open(AudienceFiles.InFolder(bench.Folder, TimeZoneInfo.Utc), problems);
        problems.ThrowIfAny();
        ScreeningSummary Of(IEnumerable<Person> people) =>
            new Screener(new Decider(AudienceBench.Law), audience!.BorneOut(controller), campaign, campaign.Day).Screen(people, _ => { });
        var people = audience!.People().ToList();
        var together = Of(people);
        var alone = people.SelectMany(person => Of([person]).Gains).ToLookup(gain => gain.Text, gain => gain.Gained);
        var single = together.Gains.Where(gain => gain.Kinds.Length == 1).ToList();
        single.ShouldNotBeEmpty();
        foreach (var gain in single)
            gain.Gained.ShouldBe(alone[gain.Text].Sum(), gain.Text);
        // And the same audience is told the same each time, on however many threads.
        for (var again = 0; again < 3; again++)
        {
            var next = Of(people);
            next.Gains.Select(gain => (gain.Text, gain.Gained)).ShouldBe(together.Gains.Select(gain => (gain.Text, gain.Gained)));
            next.Named.ShouldBe(together.Named);
        }
    }
}
