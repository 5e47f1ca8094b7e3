using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Import;

/// <summary>
/// Exports as platforms write them: told by header and file name, in their languages, and the state of each person taken.
/// </summary>
public sealed class PlatformRecognitionTests
{
    /// <summary>A header and a row of somebody who stopped, a row of somebody who did not; and the format.</summary>
    public static TheoryData<string, string, string> Exports =>
        new()
        {
            {
                "suppressions.csv",
                "klaviyo-suppressions",
                "Email,Reason,Timestamp\nstop@example.com,USER_SUPPRESSED,2026-03-02T02:24:25Z\n"
                    + "ok@example.com,HARD_BOUNCE,2026-03-02T02:24:25Z\n"
            },
            {
                "contacts.csv",
                "brevo",
                "CONTACT ID;EMAIL;EMAIL_BLACKLISTED;SMS_BLACKLISTED\n1;stop@example.com;Yes;No\n2;ok@example.com;No;No\n"
            },
            { "contacts.csv", "brevo", "ID;EMAIL;emailBlacklisted\n1;stop@example.com;true\n2;ok@example.com;false\n" },
            {
                "contacts.csv",
                "activecampaign",
                "Email,Date Created,IP,Status\nstop@example.com,2021-07-08 09:10:11,,Unsubscribed\n"
                    + "ok@example.com,2021-07-08 09:10:11,,Active\n"
            },
            { "members.csv", "ghost", "id,email,name,subscribed_to_emails\n1,stop@example.com,A,false\n2,ok@example.com,B,true\n" },
            {
                "mailpoet.csv",
                "mailpoet",
                "E-mail,Status,Subscribed on\nstop@example.com,Unsubscribed,2024-05-02 10:00:00\n"
                    + "ok@example.com,Inactive,2024-05-02 10:00:00\n"
            },
            {
                "members.csv",
                "mailchimp-members",
                "list_id,email_address,status,timestamp_signup,timestamp_opt,ip_opt\n"
                    + "1,stop@example.com,unsubscribed,2020-04-17 16:31:41,,\n1,ok@example.com,pending,,,\n"
            },
            {
                "customers.csv",
                "matrixify-customers",
                "Email,Email Marketing: Status,Email Marketing: Updated At\nstop@example.com,unsubscribed,2026-06-01 10:00:00 +0100\n"
                    + "ok@example.com,not_subscribed,\n"
            },
            {
                "customers.csv",
                "shopify-api-customers",
                "id,email,email_marketing_consent_state\n1,stop@example.com,unsubscribed\n2,ok@example.com,not_subscribed\n"
            },
            {
                "kit.csv",
                "kit",
                "first_name,email,status,created_at\nA,stop@example.com,cancelled,2024-01-01T10:00:00Z\n"
                    + "B,ok@example.com,inactive,2024-01-01T10:00:00Z\n"
            },
            {
                "b.csv",
                "buttondown",
                "email,subscriber_type,creation_date\nstop@example.com,unsubscribed,2024-01-01\nok@example.com,unactivated,2024-01-01\n"
            },
            { "s.csv", "substack", "email,active_subscription,email_disabled\nstop@example.com,false,true\nok@example.com,true,false\n" },
            { "civi.csv", "civicrm", "Contact ID,Email,Do Not Email,Is Opt Out\n1,stop@example.com,,1\n2,ok@example.com,,0\n" },
            { "keila.csv", "keila", "Email,Status,Double opt-in at\nstop@example.com,unsubscribed,\nok@example.com,unreachable,\n" },
            {
                "dnc.csv",
                "mautic-do-not-contact",
                "email,reason,channel,date_added\nstop@example.com,1,email,2024-01-01 10:00:00\n"
                    + "ok@example.com,2,email,2024-01-01 10:00:00\n"
            },
            {
                "ses.csv",
                "ses-suppression",
                "EmailAddress,Reason,LastUpdateTime\nstop@example.com,COMPLAINT,2024-01-01T10:00:00Z\n"
                    + "ok@example.com,BOUNCE,2024-01-01T10:00:00Z\n"
            },
            {
                "sf.csv",
                "salesforce-consent",
                "ContactPoint,PrivacyConsentStatus,CaptureDate\nstop@example.com,OptOut,2024-01-01\nok@example.com,NotSeen,\n"
            },
            {
                "dyn.csv",
                "dynamics-consent",
                "msdynmkt_contactpointvalue,msdynmkt_value\nstop@example.com,534120002\nok@example.com,534120000\n"
            },
            { "a.csv", "subscribers", "Email,Status\nstop@example.com,Unsubscribed\nok@example.com,Subscribed\n" },
            { "a.csv", "subscribers", "E-Mail-Adresse;Abgemeldet am\nstop@example.com;2024-01-01\nok@example.com;\n" },
            { "a.csv", "subscribers", "Courriel,Désinscrit\nstop@example.com,oui\nok@example.com,non\n" },
            { "a.csv", "subscribers", "Correo electrónico,Suscrito\nstop@example.com,no\nok@example.com,sí\n" },
            {
                "hub.csv",
                "hubspot",
                "ID de registro,Correo,Desinscrito de todos los correos electrónicos\n1,stop@example.com,sí\n2,ok@example.com,no\n"
            },
            {
                "hub.csv",
                "hubspot",
                "Datensatz-ID,E-Mail,Von allen E-Mails abgemeldet,Land/Region\n1,stop@example.com,wahr,Deutschland\n"
                    + "2,ok@example.com,,Österreich\n"
            },
            {
                "unsubscribed_members_export_1.csv",
                "mailchimp",
                "Email,OPTIN_TIME,CONFIRM_TIME,UNSUB_REASON,UNSUB_TIME,UNSUB_REASON\nstop@example.com,,,,2026-06-25 17:38:27,NORMAL\n"
            },
            {
                "kunden.csv",
                "shopify-customers",
                "Kunden-ID,E-Mail,Akzeptiert E-Mail-Marketing,Gesamtausgaben\n1,stop@example.com,no,1\n2,ok@example.com,yes,2\n"
            },
        };

