using System.Globalization;
using System.Text;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Law.Files;
using MaySend.Reading;
using MaySend.Records.Start;

namespace MaySend.Acceptance;

/// <summary>What the interview asks of the lists themselves, and what each answer writes into them.</summary>
public sealed class StartListTests : IDisposable
{
    static readonly DateOnly Today = new(2026, 11, 27);
    static readonly Lazy<Decider> Decider = new(() => new Decider(LawReader.Read(Path.Combine(Maysend.Root, "law"))));
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_slip_of_the_pen_in_answers_is_named_and_a_weekday_is_the_next_one()
    {
        var problems = new Problems();
        var answers = new StartRecord()
            .With("befroe", [new("answer", "all")])
            .With("who", [new("chartiy", "no")])
            .With("stops", [new("since", "soon")])
            .With("what", [new("day", "friday")])
            .With("file:orders.csv", [new("dates", "dd/MM/yyyy")])
            .With("registers", [new("gb/tps", "2026-11-20")]);
        var dated = StartDays.Dated(answers, Today, problems);
        StartQuestions.NoteStrangers(dated, problems);
        dated["what", "day"].ShouldBe("2026-12-04", "today is a Friday, and the next one is meant");
        problems
            .List.Select(problem => problem.Text)
            .ShouldBe(
                ["`since` of `stops` is not a day: `soon`", "there is no question `befroe`", "`who` has no field `chartiy`"],
                ignoreOrder: true
            );
    }

    [Fact]
    public void A_time_of_confirmation_is_used_only_once_somebody_signs_that_it_was_a_click()
    {
        var record = Bring(
            "consents.csv",
            "address,id,when,to,channels,act,confirmed\n"
                + "anna@example.de,c1,2026-03-01T10:00:00Z,lantern-ltd,email,unticked-box,2026-03-01T10:05:00Z\n"
        );
        Question(record, "confirmed").Found.Single().ShouldContain("1 sign-up has one");
        var clicked = record.With("confirmed", [new("answer", "clicked")]);
        Write(record, signed: true).ShouldNotContain("10:05", customMessage: "nobody said what it is");
        Write(clicked, signed: false).ShouldNotContain("10:05", customMessage: "nobody signed it");
        Write(clicked, signed: true).ShouldContain("10:05");
        Write(record.With("confirmed", [new("answer", "imported")]), signed: true).ShouldNotContain("10:05");
        string Write(StartRecord so, bool signed) => Written(so, signed, "consents.csv");
    }

    [Fact]
    public void Registers_are_asked_about_where_a_law_asks_and_a_look_up_of_another_list_shows_nothing()
    {
        Orders("GB", 3);
        StartQuestions.For(Who, StartFindings.In(In, Decider.Value.Law)).ShouldNotContain(question => question.Id == "registers");
        Orders("DE", 3);
        StartQuestions
            .For(Who, StartFindings.In(In, Decider.Value.Law))
            .ShouldNotContain(question => question.Id == "registers", "the one it has is for gambling alone");
        var record = Orders("AT", 6);
        Question(record, "registers").Fields.Select(field => field.Id).ShouldBe(["at-ecg-day", "at-ecg-found"]);
        StartWorth.Of(In, record, Decider.Value, Today)["registers"].ShouldBe(6);

        var one = Answer("2026-11-26", "p2@example.com");
        Written(one, true, "checks.csv").ShouldContain("p1@example.com,at/ecg 2026-11-26,2026-11-26,at/ecg,no");
        Written(one, true, "checks.csv").ShouldContain("p2@example.com,at/ecg 2026-11-26,2026-11-26,at/ecg,yes");
        Written(Answer("2026-11-26", "none"), true, "checks.csv").ShouldNotContain(",yes");
        foreach (
            var (day, found) in new[] { ("2026-11-26", ""), ("", "none"), ("2026-11-26", "stranger@example.com"), ("2026-11-26", "p") }
        )
            Written(Answer(day, found), true, "checks.csv").ShouldBe("", $"{day} {found}");
        StartRecord Answer(string day, string found) => record.With("registers", [new("at-ecg-day", day), new("at-ecg-found", found)]);
    }

