using System.Net;
using Ical.Net;
using MaySend.Console.Access;
using MaySend.Console.Assessing;
using MaySend.Law.Facts;
using MaySend.Records.Assessing;
using Microsoft.Extensions.DependencyInjection;

namespace MaySend.Console.Tests;

/// <summary>How an assessment begins, and how its review is not forgotten.</summary>
public sealed class AssessmentStartTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "", "", 0)]
    [InlineData("customers", "email", "customers", 2)]
    [InlineData("business", "email", "business-contacts", 2)]
    [InlineData("no-such-thing", "", "", 0)]
    public async Task A_template_fills_what_the_assessment_covers_and_answers_nothing(
        string like,
        string channel,
        string audience,
        int data
    )
    {
        using var marketer = await Visitor.SignInAsync(site.Url, Role.Marketer);
        var sender = (await site.Store.ControllerAsync(cancellation: Stop)).Senders.Keys.First();
        var answer = await marketer.PostAsync(
            "/console/assessments",
            "begin-assessment",
            new("title", $"begun like {like}"),
            new("sender", sender),
            new("like", like)
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var id = answer.Headers.Location!.ToString().Split('/')[^3];
        var content = (await site.Services.GetRequiredService<AssessmentDesk>().FindAsync(id))!.Document.Content;
        (content.Scope.Channels, content.Scope.Audiences, content.Scope.Data.Length).ShouldBe((Names(channel), Names(audience), data));
        content.Answers.ShouldBeEmpty();
    }

    [Fact]
    public void Templates_name_only_words_that_decisions_test()
    {
        foreach (var one in AssessmentTemplate.All)
        {
            one.Channels.Names.ShouldBeSubsetOf(Words.Channels);
            one.Audiences.Names.ShouldBeSubsetOf(Words.Audiences);
            one.Data.Select(data => data.Source).ShouldBeSubsetOf(Collection.From.Words);
        }
    }

    [Fact]
    public async Task The_reviews_come_as_a_calendar_with_a_reminder_each()
    {
        using var auditor = await Visitor.SignInAsync(site.Url, Role.Auditor);
        using var answer = await auditor.Http.GetAsync("/console/assessments/reviews.ics", Stop);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        var calendar = Calendar.Load(await answer.Content.ReadAsStringAsync(Stop)).ShouldNotBeNull();
        var due = (await site.Store.ControllerAsync(cancellation: Stop))
            .Assessments.Where(one => one is { Signature: not null, EndedOn: null, ReviewDue: not null })
            .ToDictionary(one => $"review-{one.Id}@maysend", one => one.ReviewDue!.Value);
        due.ShouldNotBeEmpty();
        foreach (var (uid, day) in due)
        {
            var review = calendar.Events.Where(one => one.Uid == uid).ShouldHaveSingleItem();
            (review.Start!.Date, review.Start.HasTime, review.Alarms.Count).ShouldBe((day, false, 1));
        }
    }

    static NameSet Names(string name) => name.Length == 0 ? NameSet.Of() : NameSet.Of(name);
}
