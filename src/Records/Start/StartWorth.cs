using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Countries;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Screening;
using MaySend.Screening.Audiences;

namespace MaySend.Records.Start;

/// <summary>
/// What each question is worth: of the people who could be sent the mailing if every open question were answered well, signed, and a
/// weighing of interests signed as well, those who could not without its answer. Decided anew for each; nothing is kept.
/// </summary>
public sealed class StartWorth
{
    /// <summary>Of longer lists, people at equal distances are looked at, and the figures are rounded up to the whole list.</summary>
    public const int Most = 2_000;

    /// <summary>So few people are decided one by one.</summary>
    const int OneByOne = 200;

    readonly Dictionary<string, int> of = new(StringComparer.Ordinal);

    /// <summary>The people who could be sent the mailing if all were answered well.</summary>
    public int Reachable { get; private init; }

    /// <summary>False where only some of the people were looked at.</summary>
    public bool IsExact { get; private init; }

    /// <summary>For how many people the answer to a question is needed; 0 for one that decides nobody as things stand.</summary>
    public int this[string question] => of.GetValueOrDefault(question);

    /// <summary>The figure as people read it.</summary>
    public string Says(string question) =>
        this[question] == 0
            ? "As things are, this changes nobody's result."
            : $"{(IsExact ? "" : "About ")}{Amount.Of(this[question], "person depends", "people depend")} on it: without an answer they "
                + "can't be sent the mailing.";

    /// <summary>Counts.</summary>
    /// <param name="folder">The folder of the interview, with the files read.</param>
    /// <param name="record">What was answered so far.</param>
    /// <param name="decider">The law.</param>
    /// <param name="today">The day on which everything is supposed to be signed.</param>
    /// <exception cref="Reading.BadInputException">Something in the folder cannot be used.</exception>
    public static StartWorth Of(string folder, StartRecord record, Decider decider, DateOnly today)
    {
        var found = StartFindings.In(folder, decider.Law);
        var questions = StartQuestions.For(record, found);
        var counting = new Counting(folder, decider, today, found);
        // Which form the checkout had decides whether people can have said yes or had a chance to say no: the one that is better for the
        // sender is supposed.
        var (well, most) = new[] { "A", "D" }
            .Select(kind => questions.Aggregate(record, (so, question) => Answered(so, question, found, kind, today)))
            .Select(answered => (Record: answered, Count: counting.Count(answered)))
            .MaxBy(tried => tried.Count);
        var worth = new StartWorth { Reachable = most * counting.Step, IsExact = counting.Step == 1 };
        foreach (var question in questions.Where(question => question.CanBeSkipped))
            worth.of[question.Id] =
                question.Id == "meaning-of-no"
                    ? found.StatusNo
                    : counting.Step * Math.Max(0, most - counting.Count(well.With(question.Id, [])));
        return worth;
    }

