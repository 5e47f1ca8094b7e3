using System.Diagnostics;
using System.Globalization;
using System.Text;
using MaySend.Decisions;
using MaySend.Law.Conditions;
using MaySend.Law.Files;
using MaySend.Law.Formulas;
using MaySend.Records.Start;

namespace MaySend.Acceptance;

/// <summary>
/// Each way in has a form of its own, each next step leads to where it is done, and a question that decides nobody is left out.
/// </summary>
public sealed class StartWaysTests : IDisposable
{
    static readonly DateOnly Today = new(2026, 11, 27);
    static readonly Lazy<Decider> Decider = new(() => new Decider(LawReader.Read(Path.Combine(Maysend.Root, "law"))));
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_form_of_the_checkout_says_nothing_of_who_bought_at_the_counter_or_signed_up_for_a_list()
    {
        var record = Begin(counter: 3, online: 5, readers: 2);
        var found = StartFindings.In(In, Decider.Value.Law);
        found.Ways.ShouldBe([StartWay.Checkout, StartWay.Till, StartWay.SignUp], "most people first");
        found.Ways.Select(found.PeopleBy).ShouldBe([5, 3, 2]);
        StartQuestions
            .For(record, found)
            .Select(question => question.Id)
            .Where(id => id.EndsWith("box", StringComparison.Ordinal))
            .ShouldBe(["box", "till-box", "sign-up-box"]);
        // Everybody ticked; the box of the checkout is signed, and it alone.
        Permitted(Seen(record, StartWay.Checkout)).ShouldBe(5);
        Permitted(Seen(record, StartWay.SignUp)).ShouldBe(2);
        Permitted(Seen(Seen(record, StartWay.Checkout), StartWay.Till)).ShouldBe(8);
        Permitted(Seen(Seen(Seen(record, StartWay.Checkout), StartWay.Till), StartWay.SignUp)).ShouldBe(10);
    }

    [Fact]
    public void A_signature_under_the_former_words_of_a_sentence_still_counts_and_one_under_other_words_does_not()
    {
        var record = Seen(Begin(counter: 0, online: 1, readers: 0), StartWay.Checkout);
        var sentence = StartSentences.Of(record).Single(one => one.Id == "box");
        sentence.Says.ShouldContain(". About the notice: ");
        var former = sentence with { Says = sentence.Says.Replace(". About the notice: ", ". Of the notice: ", StringComparison.Ordinal) };
        former = former with { Says = former.Says.Replace("people can stop", "one can stop", StringComparison.Ordinal) };
        former = former with { Says = former.Says.Replace("it was separate from", "it stood apart from", StringComparison.Ordinal) };
        former = former with { Says = former.Says.Replace("no there is in", "no there stands in", StringComparison.Ordinal) };
        former = former with { Says = former.Says.Replace("nothing was answered", "nothing was said", StringComparison.Ordinal) };
        record.Sign(former, "Sam", Today, "I know").SignatureOf(sentence).ShouldNotBeNull();
        var other = former with
        {
            Says = former.Says.Replace("an empty box to tick for yes", "a box that came ticked", StringComparison.Ordinal),
        };
        other.ShouldNotBe(former);
        record.Sign(other, "Sam", Today, "I know").SignatureOf(sentence).ShouldBeNull();
    }

    [Fact]
    public void Each_way_in_is_a_sentence_of_its_own_and_its_answers_change_no_other_signature()
    {
        var record = Seen(Seen(Begin(counter: 1, online: 1, readers: 1), StartWay.Checkout), StartWay.SignUp);
        foreach (var sentence in StartSentences.Of(record))
            record = record.Sign(sentence, "Sam", Today, "I know");
        var forms = StartSentences.Of(record).Where(sentence => sentence.Id.EndsWith("box", StringComparison.Ordinal)).ToList();
        forms.Select(sentence => sentence.Id).ShouldBe(["box", "sign-up-box"]);
        forms[0].Says.ShouldContain("people who ordered from Lantern GmbH saw");
        forms[1].Says.ShouldContain("people who signed up with Lantern GmbH saw");
        record = record.With("sign-up-since", [new("from", "2025-06-01"), new("shown_by", "a screenshot")]);
        StartSentences
            .Of(record)
            .Where(sentence => record.SignatureOf(sentence) is null)
            .Select(sentence => sentence.Id)
            .ShouldBe(["sign-up-box"]);
        StartFolder.SenderId(record).ShouldBe("lantern-gmbh");
    }