    [Fact]
    public void What_people_gave_for_and_what_the_mailing_is_about_counts_for_a_charity_once_it_is_signed()
    {
        const string orders =
            "address,id,when,obtained_by,from,context\n"
            + "anna@example.com,g1,2026-03-01T10:00:00Z,lantern-ltd,recipient,donation\n"
            + "bob@example.com,s1,2026-03-01T10:00:00Z,lantern-ltd,recipient,sale\n";
        StartQuestions.For(Bring("orders.csv", orders), StartFindings.In(In)).ShouldNotContain(question => question.Id == "charity");
        var record = Bring("orders.csv", orders)
            .With("who", [new("name", "Lantern Ltd"), new("country", "United Kingdom"), new("charity", "yes")])
            .With("charity", [new("number", "1234567"), new("purposes", "ours"), new("only", "cause")]);
        Question(record, "charity").Found.Single().ShouldContain("1 gift or other act of support");
        var (unsigned, signed) = (Written(record, false, "collections.csv"), Written(record, true, "collections.csv"));
        Cell(unsigned, "anna@", "purposes_charitable").ShouldBe("");
        Cell(signed, "anna@", "purposes_charitable").ShouldBe("yes");
        Cell(signed, "bob@", "purposes_charitable").ShouldBe("", "a sale is no gift");
        Written(record, false, "campaigns/first.yaml").ShouldContain("sole_purpose_charitable: no");
        Written(record, true, "campaigns/first.yaml").ShouldContain("sole_purpose_charitable: yes");
        StartSentences.Of(record).Single().Says.ShouldContain("(1234567)");
    }

    [Fact]
    public void A_mailing_about_peoples_work_is_one_and_their_addresses_are_for_work_once_it_is_signed()
    {
        var record = Bring("people.csv", "address,country\nmary@firm.example,ie\nmary@gmail.com,ie\n")
            .With("job", [new("answer", "yes"), new("why", "it is about payroll"), new("domains", "firm.example gmail.com")]);
        Question(record, "job").Fields[^1].Proposal!.ShouldContain("firm.example");
        Cell(Written(record, false, "people.csv"), "mary@firm", "business_capacity").ShouldBe("");
        var signed = Written(record, true, "people.csv");
        Cell(signed, "mary@firm", "business_capacity").ShouldBe("yes");
        Cell(signed, "mary@gmail", "business_capacity").ShouldBe("", "the public has mailboxes there");
        Written(record, false, "campaigns/first.yaml").ShouldNotContain("relates_to_job");
        Written(record, true, "campaigns/first.yaml").ShouldContain("relates_to_job: yes");
        StartSentences.Of(record).Single().Says.ShouldContain("payroll");
    }

    [Fact]
    public void Whether_all_messages_are_in_the_files_is_a_statement_of_the_day_it_reaches_back_to()
    {
        var record = Orders("GB", 3);
        // Nobody weighed interests with a cap, and nobody is in a country that counts months from the last message.
        StartWorth.Of(In, record, Decider.Value, Today)["history"].ShouldBe(0);
        Written(record.With("history", [new("answer", "all")]), true, "sender.yaml").ShouldNotContain("sends-complete");
        var answered = record.With("history", [new("answer", "all"), new("since", "2025-11-01")]);
        Written(answered, true, "sender.yaml").ShouldContain("sends-complete");
        Written(answered, true, "sender.yaml").ShouldContain("2025-11-01");
        StartSentences.Of(answered).Single().Says.ShouldBe("Every marketing message of Lantern Ltd since 1 Nov 2025 is in the files.");
    }

    static StartRecord Who { get; } =
        new StartRecord { AskedBy = "Mia" }.With(
            "who",
            [new("name", "Lantern Ltd"), new("country", "United Kingdom"), new("charity", "no")]
        );