    /// <summary>The record with a good answer where there is none.</summary>
    static StartRecord Answered(StartRecord record, StartQuestion question, StartFindings found, string kind, DateOnly today)
    {
        if (record.HasAnswered(question.Id) && !record.Answers[question.Id].IsEmpty)
            return record;
        var first = (found.Days?.First ?? today).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        KeyValuePair<string, string> Field(string id, string value) => new(id, value);
        if (
            StartWay.EveryForm.FirstOrDefault(way => question.Id == way.Box || question.Id == way.Since || question.Id == way.Notice) is
            { } way
        )
        {
            var seen =
                way.Point == StartWay.Checkout.Point ? kind
                : way.Point == StartWay.SignUp.Point ? "A"
                // Nothing in such a list says what anybody ticked.
                : way.Point == StartWay.Till.Point ? "E"
                : "D";
            return question.Id == way.Box
                    ? record.With(
                        way.Box,
                        [
                            Field("kind", seen),
                            Field("wording", "supposed"),
                            .. new[] { "names_us", "says_what", "apart", "can_stop", "easy", "no_goes_to_list" }.Select(id =>
                                Field(id, "yes")
                            ),
                        ]
                    )
                : question.Id == way.Since ? record.With(way.Since, [Field("from", first), Field("shown_by", "supposed")])
                : record.With(way.Notice, question.Fields.Select(field => Field(field.Id, "yes")));
        }
        return question.Id switch
        {
            "stops" => record.With("stops", [Field("answer", "all"), Field("since", first)]),
            "what" => record.With(
                "what",
                [
                    Field("day", today.AddDays(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                    Field("products", string.Join(' ', found.Products.Take(100))),
                    Field("third_party", "no"),
                ]
            ),
            "chosen" => record.With("chosen", [Field("answer", "everybody")]),
            "children" => record.With("children", [Field("answer", "no"), Field("since", first)]),
            "email" => record.With("email", question.Fields.Select(field => Field(field.Id, field.Id == "pixel" ? "no" : "yes"))),
            "similar" => record.With("similar", [Field("groups", string.Join(' ', found.Products.Select(code => $"{code}=all/all")))]),
            "before" => record.With("before", [Field("answer", "all"), Field("since", first)]),
            "country" => record.With("country", [Field("country", record["who", "country"] ?? ""), Field("why", "supposed")]),
            "company" => record.With("company", [Field("numbers", string.Join(' ', found.TaskDomains.Select(domain => $"{domain}=1")))]),
            "job" => record.With(
                "job",
                [Field("answer", "yes"), Field("why", "supposed"), Field("domains", string.Join(' ', found.Domains))]
            ),
            "charity" => record.With("charity", [Field("number", "supposed"), Field("purposes", "ours"), Field("only", "cause")]),
            "confirmed" => record.With("confirmed", [Field("answer", "clicked")]),
            "registers" => record.With("registers", StartRegisters.NobodyFound(found.Registers, today)),
            "history" => record.With("history", [Field("answer", "all"), Field("since", first)]),
            _ => record,
        };
    }

    /// <summary>Screens the same people again and again, without asking what would gain anybody.</summary>
    sealed class Counting(string folder, Decider decider, DateOnly today, StartFindings found)
    {
        /// <summary>Every so many-th person is looked at.</summary>
        public int Step { get; } = Math.Max(1, (found.People + Most - 1) / Most);

        public int Count(StartRecord record)
        {
            if (record.Day("what", "day") is null)
                return 0;
            using var standing = StartStanding.Signed(folder, record, today);
            using var audience = standing.OpenAudience();
            var controller = audience.BorneOut(Weighed(standing, record));
            var campaign = standing.Campaign;
            var people = Some(new ReachedPeople(audience.People(), standing.Campaign.Channel).People());
            if (found.People <= OneByOne)
                return people.Count(person => IsPermitted(person, controller, campaign));
            var summary = new Screener(decider, controller, campaign, campaign.Day) { AsksWhatWouldGain = false }.Screen(people, _ => { });
            return summary.Counts[Verdict.Permitted];
        }

        /// <summary>The answer for one person alone: the same, and for a few people sooner than making columns ready for them.</summary>
        bool IsPermitted(Person person, ControllerRecord controller, Campaign campaign) =>
            decider
                .Decide(
                    CampaignFactFinder.Find(controller, campaign),
                    new FactFinder(controller, campaign, decider.Days).Find(person.Entries, person.Address),
                    campaign.Day,
                    controller.PolicyOn(campaign.Day)
                )
                .Verdict == Verdict.Permitted;

        IEnumerable<Person> Some(IEnumerable<Person> people) => people.Where((_, at) => at % Step == 0);

        /// <summary>The record with a weighing of interests that covers everything, where nobody has made one.</summary>
        ControllerRecord Weighed(StartStanding standing, StartRecord record)
        {
            if (!standing.Controller.Assessments.IsEmpty)
                return standing.Controller;
            CountryNames.TryRead(record["who", "country"] ?? "", out var own);
            var assessment = new AssessmentRecorded("supposed")
            {
                Sender = standing.Campaign.Sender,
                Title = "supposed",
                PurposeTest = true,
                NecessityTest = true,
                BalancingTest = true,
                Channels = NameSet.Everything,
                Audiences = NameSet.Everything,
                Families = NameSet.Everything,
                Countries = NameSet.Of([.. found.Countries.Keys, .. own?.Names ?? []]),
                CoversProfiling = true,
                CoversChildren = false,
                Signature = new("nobody yet", today, "supposed"),
                ReviewDue = DateOnly.MaxValue,
            };
            return standing.Controller.Over(new ControllerRecord([assessment]));
        }
    }
}