    [Fact]
    public void A_form_that_changed_on_a_day_is_asked_about_before_that_day_as_well_and_signed_apart()
    {
        // All ordered in March 2026, and the form is said to be of April.
        var record = Seen(Begin(counter: 0, online: 4, readers: 0), StartWay.Checkout)
            .With("since", [new("from", "2026-04-01"), new("shown_by", "release note")]);
        Permitted(record).ShouldBe(0);
        var found = StartFindings.In(In, Decider.Value.Law);
        var earlier = StartQuestions
            .For(record, found)
            .Where(question => question.Id.StartsWith("earlier-", StringComparison.Ordinal))
            .ToList();
        earlier.Select(question => question.Id).ShouldBe(["earlier-box", "earlier-since", "earlier-notice"]);
        earlier[0].Asks.ShouldBe("What did people see about marketing when they ordered, until 31 Mar 2026?");
        earlier[0].Found[0].ShouldBe("4 orders or sign-ups came by then.");
        StartWorth.Of(In, record, Decider.Value, Today)["earlier-box"].ShouldBe(4);
        // What would gain them leads to the form that nobody has described, and to no other.
        StartFolder.Write(In, record, record.SignatureOf);
        StartOutcome
            .Of(In, record, Decider.Value, Today)
            .Steps.Select(step => step.Command("shop"))
            .ShouldContain(command => command.Contains("--again earlier-box", StringComparison.Ordinal));

        var told = Seen(record, StartWay.Checkout.Earlier).With("earlier-since", [new("from", "2025-01-01"), new("shown_by", "backup")]);
        Permitted(told).ShouldBe(4);
        StartSentences
            .Of(told)
            .Where(sentence => sentence.Id.EndsWith("box", StringComparison.Ordinal))
            .Select(sentence => sentence.Says[..sentence.Says.IndexOf(',', StringComparison.Ordinal)])
            .ShouldBe(["From 1 Apr 2026 on", "From 1 Jan 2025 until 31 Mar 2026"]);
        // A box that came ticked before is no yes, whatever it is now; and a form that began after it ended says nothing.
        Permitted(Seen(told, StartWay.Checkout.Earlier, "B").With("earlier-since", told.Answers["earlier-since"])).ShouldBe(0);
        Permitted(told.With("earlier-since", [new("from", "2026-05-01"), new("shown_by", "backup")])).ShouldBe(0);
    }

    [Fact]
    public void The_question_on_which_most_people_depend_is_asked_first_and_a_form_before_its_days()
    {
        var record = Begin(counter: 1, online: 4, readers: 0);
        var questions = StartQuestions.For(record, StartFindings.In(In, Decider.Value.Law));
        List<string> asked = [];
        while (Next() is { } next)
        {
            asked.Add(next.Id);
            record = next.Id switch
            {
                "box" => Asked(Seen(record, StartWay.Checkout), "box"),
                "since" => record.With("since", [new("from", "2025-01-01"), new("shown_by", "theme backup")]),
                _ => record.With(next.Id, []),
            };
        }
        // The checkout's form decides four people, the counter's one; and it is asked what the form was before since when.
        asked.IndexOf("box").ShouldBe(0);
        asked.IndexOf("since").ShouldBe(1);
        asked.IndexOf("till-box").ShouldBeGreaterThan(1);
        asked.ShouldNotContain("till-since", "nobody knows the form");

        StartQuestion? Next() => StartQuestions.Next(questions, record, () => StartWorth.Of(In, record, Decider.Value, Today));

        // Of what Seen answers only the named question counts as answered.
        StartRecord Asked(StartRecord seen, string question) => record.With(question, seen.Answers[question]);
    }

