using System.Text.RegularExpressions;
using MaySend.Decisions;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Law.Formulas;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Tests.Files;

/// <summary>What the checkout's box means is said once, in the form; then every order of every shop carries it.</summary>
public sealed class CheckoutBoxTests : IDisposable
{
    const string OptIn =
        "{id: news, kind: opt-in, ticked_by_default: no, senders: [lantern-ltd], channels: [email], topics: [homeware], informed: yes, "
        + "separate_request: yes, told_of_withdrawal: yes, condition_of_service: no, ongoing: yes, wording: news by email}";
    const string OptOut = "{id: no-news, kind: opt-out, ticked_by_default: no}";

    const string Shopify =
        "Name,Email,Accepts Marketing,Created at,Lineitem name,Lineitem sku,Shipping Country\n"
        + "#1,ticked@example.com,yes,2026-01-03 10:14:00 +0000,Candle,C1,GB\n"
        + "#2,left@example.com,no,2026-01-03 10:14:00 +0000,Candle,C1,GB\n";
    const string Woo =
        "order_id,order_date,status,billing_email,shipping_country,line_item_1,_mc4wp_optin\n"
        + "1,2026-01-03 10:14:00,completed,ticked@example.com,GB,sku:C1,1\n"
        + "2,2026-01-03 10:14:00,completed,left@example.com,GB,sku:C1,0\n";
    const string Own =
        "address,id,when,from,context,products,country,consent_ticked\n"
        + "ticked@example.com,1,2026-01-03T10:14:00+00:00,recipient,sale,C1,gb,yes\n"
        + "left@example.com,2,2026-01-03T10:14:00+00:00,recipient,sale,C1,gb,no\n";

    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(Shopify, null)]
    [InlineData(Woo, null)]
    [InlineData(Own, "orders")]
    public void An_opt_in_box_ticked_is_a_consent_and_left_it_is_consent_asked_in_vain(string export, string? format)
    {
        Form(OptIn, "consent_asked: yes");
        var outcome = Screen(export, format);
        outcome.Of("ticked@example.com").ShouldBe(Verdict.Permitted);
        outcome.Of("left@example.com").ShouldNotBe(Verdict.Permitted);
        outcome.Rows.Single(row => row.Person.Address == "ticked@example.com").Reason.ShouldEndWith("#consent");
    }

    [Theory]
    [InlineData(Shopify, null)]
    [InlineData(Woo, null)]
    [InlineData(Own, "orders")]
    public void An_opt_out_box_left_alone_is_a_soft_opt_in_and_ticked_it_is_a_refusal(string export, string? format)
    {
        Form(OptOut, "consent_asked: no, refusal_offered: yes, refusal_simple: yes, refusal_free: yes");
        var outcome = Screen(export, format);
        outcome.Of("left@example.com").ShouldBe(Verdict.Permitted);
        outcome.Of("ticked@example.com").ShouldBe(Verdict.Refused);
    }

    [Theory]
    [InlineData(OptIn, "", Verdict.Permitted, "the form's one box says what they agreed to")]
    [InlineData($"{OptIn}, {OptOut}", "", Verdict.Permitted, "a box for no beside it changes nothing")]
    [InlineData("BEFORE", "", Verdict.NotShown, "a box that came ticked is no yes")]
    [InlineData("TWICE", "", Verdict.NotShown, "of two boxes nobody knows which")]
    [InlineData("UNSIGNED", "", Verdict.NotShown, "nobody signed what the form was")]
    [InlineData(OptIn, "sms", Verdict.NotShown, "they signed up for another channel than the box names")]
    [InlineData(OptIn, "declined", Verdict.NotShown, "what the row says of the act stands")]
    [InlineData(OptIn, "BLANK", Verdict.NotShown, "where nobody says that they signed up, a blank act is no yes")]
    public void A_dated_sign_up_at_a_form_is_what_the_forms_one_box_says(string boxes, string said, Verdict verdict, string why)
    {
        Form(
            boxes switch
            {
                "BEFORE" => OptIn.Replace("ticked_by_default: no", "ticked_by_default: yes", StringComparison.Ordinal),
                "TWICE" => $"{OptIn}, {OptIn.Replace("id: news", "id: more", StringComparison.Ordinal)}",
                "UNSIGNED" => OptIn,
                _ => boxes,
            },
            "consent_asked: yes"
        );
        if (boxes == "UNSIGNED")
        {
            var points = Path.Combine(bench.Folder, "collection-points.yaml");
            File.WriteAllText(points, Regex.Replace(File.ReadAllText(points), @",\s*signed: \{[^}]*\}", ""));
        }
        bench.Delete("orders.csv");
        bench.Write(
            "consents.csv",
            "address,id,when,channels,act,point,signed_up\n"
                + $"anna@example.com,s 1,2026-01-03T10:14:00+00:00,{(said == "sms" ? "sms" : "email")},"
                + $"{(said == "declined" ? "declined" : "")},shop,{(said == "BLANK" ? "" : "yes")}\n"
        );
        bench.Screen().Only.Verdict.ShouldBe(verdict, why);
    }

    [Fact]
    public void A_box_that_came_ticked_shows_nothing()
    {
        Form(OptIn.Replace("ticked_by_default: no", "ticked_by_default: yes", StringComparison.Ordinal), "consent_asked: yes");
        var outcome = Screen(Shopify, null);
        outcome.Of("ticked@example.com").ShouldBe(Verdict.NotShown);
        outcome.Of("left@example.com").ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void Without_the_form_an_order_shows_neither()
    {
        bench.Write("collection-points.yaml", "points: {}\n");
        Screen(Shopify, null).Rows.ShouldAllBe(row => row.Verdict == Verdict.NotShown);
    }

    [Fact]
    public void Nobody_is_told_to_complete_a_form_of_which_only_the_persons_own_answer_is_missing()
    {
        var unanswered = Own.Replace(",gb,no", ",gb,", StringComparison.Ordinal);
        const string Offered = "consent_asked: yes, refusal_offered: yes, refusal_simple: yes, refusal_free: yes";
        Form(OptIn, Offered);
        var outcome = Screen(unanswered, "orders");
        outcome.Of("left@example.com").ShouldBe(Verdict.NotShown);
        outcome.Summary.Gains.ShouldBeEmpty("the form is on record with its box");
        // A form of which nobody said what it showed can be proved, and that would gain her if it is as it should be.
        bench.Write("collection-points.yaml", "points: {}\n");
        Screen(unanswered, "orders").Summary.Gains.ShouldContain(gain => gain.Kinds.Contains(RemedyKind.ProveCollectionPoint));
    }

    [Fact]
    public void A_tick_that_no_signed_form_lists_is_not_shown_and_told_with_its_form_and_place()
    {
        Form(OptOut, "consent_asked: no");
        bench.Write(
            "orders.csv",
            "address,id,when,obtained_by,from,context,point,boxes\n"
                + "anna@example.com,1,2026-01-03,lantern-ltd,recipient,sale,shop,No-News=no gift=no\n"
                + "ben@example.com,2,2026-01-03,lantern-ltd,recipient,sale,shop,gift=yes\n"
                + "ben@example.com,3,2026-01-04,lantern-ltd,recipient,sale,shop,gift=yes no-news=no\n"
                + "ben@example.com,4,2026-01-05,lantern-ltd,recipient,sale,,gift=yes\n"
        );
        var problems = new Problems();
        using var audience = Audience.Open(AudienceFiles.InFolder(bench.Folder, null), problems);
        var controller = new Evidence.Fold.ControllerRecord(Evidence.Files.SenderFolder.Read(bench.Folder, problems));
        problems.ThrowIfAny();
        audience!
            .AboutRequests(controller, new Evidence.Entries.Campaign("c", "lantern-ltd", "email", new DateOnly(2026, 3, 10)))
            .Where(says => says.Contains("`gift`", StringComparison.Ordinal))
            .Select(says => says[..says.IndexOf(" lists", StringComparison.Ordinal)] + says[says.LastIndexOf('(')..])
            .ShouldBe([
                $"no signed version of `shop`(2 rows, the first at {Path.Combine(bench.Folder, "orders.csv")}:3)",
                $"no signed version of a form that no row names(1 row, the first at {Path.Combine(bench.Folder, "orders.csv")}:5)",
            ]);
    }

    void Form(string box, string shown) =>
        bench.Write(
            "collection-points.yaml",
            $"points:\n  shop:\n    - {{from: 2025-01-01, {shown}, notice_named_marketing: yes, notice_named_interest: yes,"
                + " notice_given: yes, "
                + $"right_to_object_shown: yes, lawful: yes, wording: as shown, boxes: [{box}], "
                + "signed: {by: head of e-commerce, on: 2025-01-05, reason: release 1}}\n"
        );

    Outcome Screen(string export, string? format)
    {
        bench.Write("export.csv", export);
        var options = new ImportOptions
        {
            Format = format,
            Sender = "lantern-ltd",
            Point = "shop",
            Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
        };
        var intake = Path.Combine(bench.Folder, "intake");
        ListIntake.Write([ImportSource.Open(Path.Combine(bench.Folder, "export.csv"), options)], intake).Questions.ShouldBeEmpty();
        return bench.Screen(with: files =>
        {
            var read = AudienceFiles.InFolder(intake, null);
            var refusals = files.Companions.Where(companion => companion.Kind == Evidence.Files.CompanionFiles.Refusals);
            return read with { Companions = [.. read.Companions, .. refusals] };
        });
    }
}
