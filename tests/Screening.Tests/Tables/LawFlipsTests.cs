using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Screening.Tests.Files;

namespace MaySend.Screening.Tests.Tables;

/// <summary>Who flips between two days of the law is who is told otherwise when asked alone on each.</summary>
public sealed class LawFlipsTests : IDisposable
{
    static readonly DateOnly[] Days = [new(2009, 1, 1), new(2017, 6, 1), new(2020, 6, 1), new(2024, 6, 1), new(2026, 3, 1)];

    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(13)]
    public void Flips_are_those_of_each_person_asked_alone_under_the_law_of_either_day(int seed)
    {
        bench.Delete("orders.csv");
        foreach (var (name, text) in new RandomFiles(seed, people: 400).All())
            bench.Write(name, text);
        var problems = new Problems();
        var controller = new ControllerRecord(SenderFolder.Read(bench.Folder, problems));
        var campaign = CampaignFile.Read(Path.Combine(bench.Folder, "campaign.yaml"), controller, problems)!;
        using var audience = Audience.Open(AudienceFiles.InFolder(bench.Folder, TimeZoneInfo.Utc), problems);
        problems.ThrowIfAny();
        var people = audience!.People().ToList();
        var asked = new ReadyCampaign(new Decider(AudienceBench.Law), controller, campaign);
        string On(Person person, DateOnly day) => asked.Decide(person.Entries, person.Address, day, lawOn: day).Verdict.Word();
        var anyFlip = false;
        foreach (var (from, to) in Days.Zip(Days.Skip(1)).Append((Days[^1], Days[0])))
        {
            var expected = people
                .Select(person => (person.Address, From: On(person, from), To: On(person, to)))
                .Where(one => one.From != one.To)
                .GroupBy(one => (one.From, one.To))
                .ToDictionary(group => group.Key, group => group.Select(one => one.Address).ToList());
            var flips = LawFlips.Between(AudienceBench.Law, controller, campaign, people, from, to);
            flips.People.ShouldBe(people.Count);
            flips.Flips.Select(flip => (flip.From, flip.To)).ShouldBe(expected.Keys, ignoreOrder: true);
            foreach (var flip in flips.Flips)
            {
                flip.People.ShouldBe(expected[(flip.From, flip.To)].Count);
                flip.Addresses.ShouldBe(expected[(flip.From, flip.To)].Take(LawFlips.MostAddresses));
                anyFlip = true;
            }
        }
        anyFlip.ShouldBeTrue();
        LawFlips.Between(AudienceBench.Law, AudienceBench.Law, controller, campaign, people).Flips.ShouldBeEmpty();
    }
}
