using System.Globalization;
using System.Text;
using MaySend.Decisions;
using MaySend.Law.Files;
using MaySend.Records.Start;

namespace MaySend.Acceptance;

/// <summary>What each question of the interview is worth, and what is asked about people of whom the files do not say enough.</summary>
public sealed class StartWorthTests : IDisposable
{
    static readonly DateOnly Today = new(2026, 11, 27);
    static readonly Lazy<Decider> Decider = new(() => new Decider(LawReader.Read(Path.Combine(Maysend.Root, "law"))));
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_question_is_worth_the_people_who_could_not_be_sent_the_mailing_without_its_answer()
    {
        var record = Begin(located: 20, hasTicks: false);
        var worth = StartWorth.Of(In, record, Decider.Value, Today);
        // At a form with a line that says how to say no, all twenty are customers with a fair chance to refuse.
        worth.Reachable.ShouldBe(20);
        worth["stops"].ShouldBe(20);
        worth["children"].ShouldBe(20);
        worth["email"].ShouldBe(20);
        worth["similar"].ShouldBe(20);
        worth.Says("stops").ShouldStartWith("20 people depend on it");
        // Nothing is written by counting.
        File.Exists(Path.Combine(In, "templates.yaml")).ShouldBeFalse();
    }

    [Fact]
    public void Once_the_form_is_known_to_have_had_a_box_only_those_who_ticked_turn_on_the_rest()
    {
        var record = Begin(located: 20, hasTicks: true)
            .With(
                "box",
                [
                    new("kind", "A"),
                    new("wording", "Email me news from Lantern Ltd. You can stop at any time."),
                    .. new[] { "names_us", "says_what", "apart", "can_stop", "easy" }.Select(id => KeyValuePair.Create(id, "yes")),
                ]
            );
        var worth = StartWorth.Of(In, record, Decider.Value, Today);
        worth.Reachable.ShouldBe(10);
        worth["stops"].ShouldBe(10);
        worth["similar"].ShouldBe(0);
        worth.Says("similar").ShouldBe("As things are, this changes nobody's result.");
    }

