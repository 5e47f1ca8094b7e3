using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Reading;
using MaySend.Records.Assessing;
using MaySend.Records.Outbox;
using MaySend.Server.Tests.OptOut;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests;

/// <summary>Whoever is named is reminded of reviews that fall due, once for each step.</summary>
public sealed class ReviewReminderTests
{
    [Fact]
    public async Task A_review_is_mailed_about_a_month_before_a_week_before_and_on_the_day_each_once_even_after_a_restart()
    {
        using var mailroom = new Mailroom();
        await using var server = await mailroom.StartAsync(""", "reminders": ["privacy@shop.example"]""");
        var signature = new Signature("officer", new DateOnly(2026, 3, 1), "the balance is fair");
        var standing = new AssessmentRecorded("LIA-7.v1") { Title = "Email to customers", Signature = signature };
        await server.Store.RecordAsync(
            [
                standing with
                {
                    ReviewDue = new DateOnly(2026, 4, 20),
                },
                // Not signed, ended, and far away: nobody is reminded of these.
                standing with
                {
                    Id = "LIA-8.v1",
                    Signature = null,
                    ReviewDue = new DateOnly(2026, 3, 12),
                },
                standing with
                {
                    Id = "LIA-9.v1",
                    EndedOn = new DateOnly(2026, 3, 2),
                    ReviewDue = new DateOnly(2026, 3, 12),
                },
                standing with
                {
                    Id = "LIA-10.v1",
                    ReviewDue = new DateOnly(2026, 12, 1),
                },
            ],
            Actor.Runner("officer")
        );
        var reminders = server.Part<ReviewReminders>();
        foreach (
            var (day, mails) in new[] { ("2026-03-10", 0), ("2026-03-22", 1), ("2026-04-02", 0), ("2026-04-14", 1), ("2026-04-20", 1) }
        )
        {
            server.Clock.AdjustTime(new DateTimeOffset(DateTime.Parse(day).AddHours(9), TimeSpan.Zero));
            (await reminders.RemindAsync()).ShouldBe(mails, day);
            (await Anew(server).RemindAsync()).ShouldBe(0, $"{day}, after a restart");
        }
        var sent = await mailroom.ToAsync("privacy@shop.example", 3);
        sent.Select(mail => mail.GetProperty("kind").GetString()).ShouldBe(["review-due", "review-due", "review-due"]);
        sent.Select(mail => mail.GetProperty("subject").GetString())
            .ShouldBe(
                [
                    "Review of LIA-7.v1 is due on 20 April 2026",
                    "Review of LIA-7.v1 is due on 20 April 2026",
                    "Review of LIA-7.v1 was due on 20 April 2026",
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public void A_reminder_to_what_is_no_address_is_named_when_the_file_is_read()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-remind-").FullName;
        File.WriteAllText(
            Path.Combine(folder, "mail-out.json"),
            """{"smtp": {"host": "mail.example", "from": "hello@lantern.example"}, "reminders": ["privacy@shop.example", "the officer", null]}"""
        );
        Should
            .Throw<BadInputException>(() => MailOutFile.Read(folder, new FakeTimeProvider()))
            .Problems.Select(problem => problem.Text)
            .ShouldBe(["reminders: `the officer` is not a mail address", "reminders: `` is not a mail address"]);
    }

    /// <summary>What a server that was started again would hold.</summary>
    static ReviewReminders Anew(Running server) =>
        new(
            server.Store,
            server.Part<MailOutbox>(),
            server.Part<Records.RecordsOptions>(),
            server.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ReviewReminders>.Instance
        );
}
