using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaySend.Decisions.Tests.MadeUp;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Decisions.Tests;

/// <summary>
/// What the fold finds in thousands of made-up records is kept, so that no change of it alters a fact unseen. Whoever means to alter one
/// runs this with MAYSEND_UPDATE=1, and says in CHANGELOG by which rule.
/// </summary>
public class KeptFactsTests
{
    const int Worlds = 6000;
    static readonly string Kept = Path.Combine(Shop.Root, "tests", "Decisions.Tests", "MadeUp", "facts.txt");

    [Fact]
    public void The_facts_of_made_up_records_are_those_that_were_kept()
    {
        if (Environment.GetEnvironmentVariable("MAYSEND_UPDATE") == "1")
            File.WriteAllLines(Kept, Enumerable.Range(0, Worlds).Select(seed => Digest(FactsOf(seed))));
        var kept = File.ReadAllLines(Kept);
        kept.Length.ShouldBe(Worlds);
        var other = Enumerable
            .Range(0, Worlds)
            .Select(seed => (Seed: seed, Facts: FactsOf(seed)))
            .Where(one => Digest(one.Facts) != kept[one.Seed])
            .Take(20)
            .ToList();
        other.ShouldBeEmpty(
            $"{other.Count} or more of {Worlds} made-up records give other facts than were kept: see what the commit before says of the "
                + $"first of them, seed {other.FirstOrDefault().Seed}, by the same test:\n{other.FirstOrDefault().Facts}"
        );
    }

    [Fact]
    public void Among_the_made_up_records_are_some_of_each_verdict()
    {
        var verdicts = Enumerable.Range(0, 400).Select(seed => Decide(new MadeUpWorld(seed)).Verdict).ToList();
        foreach (var verdict in Enum.GetValues<Verdict>())
            verdicts.Count(each => each == verdict).ShouldBeGreaterThan(20, verdict.ToString());
    }

    static Decision Decide(MadeUpWorld world) =>
        Asking.Decide(
            Shop.Decider,
            ControllerRecord.Of(world.Controller),
            world.Campaign,
            world.Entries,
            world.Address,
            world.Campaign.Day
        );

    static string FactsOf(int seed)
    {
        var world = new MadeUpWorld(seed);
        var controller = ControllerRecord.Of(world.Controller);
        var campaign = CampaignFactFinder.Find(controller, world.Campaign);
        var person = new FactFinder(controller, world.Campaign, Shop.Decider.Days).Find(world.Entries, world.Address);
        var text = new StringBuilder();
        void Sheet(FactSheet sheet)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{sheet.Scope} {sheet.Id}{(sheet.LacksOnlyAnAnswer ? " lacks only an answer" : "")}\n"
            );
            foreach (var (fact, value) in sheet.Recorded)
                text.Append(CultureInfo.InvariantCulture, $"  {fact.LocalName}: {fact.Write(value)}\n");
        }
        Sheet(campaign.Message);
        Sheet(campaign.Sender);
        foreach (var sheet in campaign.Assessments.Append(person.Recipient))
            Sheet(sheet);
        foreach (var kind in new[] { Scope.Collection, Scope.Consent, Scope.Refusal, Scope.Check })
        foreach (var sheet in person.Of(kind))
            Sheet(sheet);
        var deliverable = Deliverability.Of(world.Entries);
        text.Append(CultureInfo.InvariantCulture, $"{deliverable.Word} {deliverable.Says}\n");
        text.AppendJoin(' ', controller.PolicyOn(world.Campaign.Day).On.Select(one => one.Name));
        return text.ToString();
    }

    static string Digest(string facts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts)))[..10];
}
