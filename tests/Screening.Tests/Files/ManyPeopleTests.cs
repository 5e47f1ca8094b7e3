using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Tests.Files;

/// <summary>Audiences larger than one group, decided on several threads.</summary>
public sealed class ManyPeopleTests
{
    const int People = 9_000;

    static readonly string[] Countries = ["gb", "de", "fr", "pl", "au", "", "gb;de"];

    [Fact]
    public void Answers_come_in_the_order_of_the_file_and_are_those_given_alone()
    {
        using var bench = Crowd();
        var rows = bench.Screen().Rows;
        rows.Select(row => row.Person.Address).ShouldBe(Enumerable.Range(0, People).Select(Address));
        var (screener, audience) = Open(bench);
        using (audience)
        {
            // The same people one by one, each a screening of its own.
            foreach (var row in rows.Where((_, index) => index % 997 == 0))
                Alone(bench, row.Person).ShouldBe((row.Verdict, row.Reason));
            screener
                .Screen(audience.People(), _ => { }, cancellation: TestContext.Current.CancellationToken)
                .Counts.Values.Sum()
                .ShouldBe(People);
        }
    }

    [Fact]
    public void The_counts_are_those_of_the_rows()
    {
        using var bench = Crowd();
        var (summary, rows) = bench.Screen();
        foreach (var verdict in Enum.GetValues<Verdict>())
            summary.Counts[verdict].ShouldBe(rows.Count(row => row.Verdict == verdict));
        summary.Reasons.Sum(reason => reason.Refused + reason.NotShown).ShouldBe(rows.Count(row => row.Verdict != Verdict.Permitted));
    }

    [Fact]
    public void A_file_kept_in_memory_and_one_dealt_into_shares_give_the_same_answers()
    {
        using var bench = Crowd();
        Told(bench.Screen(shareBytes: 20_000)).ShouldBe(Told(bench.Screen()), ignoreOrder: true);
    }

    [Fact]
    public void A_fault_while_the_audience_is_read_ends_the_screening()
    {
        using var bench = Crowd();
        var (screener, audience) = Open(bench);
        using (audience)
            Should
                .Throw<IOException>(() => screener.Screen(Breaking(audience.People(), after: 5_000), _ => { }))
                .Message.ShouldBe("the disk is gone");
    }

    [Fact]
    public void A_fault_of_whoever_writes_the_answers_ends_the_screening()
    {
        using var bench = Crowd();
        var (screener, audience) = Open(bench);
        var told = 0;
        using (audience)
            Should
                .Throw<IOException>(() => screener.Screen(audience.People(), _ => throw new IOException($"no room after {told++}")))
                .Message.ShouldBe("no room after 0");
        told.ShouldBe(1);
    }

    static AudienceBench Crowd()
    {
        var bench = new AudienceBench();
        bench.Write(
            "people.csv",
            "address,country,subscriber,address_kind,personal_data,business_capacity\n"
                + Lines(number => $"{Address(number)},{Countries[number % Countries.Length]},individual,named,yes,no")
        );
        bench.Write(
            "orders.csv",
            "address,id,when,obtained_by,from,context,point,products,refused\n"
                + Lines(number =>
                    number % 5 == 4
                        ? null
                        : $"{Address(number)},order {number},2025-06-02T10:00:00+01:00,lantern-ltd,recipient,sale,checkout,"
                            + $"{(number % 3 == 0 ? "T1" : "C1")},no"
                )
        );
        bench.Write(
            "refusals.csv",
            "address,id,when,senders,channels\n"
                + Lines(number => number % 11 == 0 ? $"{Address(number)},stop {number},2025-07-01,lantern-ltd,email" : null)
        );
        return bench;
    }

    static string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number}@example.com");

    static string Lines(Func<int, string?> line) =>
        string.Concat(Enumerable.Range(0, People).Select(line).OfType<string>().Select(text => text + "\n"));

    static List<string> Told(Outcome outcome) =>
        [.. outcome.Rows.Select(row => $"{row.Person.RawRow} {row.Verdict} {row.Send} {row.Process}")];

    static (Screener Screener, Audience Audience) Open(AudienceBench bench)
    {
        var problems = new Problems();
        var controller = new ControllerRecord(SenderFolder.Read(bench.Folder, problems));
        var campaign = CampaignFile.Read(Path.Combine(bench.Folder, "campaign.yaml"), controller, problems)!;
        var audience = Audience.Open(AudienceFiles.InFolder(bench.Folder, null), problems)!;
        problems.ThrowIfAny();
        return (new Screener(new Decider(AudienceBench.Law), audience.BorneOut(controller), campaign, campaign.Day), audience);
    }

    static (Verdict, string) Alone(AudienceBench bench, Person person)
    {
        var (screener, audience) = Open(bench);
        var answers = new List<Screened>();
        using (audience)
            screener.Screen([person], answers.Add);
        return (answers.ShouldHaveSingleItem().Verdict, answers[0].Reason);
    }

    static IEnumerable<Person> Breaking(IEnumerable<Person> people, int after)
    {
        foreach (var person in people)
        {
            if (after-- == 0)
                throw new IOException("the disk is gone");
            yield return person;
        }
    }
}