    [Theory]
    [MemberData(nameof(Exports))]
    public async Task A_platforms_export_is_recognised_and_says_who_stopped(string name, string format, string text)
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(bench.Write(name, text));
        plan.Summary.Format.ShouldBe(format);
        plan.Summary.Questions.ShouldBeEmpty();
        await plan.ApplyAsync(Evidence.Actors.Actor.Runner("clerk"));
        (await bench.EntriesAsync("stop@example.com")).OfType<RefusalMade>().ShouldNotBeEmpty();
        (await bench.EntriesAsync("ok@example.com")).OfType<RefusalMade>().ShouldBeEmpty();
    }

    [Fact]
    public async Task One_header_of_several_suppression_lists_is_told_apart_by_the_files_name()
    {
        const string Rows = "email,created\nanna@example.com,1700000000\n";
        await using var bench = await ImportBench.CreateAsync();
        foreach (var (name, isStop) in new[] { ("spam_reports.csv", true), ("global_unsubscribes.csv", true), ("bounces.csv", false) })
        {
            await using var own = await ImportBench.CreateAsync();
            await own.ImportAsync(own.Write(name, Rows));
            (await own.EntriesAsync("anna@example.com")).OfType<RefusalMade>().Any().ShouldBe(isStop, name);
        }
        (await bench.ProblemsAsync(bench.Write("people.csv", Rows)))
            .ShouldHaveSingleItem()
            .Text.ShouldBe("the header matches no known export");
    }

    [Fact]
    public async Task A_cancelled_order_is_no_sale_however_its_column_is_spelt()
    {
        foreach (var spelling in new[] { "Canceled at", "Cancelled at" })
        {
            await using var bench = await ImportBench.CreateAsync();
            await bench.ImportAsync(
                bench.Write(
                    "o.csv",
                    $"Name,Email,Created at,Lineitem name,{spelling}\n"
                        + "#1,anna@example.com,2026-06-03 10:14:00 +0100,Candle,2026-06-04 10:14:00 +0100\n"
                )
            );
            (await bench.OnlyAsync<DetailsCollected>("anna@example.com")).Context.ShouldBe("cancelled-sale", spelling);
        }
    }

    [Fact]
    public async Task Klaviyos_text_message_opt_outs_count_for_the_number_and_no_stop_takes_the_consents_time()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(
            bench.Write(
                "k.csv",
                "Email,Klaviyo ID,Phone Number,Email Marketing Consent,Email Marketing Consent Timestamp,SMS Marketing Consent,"
                    + "Email Suppressions\n"
                    + "anna@example.com,1,+442079460018,UNSUBSCRIBED,2024-01-01 10:00:00+00:00,UNSUBSCRIBED,\n"
                    + "ben@example.com,2,020 7946 0019,SUBSCRIBED,2024-01-01 10:00:00+00:00,UNSUBSCRIBED,\n"
            )
        );
        var email = await bench.OnlyAsync<RefusalMade>("anna@example.com");
        (email.Channels, email.When.Day).ShouldBe((NameSet.Of("email"), DateOnly.MinValue));
        (await bench.OnlyAsync<RefusalMade>("+442079460018")).Channels.ShouldBe(NameSet.Of("sms"));
        (await bench.EntriesAsync("ben@example.com")).OfType<RefusalMade>().ShouldHaveSingleItem().Channels.ShouldBe(NameSet.Of("sms"));
    }

    [Fact]
    public async Task Orders_of_woocommerce_have_lines_states_and_the_box()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(
            bench.Write(
                "orders.csv",
                "order_id,order_date,status,billing_email,shipping_country,line_item_1,line_item_2,meta:_mc4wp_optin\n"
                    + "1,2026-05-02 10:00:00,wc-completed,anna@example.com,GB,name:Lamp|sku:L1|quantity:1,name:Candle|sku:C1|quantity:2,1\n"
                    + "2,2026-05-02 11:00:00,cancelled,ben@example.com,GB,name:Candle|sku:C1,,0\n"
            )
        );
        var order = await bench.OnlyAsync<DetailsCollected>("anna@example.com");
        (order.Context, order.ConsentTicked, order.Id).ShouldBe(("sale", true, "1"));
        order.Products.ShouldBe(["C1", "L1"]);
        var off = await bench.OnlyAsync<DetailsCollected>("ben@example.com");
        (off.Context, off.ConsentTicked).ShouldBe(("cancelled-sale", false));
    }

    [Fact]
    public async Task A_header_that_is_nobodys_comes_with_the_way_on()
    {
        await using var bench = await ImportBench.CreateAsync();
        var help = (await bench.ProblemsAsync(bench.Write("x.csv", "Kunde,Mailadresse\nA,anna@example.com\n")))
            .ShouldHaveSingleItem()
            .Help!;
        help.ShouldContain("--format contacts --column \"address=Mailadresse\"");
        help.ShouldContain("found: Kunde, Mailadresse");
    }
}