    [Fact]
    public void Where_people_are_is_asked_only_if_the_files_leave_it_open_and_counts_only_once_it_is_signed()
    {
        var everywhere = Begin(located: 20, hasTicks: false);
        Ids(everywhere).ShouldNotContain("country");
        var record = Begin(located: 12, hasTicks: false);
        Ids(record).ShouldContain("country");
        StartWorth.Of(In, record, Decider.Value, Today)["country"].ShouldBe(8);

        record = record.With("country", [new("country", "UK"), new("why", "we only ever delivered there")]);
        StartPeople.Write(In, In, record, _ => false);
        Located().ShouldBe(0);
        StartPeople.Write(In, In, record, id => id == "country");
        Located().ShouldBe(8, "the files say where the other twelve are");
        // Taken back, it is as it was.
        StartPeople.Write(In, In, record.With("country", []), _ => true);
        Located().ShouldBe(0);
        StartSentences.Of(record).Single().Says.ShouldContain("is in United Kingdom: we only ever delivered there");
        StartSentences.Of(record.With("country", [new("country", "Atlantis"), new("why", "so")])).ShouldBeEmpty();

        int Located() => File.ReadLines(Path.Combine(In, "people.csv")).Count(line => line.Contains(",gb,", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mailbox_is_a_companys_only_by_a_number_that_is_signed_and_never_at_a_public_domain()
    {
        var record = Begin(located: 20, hasTicks: false, more: ["info@firm.example", "mary@firm.example", "sales@gmail.com"]);
        var question = StartQuestions.For(record, StartFindings.In(In)).Single(question => question.Id == "company");
        question.Found.Single().ShouldContain("2 mailboxes are for a task");
        question.Found.Single().ShouldContain("firm.example");
        question.Found.Single().ShouldNotContain("gmail.com");
        record = record.With("company", [new("numbers", "firm.example=01234567 gmail.com=7 nonsense")]);
        StartPeople.Write(In, In, record, _ => true);
        var people = File.ReadAllLines(Path.Combine(In, "people.csv"));
        people.ShouldContain(line => line.StartsWith("info@firm.example,,corporate,01234567,role,no,", StringComparison.Ordinal));
        people.ShouldContain(line => line.StartsWith("mary@firm.example,,corporate,01234567,named,yes,", StringComparison.Ordinal));
        people.ShouldContain(line => line.StartsWith("sales@gmail.com,,,,", StringComparison.Ordinal));
        StartSentences.Of(record).Single().Says.ShouldNotContain("gmail.com");
    }

    [Fact]
    public void The_page_at_the_end_shows_the_groups_as_a_picture_with_its_numbers_and_nobodys_address()
    {
        var record = Begin(located: 20, hasTicks: false)
            .With("what", [new("day", "2026-12-04"), new("products", "C1"), new("third_party", "no")]);
        StartFolder.Write(In, record, record.SignatureOf);
        var (now, once) = (StartOutcome.Of(In, record, Decider.Value), StartOutcome.Of(In, record, Decider.Value, Today));
        var worth = StartWorth.Of(In, record, Decider.Value, Today);
        var open = StartQuestions.For(record, StartFindings.In(In)).Where(question => !record.HasAnswered(question.Id)).ToList();
        var html = StartReport.Write(record, now, once, open, worth, "shop & co");
        html.ShouldContain("0 of 20 may be sent it on 4 December 2026");
        html.ShouldContain("<canvas id=\"piles\"");
        html.ShouldContain("if every answer turns out well and interests are weighed");
        html.ShouldContain("<td class=\"n\">20</td><td class=\"n\">0</td><td class=\"n\">0</td>");
        html.ShouldContain("shop &amp; co");
        html.ShouldNotContain("@example.com");
    }

    [Theory]
    [InlineData("Email,Town\nanna@example.com,Leeds\n", "contacts", "a list of people")]
    [InlineData("address,country\nanna@example.com,Great Britain\n", "contacts", "a list of people")]
    [InlineData(
        "address,id,when,obtained_by,from,context\nanna@example.com,o1,2026-03-01T10:00:00Z,lantern-ltd,recipient,sale\n",
        "orders",
        "a file of orders"
    )]
    [InlineData("address,id,when,senders,how\n", "refusals", "a file of refusals")]
    [InlineData("Email,Address,City\nanna@example.com,1 High Street,Leeds\n", "contacts", "addresses in `Email`")]
    [InlineData("Address,Donor email,Land\n1 High Street,anna@example.com,Irland\n", "contacts", "addresses in `Donor email`")]
    public void A_file_that_no_platform_wrote_is_read_as_what_its_whole_header_says(string content, string format, string says)
    {
        var file = StartIntake.Propose(folder.Write("some.csv", content), new StartRecord(), null);
        file.Summary.Format.ShouldBe(format);
        file.Proposed[0].ShouldContain(says);
    }

    [Theory]
    [InlineData("trial", "enquiry-box")]
    [InlineData("business-contact", "meeting-box")]
    [InlineData("donation", "support-box")]
    [InlineData("sale", "box")]
    public void Of_a_list_without_boxes_it_is_asked_what_its_people_saw(string happened, string question)
    {
        var list = folder.Write(
            "list.csv",
            "Email,Date,Date of birth,Country\nanna@example.com,2026-03-01,1980-01-02,GB\nben@example.com,2026-03-02,,GB\n"
        );
        var record = new StartRecord { AskedBy = "Mia" }.With(
            "who",
            [new("name", "Lantern Ltd"), new("country", "United Kingdom"), new("charity", "yes")]
        );
        StartIntake.Propose(list, record, null).Days.ShouldBe(["Date"], "nobody came to anybody by being born");
        record = record.With("file:list.csv", [new("happened", happened), new("when", "Date"), new("given_by", "recipient")]);
        StartIntake.Write([StartIntake.Propose(list, record, null)], record, In);

        var worth = StartWorth.Of(In, record, Decider.Value, Today);

        Ids(record).ShouldContain(question);
        if (happened is "donation")
            worth[question].ShouldBe(2, "a charity's supporters may be written to after a fair chance to refuse");
    }

    [Fact]
    public void Of_a_list_one_thing_after_another_is_asked_that_only_a_person_can_say()
    {
        var list = folder.Write("list.csv", "Email,Date\nanna@example.com,03/05/2026\nben@example.com,04/05/2026\n");
        var record = new StartRecord();
        StartFile Propose() => StartIntake.Propose(list, record, null);

        Propose().Question!.Fields[0].Id.ShouldBe("happened");
        record = record.With("file:list.csv", [new("happened", "sale"), new("when", "Date")]);
        Propose().Question!.Fields.Single().Choices.Select(choice => choice.Word).ShouldBe(["dd/MM/yyyy", "MM/dd/yyyy"]);
        record = record.With("file:list.csv", [new("happened", "sale"), new("when", "Date"), new("dates", "MM/dd/yyyy")]);
        Propose().Question.ShouldBeNull();
        Propose().Occasions!.Summary.SetAside.ShouldBeEmpty();
    }

    [Fact]
    public void A_list_whose_status_says_unsubscribed_stops_these_people_and_what_is_no_list_stays_refused()
    {
        var list = StartIntake.Propose(folder.Write("list.csv", "Email,Remarks\nanna@example.com,unsubscribed\n"), new StartRecord(), null);
        list.Proposed.ShouldContain(line => line.Contains("`Remarks` says who asked to stop", StringComparison.Ordinal));
        Should
            .Throw<MaySend.Reading.BadInputException>(() =>
                StartIntake.Propose(folder.Write("products.csv", "code,family,range\nC1,candles,homeware\n"), new StartRecord(), null)
            )
            .Message.ShouldContain("matches no known export");
    }

    IEnumerable<string> Ids(StartRecord record) => StartQuestions.For(record, StartFindings.In(In)).Select(question => question.Id);

    string In => Path.Combine(folder.FullName, "shop");

    /// <summary>
    /// Twenty people's orders of 2026, perhaps of every other one with the box ticked; so many orders say that they are from the UK.
    /// </summary>
    StartRecord Begin(int located, bool hasTicks, string[]? more = null)
    {
        var orders = new StringBuilder(
            "order_id,order_date,status,billing_email,shipping_country,line_item_1" + (hasTicks ? ",_mc4wp_optin" : "") + "\n"
        );
        for (var i = 1; i <= 20; i++)
            orders.Append(
                CultureInfo.InvariantCulture,
                $"{i},2026-03-{i:00} 10:00:00,completed,p{i}@example.com,{(i <= located ? "GB" : "")},"
                    + $"name:Candle|sku:C1{(hasTicks ? $",{i % 2}" : "")}\n"
            );
        foreach (var (at, address) in (more ?? []).Index())
            orders.Append(
                CultureInfo.InvariantCulture,
                $"{100 + at},2026-03-01 10:00:00,completed,{address},GB,name:Candle|sku:C1{(hasTicks ? ",0" : "")}\n"
            );
        folder.Write("orders.csv", orders.ToString());
        var record = new StartRecord { AskedBy = "Mia" }.With(
            "who",
            [new("name", "Lantern Ltd"), new("country", "United Kingdom"), new("charity", "no")]
        );
        StartIntake.Write(
            [
                StartIntake.Propose(
                    Path.Combine(folder.FullName, "orders.csv"),
                    record,
                    TimeZoneInfo.FindSystemTimeZoneById("Europe/London")
                ),
            ],
            record,
            In
        );
        return record;
    }
}