    [Fact]
    public void Every_condition_and_every_kind_of_act_leads_to_a_question_or_a_command_of_its_own()
    {
        var conditions = ConditionBook.All.ToDictionary(condition => condition.Name);
        StartAct.Conditions.Where(name => !conditions.ContainsKey(name)).ShouldBeEmpty("they are named as the law files name them");
        string Command(string condition, params string[] asked) =>
            StartAct.Of(conditions[condition].Remedy.Kind, condition, asked).Command("shop");
        string[] all = [.. StartQuestions.For(Begin(1, 1, 1), StartFindings.In(In, Decider.Value.Law)).Select(question => question.Id)];
        Command("collection.refusal-offered", all).ShouldBe("maysend start --in shop --again box --again till-box --again sign-up-box");
        Command("collection.notice-named-the-interest", "sign-up-notice").ShouldBe("maysend start --in shop --again sign-up-notice");
        Command("recipient.is-not-a-child", all).ShouldBe("maysend start --in shop --again children");
        Command("refusal.covers-this-message", all).ShouldBe("maysend start --in shop --again stops");
        Command("assessment.for-this-sender", all).ShouldBe("maysend assess new --help");
        Command("collection.details-first-given-then", all).ShouldBe("maysend start MORE-EXPORTS --in shop");
        Command("collection.relationship-continues", all).ShouldBe("maysend record judgement --help");
        Command("consent.given-within", all).ShouldBe("maysend sign-up open --help");
        // What this interview does not ask is done by a command: no step asks a question that there is not.
        Command("recipient.in-country").ShouldBe("maysend start MORE-EXPORTS --in shop");
        Command("check.not-listed").ShouldBe("maysend checks --help");
        foreach (var kind in Enum.GetValues<RemedyKind>().Except([RemedyKind.ProveCollectionPoint, RemedyKind.SignProductMap]))
            StartAct.Of(kind, null, []).Command("shop").ShouldNotBe("maysend start --in shop", kind.ToString());
    }

    [Fact]
    public void What_answers_of_others_name_leads_to_where_it_is_done_and_not_to_more_exports()
    {
        var record = Seen(Begin(counter: 0, online: 4, readers: 0, ticked: "no"), StartWay.Checkout, kind: "C");
        StartFolder.Write(In, record, record.SignatureOf);
        var outcome = StartOutcome.Of(In, record, Decider.Value, Today);
        outcome.Summary.Counts[Verdict.Permitted].ShouldBe(0);
        // They are customers with a fair chance to say no; what is lacking is a weighing of interests, once their products are grouped.
        outcome.Steps.ShouldContain(step =>
            step.Acts.Any(act => act.Kind == RemedyKind.SignAssessment)
            && step.Command("shop").Contains("maysend assess new", StringComparison.Ordinal)
        );
        foreach (var step in outcome.Steps.Where(step => step.Acts.All(act => act.Kind != RemedyKind.RecordIfTrue)))
            step.Command("shop").ShouldNotContain("MORE-EXPORTS", Case.Sensitive, step.Text);
    }