    StartQuestion Question(StartRecord record, string id) =>
        StartQuestions.For(record, StartFindings.In(In, Decider.Value.Law)).Single(question => question.Id == id);

    string In => Path.Combine(folder.FullName, "shop");

    /// <summary>A file of the folder as it is with every sentence signed, or none; blank where it is not there.</summary>
    [Fact]
    public void What_happened_to_the_people_of_a_list_with_a_state_is_heard_and_those_who_left_are_stopped()
    {
        var said = Who.With(
            "file:list.csv",
            [new("happened", "donation"), new("when", "Given on"), new("given_by", "recipient"), new("products", "Fund")]
        );
        var path = folder.Write(
            "list.csv",
            "Email,Status,Given on,Fund\nanna@example.com,subscribed,2026-03-01,F1\nben@example.com,unsubscribed,2026-03-02,F1\n"
                + "cleo@example.com,subscribed,,\n"
        );
        var file = StartIntake.Propose(path, said, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
        file.Summary.Format.ShouldBe("subscribers");
        StartIntake.Write([file], said, In);
        var gifts = File.ReadAllLines(Path.Combine(In, "collections.csv"));
        gifts.Length.ShouldBe(3);
        gifts[1].ShouldStartWith("anna@example.com,");
        gifts[1].ShouldContain(",donation,");
        File.ReadAllLines(Path.Combine(In, "refusals.csv")).Skip(1).ShouldHaveSingleItem().ShouldStartWith("ben@example.com,");
        File.ReadAllLines(Path.Combine(In, "people.csv")).Length.ShouldBe(4, "and whoever has no day stays in the list");

        Should
            .Throw<BadInputException>(() =>
                StartIntake.Propose(
                    path,
                    Who.With("file:list.csv", [new("happened", "donation"), new("when", "Given")]),
                    TimeZoneInfo.FindSystemTimeZoneById("Europe/London")
                )
            )
            .Problems.ShouldHaveSingleItem()
            .Text.ShouldBe("there is no column `Given` for `when`");
    }

    [Fact]
    public void What_happened_is_an_error_where_the_file_says_so_itself()
    {
        var path = folder.Write("shop.csv", "order_id,order_date,status,billing_email\n1,2026-03-01 10:00:00,completed,p1@example.com\n");
        Should
            .Throw<BadInputException>(() =>
                StartIntake.Propose(
                    path,
                    Who.With("file:shop.csv", [new("happened", "donation"), new("when", "order_date")]),
                    TimeZoneInfo.FindSystemTimeZoneById("Europe/London")
                )
            )
            .Problems[0]
            .Text.ShouldContain("this file is read as woocommerce-orders");
    }

    string Written(StartRecord record, bool signed, string name)
    {
        StartFolder.Write(In, record, _ => signed ? new Signature("Sam", Today, "I know it") : null);
        return Path.Combine(In, name) is var path && File.Exists(path) ? File.ReadAllText(path) : "";
    }

    static string Cell(string csv, string address, string column)
    {
        var lines = csv.Split('\n');
        return lines.Single(line => line.StartsWith(address, StringComparison.Ordinal)).Split(',')[
            Array.IndexOf(lines[0].Split(','), column)
        ];
    }

    StartRecord Orders(string country, int people)
    {
        var orders = new StringBuilder("order_id,order_date,status,billing_email,shipping_country,line_item_1\n");
        for (var i = 1; i <= people; i++)
            orders.Append(
                CultureInfo.InvariantCulture,
                $"{i},2026-03-{i:00} 10:00:00,completed,p{i}@example.com,{country},name:Candle|sku:C1\n"
            );
        return Bring("orders.csv", orders.ToString());
    }

    StartRecord Bring(string name, string content)
    {
        var path = folder.Write(name, content);
        StartIntake.Write([StartIntake.Propose(path, Who, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"))], Who, In);
        return Who;
    }
}
