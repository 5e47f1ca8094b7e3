using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MaySend.Acceptance;

/// <summary>
/// From a shop's exports to people who may be mailed, by two people, without a file edited by hand: a marketer answers, somebody who may
/// sign signs.
/// </summary>
public sealed class StartTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The next one, as it is printed.</summary>
    static string Friday
    {
        get
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date);
            var friday = Enumerable.Range(1, 7).Select(today.AddDays).First(day => day.DayOfWeek == DayOfWeek.Friday);
            return friday.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        }
    }

    const string Answers = """
        answers:
          who: {name: Lantern Ltd, country: United Kingdom, charity: no}
          stops: {answer: all, since: 2024-01-01}
          meaning-of-no: {answer: opt-outs}
          what: {day: friday, products: C1, third_party: no, topic: news}
          chosen: {answer: everybody}
          box: {kind: A, wording: "Email me with news and offers from Lantern Ltd. You can stop at any time.", names_us: yes, says_what: yes, apart: yes, can_stop: yes, easy: yes}
          since: {from: 2025-01-01, shown_by: theme backup of 1 Jan 2025}
          notice: {marketing: yes, interest: yes, object: yes, given: yes, fair: yes}
          children: {answer: no, since: 2024-01-01}
          email: {stop: yes, identified: yes, address: yes, advert: yes, object: yes, notice: yes, pixel: no}
          similar: {groups: C1=candles/homeware L1=lamps/homeware}
          before: {answer: all, since: 2024-01-01}
        """;

    const string Signing = """
        answers:
          stops: {reason: I read the replies and answer the phone}
          box: {reason: I built the theme}
          children: {reason: we sell to adults}
          email: {reason: I looked at it}
          similar: {reason: I know the range}
          before: {reason: I looked through the log}
        """;

    [Fact]
    public async Task A_shops_exports_lead_to_permitted_people_by_two_people_with_no_file_edited_by_hand()
    {
        Bring();
        folder.Write("answers.yaml", Answers);
        folder.Write("signing.yaml", Signing);

        var begun = await StartAsync("answers.yaml", "Mia");
        begun.Status.ShouldBe(0, begun.Said);
        begun.Said.ShouldContain("bestellungen.csv · shopify-orders");
        begun.Said.ShouldContain("read as: encoding windows-1252");
        begun.Said.ShouldContain("read as: dates as dd.MM.yyyy");
        begun.Said.ShouldContain("Jürgen Müller");
        begun.Said.ShouldContain("row 29 is left out");
        begun.Said.ShouldContain("row 30 is left out");
        // Five of them stand in both files.
        begun.Said.ShouldContain("together: 29 people");
        // What a marketer says counts for nothing until somebody signs it.
        begun.Said.ShouldContain($"0 of 29 may be sent on {Friday}");
        begun.Said.ShouldContain("Once signed: 17 may be sent");
        begun.Said.ShouldContain("maysend start sign --in");

        var signed = await Maysend.RunAsync(["start", "sign", "--in", In, "--by", "Sam", "--answers", Path("signing.yaml")], null);
        signed.Status.ShouldBe(0, signed.Said);
        signed.Said.ShouldContain($"17 of 29 may be sent on {Friday}");
        signed.Said.ShouldNotContain("self-signed");

        var output = Path("out");
        var screened = await Maysend.RunAsync("screen", "--in", In, "--campaign", "first", "--out", output);
        screened.Status.ShouldBe(0, screened.Said);
        var permitted = await File.ReadAllTextAsync(System.IO.Path.Combine(output, "permitted.csv"), TestContext.Current.CancellationToken);
        permitted.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(18);
        permitted.ShouldContain("kunde1@example.com");
        // She ticked the box when she ordered, and unsubscribed since.
        permitted.ShouldNotContain("kunde5@example.com");
        (await File.ReadAllTextAsync(System.IO.Path.Combine(output, "refused.csv"), TestContext.Current.CancellationToken)).ShouldContain(
            "kunde5@example.com"
        );
    }

    [Fact]
    public async Task Another_shops_orders_and_a_list_of_opt_outs_lead_there_too()
    {
        folder.Write(
            "orders.csv",
            "order_id,order_date,status,billing_email,shipping_country,line_item_1,_mc4wp_optin\n"
                + string.Concat(
                    Enumerable
                        .Range(1, 10)
                        .Select(i =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{i},2026-03-{i:00} 10:00:00,completed,p{i}@example.com,GB,name:Candle|sku:C1,{i % 2}\n"
                            )
                        )
                )
        );
        folder.Write("unsubscribed_people.csv", "Email,Status\np1@example.com,Subscribed\np3@example.com,Unsubscribed\n");
        folder.Write("answers.yaml", Answers);
        folder.Write("signing.yaml", Signing);
        string[] start =
        [
            "start",
            Path("orders.csv"),
            Path("unsubscribed_people.csv"),
            "--in",
            In,
            "--by",
            "Mia",
            "--zone",
            "Europe/London",
        ];
        var begun = await Maysend.RunAsync([.. start, "--answers", Path("answers.yaml")], null);
        begun.Status.ShouldBe(0, begun.Said);
        // Five ticked; one of them unsubscribed by her state, another stands in a file that is named for it: the strictest reading until
        // somebody says.
        begun.Said.ShouldContain("Once signed: 3 may be sent");
        folder.Write("named.yaml", Answers + "\n  'file:unsubscribed_people.csv': {file_is: list}\n");
        (await Maysend.RunAsync([.. start, "--answers", Path("named.yaml")], null)).Said.ShouldContain("Once signed: 4 may be sent");
        var signed = await Maysend.RunAsync(["start", "sign", "--in", In, "--by", "Sam", "--answers", Path("signing.yaml")], null);
        signed.Said.ShouldContain("4 of 10 may be sent");
    }

    [Fact]
    public async Task A_mail_platforms_audience_leads_there_too_by_the_form_at_which_its_people_signed_up()
    {
        var zip = Path("audience_export_5f2c.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            // Twelve signed up, eight of them confirmed from their mailbox; two were put in by hand, without a time.
            var subscribed = Enumerable
                .Range(1, 12)
                .Select(i => (Day: $"2026-0{i % 9 + 1}-10", Person: i))
                .Select(one =>
                    $"leser{one.Person}@example.com,{one.Day} 09:00:00,"
                    + (one.Person <= 8 ? $"{one.Day} 09:05:00,198.51.100.7" : $"{one.Day} 09:00:00,")
                )
                .Concat(["hand1@example.com,,,", "hand2@example.com,,,"]);
            Add(archive, "subscribed", "", subscribed);
            Add(
                archive,
                "unsubscribed",
                ",UNSUB_TIME",
                Enumerable
                    .Range(21, 3)
                    .Select(i => $"leser{i}@example.com,2026-02-10 09:00:00,2026-02-10 09:05:00,198.51.100.7,2026-05-01 10:00:00")
            );
            Add(
                archive,
                "cleaned",
                ",CLEAN_TIME",
                ["leser31@example.com,2026-02-10 09:00:00,2026-02-10 09:05:00,198.51.100.7,2026-05-01 10:00:00"]
            );
        }
        // The platform does not say where anybody is; the shop's customers export does.
        folder.Write(
            "customers.csv",
            "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Country Code,Total Spent,Tags\n"
                + string.Concat(
                    Enumerable
                        .Range(1, 12)
                        .Select(i => $"leser{i}")
                        .Concat(["hand1", "hand2"])
                        .Select((name, i) => $"{i},Ann,Sample,{name}@example.com,yes,GB,10,\n")
                )
        );
        // What people saw is asked of the form they signed up at, which is not a shop's checkout.
        folder.Write("answers.yaml", AtTheSignUpForm(Answers));
        folder.Write("signing.yaml", AtTheSignUpForm(Signing));
        var begun = await Maysend.RunAsync(
            ["start", zip, Path("customers.csv"), "--in", In, "--by", "Mia", "--zone", "Europe/London", "--answers", Path("answers.yaml")],
            null
        );
        begun.Status.ShouldBe(0, begun.Said);
        begun.Said.ShouldContain("mailchimp");
        begun.Said.ShouldContain("0 of 18 may be sent");
        var signed = await Maysend.RunAsync(["start", "sign", "--in", In, "--by", "Sam", "--answers", Path("signing.yaml")], null);
        signed.Status.ShouldBe(0, signed.Said);
        // Twelve dated sign-ups at the form that is signed now; a status without a time is no yes.
        signed.Said.ShouldContain("12 of 18 may be sent", Case.Insensitive, signed.Said);
        signed.Said.ShouldContain("3 must not be sent");
    }

    static string AtTheSignUpForm(string answers) =>
        answers
            .Replace("  box:", "  sign-up-box:", StringComparison.Ordinal)
            .Replace("  since:", "  sign-up-since:", StringComparison.Ordinal)
            .Replace("  notice:", "  sign-up-notice:", StringComparison.Ordinal);

    static void Add(ZipArchive archive, string state, string more, IEnumerable<string> rows)
    {
        using var text = new StreamWriter(archive.CreateEntry($"{state}_email_audience_export_5f2c.csv").Open());
        text.Write($"Email Address,OPTIN_TIME,CONFIRM_TIME,CONFIRM_IP{more}\n");
        foreach (var row in rows)
            text.Write($"{row}\n");
    }

    [Fact]
    public async Task Whoever_knows_nothing_gets_nobody_and_is_told_what_to_find_out()
    {
        Bring();
        folder.Write("answers.yaml", "answers:\n  who: {name: Lantern Ltd, country: gb, charity: no}\n  what: {day: 2026-12-04}\n");
        var begun = await StartAsync("answers.yaml", "Mia");
        begun.Status.ShouldBe(0, begun.Said);
        begun.Said.ShouldContain("0 of 29 may be sent");
        foreach (
            var question in new[] { "before", "box", "children", "chosen", "email", "meaning-of-no", "notice", "similar", "since", "stops" }
        )
            begun.Said.ShouldContain($" {question}: ");
        // What would reach most comes first, with how many people depend on it.
        begun.Said.ShouldContain("Not known yet");
        (await File.ReadAllTextAsync(System.IO.Path.Combine(In, "start.html"), TestContext.Current.CancellationToken)).ShouldContain(
            "0 of 29 may be sent it"
        );
        begun.Said.ShouldNotContain("Waiting for somebody who may sign");
    }

    [Fact]
    public async Task Without_whose_mailing_it_is_there_is_no_interview()
    {
        Bring();
        folder.Write("answers.yaml", "answers: {stops: unknown}\n");
        var begun = await StartAsync("answers.yaml", "Mia");
        begun.Status.ShouldBe(65);
        begun.Said.ShouldContain("`who` has no answer");
    }

    [Fact]
    public async Task A_firm_of_one_signs_its_own_answers_and_the_signature_says_so()
    {
        Bring();
        folder.Write("answers.yaml", Answers);
        folder.Write("signing.yaml", Signing);
        await StartAsync("answers.yaml", "Mia");
        var signed = await Maysend.RunAsync(["start", "sign", "--in", In, "--by", "Mia", "--answers", Path("signing.yaml")], null);
        signed.Said.ShouldContain("17 of 29 may be sent");
        (await File.ReadAllTextAsync(System.IO.Path.Combine(In, "sender.yaml"), TestContext.Current.CancellationToken)).ShouldContain(
            "self-signed: I read the replies"
        );
    }

    [Fact]
    public async Task An_answer_that_changes_is_not_signed_any_more()
    {
        Bring();
        folder.Write("answers.yaml", Answers);
        folder.Write("signing.yaml", Signing);
        await StartAsync("answers.yaml", "Mia");
        await Maysend.RunAsync(["start", "sign", "--in", In, "--by", "Sam", "--answers", Path("signing.yaml")], null);
        folder.Write("later.yaml", "answers:\n  stops: {answer: all, since: 2020-01-01}\n");
        var later = await Maysend.RunAsync(["start", "--in", In, "--by", "Mia", "--answers", Path("later.yaml")], null);
        later.Status.ShouldBe(0, later.Said);
        later.Said.ShouldContain("0 of 29 may be sent");
        later.Said.ShouldContain("Waiting for somebody who may sign stops: Every request to stop");
    }

    string In => Path("shop");

    string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    Task<Ended> StartAsync(string answers, string by) =>
        Maysend.RunAsync(
            [
                "start",
                Path("bestellungen.csv"),
                Path("kunden.csv"),
                "--in",
                In,
                "--by",
                by,
                "--zone",
                "Europe/London",
                "--answers",
                Path(answers),
            ],
            null
        );

    /// <summary>Orders and customers of a shop as a spreadsheet program in Germany saved them: thirty rows, two of them bad, one person
    /// unsubscribed.</summary>
    void Bring()
    {
        var orders = new StringBuilder(
            "Name;Email;Financial Status;Accepts Marketing;Created at;Lineitem quantity;Lineitem name;Lineitem sku;Billing Name;"
                + "Shipping Country\n"
        );
        for (var i = 1; i <= 27; i++)
            orders
                .Append(CultureInfo.InvariantCulture, $"#{1000 + i};kunde{i}@example.com;paid;{(i <= 18 ? "yes" : "no")};")
                .AppendLine(CultureInfo.InvariantCulture, $"{i % 27 + 1:00}.03.2026 10:14;1;Kerze;C1;Jürgen Müller;GB");
        orders.AppendLine("#1028;kunde28@example.com;paid;yes;irgendwann im März;1;Kerze;C1;Zoë Weiß;GB");
        orders.AppendLine("#1029;kunde29@example.com;paid");
        orders.AppendLine("#1030;kunde30@example.com;paid;no;03.03.2026 11:00;1;Leuchte;L1;Änne Groß;GB");
        Save("bestellungen.csv", orders.ToString());
        var customers = new StringBuilder(
            "Customer ID;First Name;Last Name;Email;Accepts Email Marketing;Default Address Country Code;Total Spent;Tags\n"
        );
        for (var i = 1; i <= 4; i++)
            customers.AppendLine(CultureInfo.InvariantCulture, $"{i};Jürgen;Müller;kunde{i}@example.com;yes;GB;10;");
        customers.AppendLine("5;Käthe;Groß;kunde5@example.com;no;GB;10;unsubscribed");
        customers.AppendLine("31;Änne;Weiß;kunde31@example.com;yes;GB;0;");
        Save("kunden.csv", customers.ToString());
    }

    void Save(string name, string text) =>
        File.WriteAllBytes(
            Path(name),
            CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!.GetBytes(text.ReplaceLineEndings("\r\n"))
        );
}