    [Fact]
    public async Task At_a_terminal_a_question_that_decides_nobody_is_left_out_and_named_at_the_end()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "there is no program that plays a terminal");
        // The program asks its own clock what day it is, and the mailing is still to come.
        var nextWeek = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(7);
        var record = Begin(counter: 0, online: 4, readers: 0)
            .With("what", [new("day", $"{nextWeek:yyyy-MM-dd}"), new("products", "C1"), new("third_party", "no")]);
        Seen(record, StartWay.Checkout).Write(Path.Combine(In, StartRecord.FileName));
        // All who can be mailed ticked: nobody depends on the products, on the mails before or on how many they were.
        var said = await AtATerminalAsync();
        said.ShouldContain("not asked, because it changes nobody's result: similar, before, job, history");
        said.ShouldNotContain("Which of your products belong together?");
        // On the mailing itself everybody depends: it is asked, and the program waits.
        (record with { Answers = Seen(record, StartWay.Checkout).Answers.Remove("email") }).Write(Path.Combine(In, StartRecord.FileName));
        (await AtATerminalAsync(until: "What does the mailing carry?")).ShouldContain("4 people depend on it");
    }

    /// <summary>Runs it at a terminal until it ends, or until it prints what is waited for.</summary>
    async Task<string> AtATerminalAsync(string? until = null)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(Maysend.Root, "artifacts", "bin", "Cli", configuration, "MaySend.Cli.dll");
        var start = new ProcessStartInfo(
            "/usr/bin/script",
            ["-qec", $"stty cols 200; dotnet '{program}' start --in '{In}' --by Mia", "/dev/null"]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        (start.Environment["MAYSEND_HOME"], start.Environment["TERM"]) = (Maysend.Root, "xterm");
        using var process = Process.Start(start)!;
        // A program that waits for an answer would wait for ever.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var (said, buffer) = (new StringBuilder(), new char[4096]);
        while (await process.StandardOutput.ReadAsync(buffer, CancellationToken.None) is > 0 and var read)
        {
            said.Append(buffer, 0, read);
            if (
                until is not null
                && said.ToString().Contains(until, StringComparison.Ordinal)
                && said.ToString().Contains(" depend", StringComparison.Ordinal)
            )
                break;
        }
        process.Kill(entireProcessTree: true);
        return said.ToString();
    }

    string In => Path.Combine(folder.FullName, "shop");

    int Permitted(StartRecord record) => StartOutcome.Of(In, record, Decider.Value, Today).Summary.Counts[Verdict.Permitted];

    static StartRecord Seen(StartRecord record, StartWay way, string kind = "A") =>
        record
            .With(
                way.Box,
                [
                    new("kind", kind),
                    new("wording", "News from Lantern GmbH by email. You can stop at any time."),
                    .. new[] { "names_us", "says_what", "apart", "can_stop", "easy" }.Select(id => KeyValuePair.Create(id, "yes")),
                ]
            )
            .With(way.Since, [new("from", "2025-01-01"), new("shown_by", "theme backup")])
            .With(way.Notice, new[] { "marketing", "interest", "object", "given", "fair" }.Select(id => KeyValuePair.Create(id, "yes")));

    /// <summary>A shop's orders, online and at the counter, and a list's readers; all in the United Kingdom.</summary>
    StartRecord Begin(int counter, int online, int readers, string ticked = "yes")
    {
        var orders = new StringBuilder(
            "Name,Email,Financial Status,Created at,Accepts Marketing,Lineitem name,Lineitem sku,Shipping Country,Source\n"
        );
        var rows = Enumerable.Repeat("web", online).Concat(Enumerable.Repeat("POS", counter));
        foreach (var (at, source) in rows.Index())
            orders.Append(
                CultureInfo.InvariantCulture,
                $"#{at},buyer{at}@example.com,paid,2026-03-0{at % 9 + 1} 10:00:00 +0000,{ticked},Candle,C1,GB,{source}\n"
            );
        var people = new StringBuilder("Email,Country\n");
        var list = new StringBuilder("Email Address,OPTIN_TIME,CONFIRM_TIME\n");
        for (var at = 0; at < readers; at++)
        {
            list.Append(CultureInfo.InvariantCulture, $"reader{at}@example.com,2026-04-0{at + 1} 09:00:00,2026-04-0{at + 1} 09:05:00\n");
            people.Append(CultureInfo.InvariantCulture, $"reader{at}@example.com,United Kingdom\n");
        }
        List<string> files = [folder.Write("orders_export.csv", orders.ToString())];
        if (readers > 0)
            files.AddRange([
                folder.Write("subscribed_email_audience_export_1.csv", list.ToString()),
                folder.Write("where.csv", people.ToString()),
            ]);
        var record = new StartRecord { AskedBy = "Mia" }
            .With("who", [new("name", "Lantern GmbH"), new("country", "United Kingdom"), new("charity", "no")])
            .With("stops", [new("answer", "all"), new("since", "2024-01-01")])
            .With("what", [new("day", "2026-12-04"), new("products", "C1"), new("third_party", "no")])
            .With("chosen", [new("answer", "everybody")])
            .With("children", [new("answer", "no"), new("since", "2024-01-01")])
            .With(
                "email",
                new[] { "stop", "identified", "address", "advert", "object", "notice" }
                    .Select(id => KeyValuePair.Create(id, "yes"))
                    .Append(new("pixel", "no"))
            );
        Directory.CreateDirectory(In);
        StartIntake.Write([.. files.Select(file => StartIntake.Propose(file, record, TimeZoneInfo.Utc))], record, In);
        return record;
    }
}
