using MaySend.Assessments.Documents;
using MaySend.Assessments.Questions;
using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Reading;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class AssessmentTests(Site site)
{
    const string Title = "Email to customers about our own homeware";

    /// <summary>Without an assessment in force the sample's customers are not shown: those of the sample have lapsed by now.</summary>
    [Fact]
    public async Task An_assessment_is_written_reviewed_signed_by_a_second_person_carries_a_decision_and_no_more_once_withdrawn()
    {
        await site.AddUserAsync("second-officer", Role.DataProtectionOfficer);
        var writer = await site.SignInAsync(Role.DataProtectionOfficer, scripts: false);
        await ExpectAnswerAsync(writer, "Not shown: do not send");

        var id = await AssessmentPages.BeginAsync(writer, Title);
        await AssessmentPages.WriteAsync(writer, id);
        await Looks.GoodAsync(writer, "assessment-ready");
        await AssessmentPages.DoAsync(writer, id, "Hand it in for review", "ready for a second pair of eyes");
        await Assertions.Expect(writer.Locator("main")).ToContainTextAsync("somebody else has to review it");
        (await writer.GetByRole(AriaRole.Button, new() { Name = "Approve it" }).CountAsync()).ShouldBe(0);
        await ExpectAnswerAsync(writer, "Not shown: do not send");

        var second = await site.SignInAsync("second-officer");
        await AssessmentPages.DoAsync(second, id, "Approve it", "agrees with what customers tell us");
        await writer.GotoAsync($"/console/assessments/{id}");
        await Assertions.Expect(writer.Locator("main")).ToContainTextAsync("somebody else has to sign it");
        await AssessmentPages.DoAsync(second, id, "Sign as second-officer", "the balance is fair");
        await Assertions.Expect(second.Locator("h1 + p .badge")).ToHaveTextAsync("in force");
        await Looks.GoodAsync(second, "assessment-signed");
        await ExpectAnswerAsync(second, "Permitted for its day, not to be sent now");
        await Assertions.Expect(second.Locator(".answer")).ToContainTextAsync(id);
        await second.Locator($".answer a[href$='/{id}']").First.ClickAsync();
        await Assertions.Expect(second.Locator("h1")).ToContainTextAsync(Title);

        await AssessmentPages.DoAsync(second, id, "Withdraw it", "customers objected more than we thought");
        await Assertions.Expect(second.Locator("h1 + p .badge")).ToHaveTextAsync("withdrawn");
        await ExpectAnswerAsync(second, "Not shown: do not send");
        await writer.Context.DisposeAsync();
        await second.Context.DisposeAsync();
    }

    [Fact]
    public async Task The_next_version_takes_the_place_of_the_signed_one_only_when_it_is_signed_itself()
    {
        await site.AddUserAsync("third-officer", Role.DataProtectionOfficer);
        var writer = await site.SignInAsync(Role.Marketer, scripts: false);
        var signer = await site.SignInAsync("third-officer", scripts: false);
        var first = await AssessmentPages.SignedAsync(writer, signer, "Text messages to customers", "sms");
        await writer.GotoAsync($"/console/assessments/{first}");
        await writer.GetByRole(AriaRole.Button, new() { Name = "Write the next version" }).ClickAsync();
        var next = first.Replace(".v1", ".v2", StringComparison.Ordinal);
        await Assertions.Expect(writer.Locator("h1")).ToContainTextAsync(next);
        (await StateAsync(writer, first)).ShouldBe("in force");
        await AssessmentPages.DoAsync(writer, next, "Hand it in for review", "as before");
        await AssessmentPages.DoAsync(signer, next, "Approve it", "nothing new");
        (await StateAsync(writer, first)).ShouldBe("in force");
        await AssessmentPages.DoAsync(signer, next, "Sign as third-officer", "still fair");
        (await StateAsync(writer, next)).ShouldBe("in force");
        (await StateAsync(writer, first)).ShouldBe("superseded");
        var recorded = (await site.Store.ControllerAsync(cancellation: TestContext.Current.CancellationToken)).Assessments;
        recorded.Single(one => one.Id == first).EndedOn.ShouldNotBeNull();
        recorded.Single(one => one.Id == next).EndedOn.ShouldBeNull();
        await AssessmentPages.DoAsync(
            signer,
            next,
            "End it: something happened that it did not weigh",
            "addresses leaked",
            field => field.GetByLabel("What happened?").SelectOptionAsync("breach")
        );
        (await StateAsync(writer, next)).ShouldBe("lapsed");
        await writer.Context.DisposeAsync();
        await signer.Context.DisposeAsync();
    }

    [Fact]
    public async Task All_that_is_wrong_on_a_page_is_said_at_once_and_nothing_typed_is_lost()
    {
        var page = await site.SignInAsync(Role.DataProtectionOfficer, width: 360);
        var id = await AssessmentPages.BeginAsync(page, "Wrong input");
        await page.Locator("[name=planned]").FillAsync("many");
        await page.Locator("[name=limit]").FillAsync("-3");
        await page.Locator("[name=data-0-what]").FillAsync("email address");
        await page.Locator("[name=channels][value=email]").CheckAsync();
        await page.Locator("[name=note]").FillAsync("<script>alert(1)</script> & \"quotes\"\nsecond line");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        var said = await page.Locator("[role=alert]").InnerTextAsync();
        said.ShouldContain("Nothing was saved yet");
        said.ShouldContain("Messages planned in 30 days: `many` is not a whole number");
        said.ShouldContain("Limit in 30 days: `-3` is not a whole number");
        said.ShouldContain("Data used, row 1, source: is not chosen");
        (await page.Locator("[name=planned]").InputValueAsync()).ShouldBe("many");
        (await page.Locator("[name=data-0-what]").InputValueAsync()).ShouldBe("email address");
        (await page.Locator("[name=channels][value=email]").IsCheckedAsync()).ShouldBeTrue();
        (await page.Locator("[name=note]").InputValueAsync()).ShouldBe("<script>alert(1)</script> & \"quotes\"\nsecond line");
        await Looks.GoodAsync(page, "assessment-wrong");
        await page.ReloadAsync();
        await page.Locator("[name=planned]").FillAsync("2");
        await page.Locator("[name=limit]").FillAsync("3");
        await page.Locator("[name=data-0-source]").SelectOptionAsync("recipient");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await page.WaitForURLAsync("**/write/purpose");
        await page.GotoAsync($"/console/assessments/{id}/write/scope");
        (await page.Locator("[name=note]").InputValueAsync()).ShouldBe("<script>alert(1)</script> & \"quotes\"\nsecond line");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_contradiction_shows_while_one_writes_and_saves_nothing()
    {
        var page = await site.SignInAsync(Role.DataProtectionOfficer);
        var id = await AssessmentPages.BeginAsync(page, "Contradictions");
        foreach (var (name, value) in new[] { ("channels", "email"), ("audiences", "customers"), ("countries", "pl") })
            await page.Locator($"[name={name}][value={value}]").CheckAsync();
        await Assertions.Expect(page.Locator("#findings")).ToContainTextAsync("asks for consent to email to customers in Poland");
        await page.Locator("[name=countries][value=pl]").UncheckAsync();
        await Assertions.Expect(page.Locator("#findings")).Not.ToContainTextAsync("Poland");
        await page.GotoAsync($"/console/assessments/{id}");
        await Assertions.Expect(page.Locator("dl").First).Not.ToContainTextAsync("email");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Of_two_people_who_write_the_same_page_the_second_is_told_and_keeps_what_was_typed()
    {
        var one = await site.SignInAsync(Role.DataProtectionOfficer, scripts: false);
        var other = await site.SignInAsync(Role.Marketer, scripts: false);
        var id = await AssessmentPages.BeginAsync(one, "Two writers");
        await other.GotoAsync($"/console/assessments/{id}/write/purpose");
        await one.GotoAsync($"/console/assessments/{id}/write/purpose");
        await one.Locator("[name=says-outcome]").FillAsync("the first text");
        await one.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(one.Locator("[role=status]").First).ToContainTextAsync("Saved.");
        await other.Locator("[name=says-outcome]").FillAsync("the second text");
        await other.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(other.Locator("[role=alert]")).ToContainTextAsync("Somebody else saved this assessment in the meantime");
        (await other.Locator("[name=says-outcome]").InputValueAsync()).ShouldBe("the second text");
        await one.ReloadAsync();
        await one.GotoAsync($"/console/assessments/{id}/write/purpose");
        (await one.Locator("[name=says-outcome]").InputValueAsync()).ShouldBe("the first text");
        await one.Context.DisposeAsync();
        await other.Context.DisposeAsync();
    }

    [Fact]
    public async Task An_assessment_that_was_written_elsewhere_can_be_withdrawn()
    {
        var recorded = new AssessmentRecorded("LIA-900")
        {
            Sender = "harbour-gifts-ltd",
            Title = "From another system",
            Signature = new("director", new DateOnly(2026, 2, 2), "fair"),
            ReviewDue = new DateOnly(2099, 1, 1),
        };
        await site.Store.RecordAsync(recorded, Actor.Runner("import"), cancellation: TestContext.Current.CancellationToken);
        var page = await site.SignInAsync(Role.DataProtectionOfficer, scripts: false);
        await page.GotoAsync("/console/assessments/LIA-900");
        await page.Locator("details.danger summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw as" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1 + p .badge")).ToHaveTextAsync("ended");
        (await site.Store.ControllerAsync(cancellation: TestContext.Current.CancellationToken))
            .Assessments.Single(one => one.Id == "LIA-900")
            .EndedOn.ShouldNotBeNull();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task One_that_another_signed_later_and_failed_answers_is_in_force_only_in_part_and_says_by_which()
    {
        var older = new AssessmentRecorded("LIA-910")
        {
            Sender = "harbour-gifts-ltd",
            Title = "Kites to customers",
            PurposeTest = true,
            NecessityTest = true,
            BalancingTest = true,
            Channels = NameSet.Of("post"),
            Audiences = NameSet.Of("customers"),
            Families = NameSet.Of("kites"),
            Countries = NameSet.Of("gb"),
            Signature = new("director", new DateOnly(2026, 2, 2), "fair"),
            ReviewDue = new DateOnly(2099, 1, 1),
        };
        var failed = older with
        {
            Id = "LIA-911",
            BalancingTest = false,
            Signature = older.Signature with { On = new DateOnly(2026, 2, 3) },
        };
        foreach (var one in new[] { older, failed })
            await site.Store.RecordAsync(one, Actor.Runner("import"), cancellation: TestContext.Current.CancellationToken);
        var page = await site.SignInAsync(Role.DataProtectionOfficer, scripts: false);
        await page.GotoAsync("/console/assessments/LIA-910");
        await Assertions.Expect(page.Locator("h1 + p .badge")).ToHaveTextAsync("in force, in part");
        await Assertions.Expect(page.Locator("h1 + p")).ToContainTextAsync("except for what LIA-911 weighed later");
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData("md", "# Legitimate interests assessment")]
    [InlineData("html", "<!DOCTYPE html>")]
    [InlineData("json", "\"digest\"")]
    [InlineData("yaml", "assessment: LIA-")]
    public async Task A_draft_can_be_taken_away_as_a_file(string form, string holds)
    {
        var page = await site.SignInAsync(Role.DataProtectionOfficer, scripts: false);
        var id = await AssessmentPages.BeginAsync(page, "To be taken away");
        using var visitor = await Visitor.SignInAsync(site.Url, Role.Auditor);
        var answer = await visitor.Http.GetAsync($"/console/assessments/{id}/export.{form}", TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"{id}.{form}");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(holds, Case.Insensitive);
        await page.Context.DisposeAsync();
    }

    static async Task<string> StateAsync(IPage page, string id)
    {
        await page.GotoAsync($"/console/assessments/{id}");
        return await page.Locator("h1 + p .badge").InnerTextAsync();
    }

    static async Task ExpectAnswerAsync(IPage page, string heading)
    {
        await page.GotoAsync("/console/ask");
        await page.GetByLabel("Person").FillAsync(Site.Permitted);
        await page.GetByLabel("Campaign").SelectOptionAsync("spring-2026");
        await page.GetByLabel("On", new() { Exact = true }).FillAsync(AssessmentPages.Day(0));
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".answer h2")).ToHaveTextAsync(heading);
    }
}

/// <summary>Writes assessments as people do: page by page, in the browser, with the words of the worked example.</summary>
static class AssessmentPages
{
    static readonly AssessmentContent Example = AssessmentFile
        .Read(Path.Combine(Site.Root, "samples", "assessments", "LIA-10.v1.yaml"), "example", new Problems())!
        .Document.Content;

    public static string Day(int later) =>
        DateOnly
            .FromDateTime(DateTime.UnixEpoch)
            .AddDays((int)(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalDays + later)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<string> BeginAsync(IPage page, string title)
    {
        await page.GotoAsync("/console/assessments");
        await page.GetByLabel("What is it about?").FillAsync(title);
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await page.WaitForURLAsync("**/write/scope");
        return page.Url.Split('/')[^3];
    }

    public static async Task WriteAsync(IPage page, string id, string channel = "email")
    {
        foreach (
            var (name, value) in new[]
            {
                ("channels", channel),
                ("audiences", "customers"),
                ("families", "all"),
                ("countries", "gb"),
                ("profiling", "no"),
                ("children", "no"),
            }
        )
            await page.Locator($"[name={name}][value={value}]").CheckAsync();
        await page.Locator("[name=data-0-what]").FillAsync("email address");
        await page.Locator("[name=data-0-source]").SelectOptionAsync("recipient");
        await page.Locator("[name=data-0-special]").SelectOptionAsync("no");
        await page.Locator("[name=planned]").FillAsync("2");
        await page.Locator("[name=limit]").FillAsync("3");
        await page.Locator("[name=first-send]").FillAsync(Day(0));
        foreach (var step in new[] { "purpose", "necessity", "expectations", "effects", "safeguards" })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
            await page.WaitForURLAsync($"**/write/{step}");
            foreach (var question in QuestionBook.All)
            {
                if (await page.Locator($"[name=says-{question.Id}]").CountAsync() == 0)
                    continue;
                await page.Locator($"[name=says-{question.Id}]").FillAsync(Example.Answers[question.Id].Says);
                if (question.AsksForChoice)
                    await page.Locator($"[name=choice-{question.Id}][value={(Example.Answers[question.Id].Choice == true ? "yes" : "no")}]")
                        .CheckAsync();
            }
            if (await page.Locator("[name=outcome]").CountAsync() == 0)
                continue;
            await page.Locator("[name=outcome][value=passed]").CheckAsync();
            await page.Locator("[name=reason]").FillAsync("The answers above speak for it.");
        }
        await page.Locator("[name=guard-opt-out-in-every-message]").SelectOptionAsync("in-place");
        await page.Locator("[name=guard-opt-out-in-every-message-says]").FillAsync("one click in every message");
        await page.Locator("[name=due]").FillAsync(Day(300));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and see the whole" }).ClickAsync();
        await page.WaitForURLAsync($"**/assessments/{id}");
    }

    public static async Task DoAsync(IPage page, string id, string action, string reason, Func<ILocator, Task>? more = null)
    {
        if (!page.Url.EndsWith($"/assessments/{id}", StringComparison.Ordinal) || await page.Locator(".alert.good").CountAsync() > 0)
            await page.GotoAsync($"/console/assessments/{id}");
        else
            await page.ReloadAsync();
        var form = page.Locator("details.element").Filter(new() { Has = page.Locator("summary", new() { HasText = action }) });
        if (!await form.Locator("[name=reason]").IsVisibleAsync())
            await form.Locator("summary").ClickAsync();
        await form.Locator("[name=reason]").FillAsync(reason);
        if (more is not null)
            await more(form);
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToBeVisibleAsync();
    }

    /// <summary>Written by one, reviewed and signed by another.</summary>
    public static async Task<string> SignedAsync(IPage writer, IPage signer, string title, string channel)
    {
        var id = await BeginAsync(writer, title);
        await WriteAsync(writer, id, channel);
        await DoAsync(writer, id, "Hand it in for review", "ready");
        await DoAsync(signer, id, "Approve it", "agreed");
        var by = await signer.Locator(".who .name").InnerTextAsync();
        await DoAsync(signer, id, $"Sign as {by}", "fair");
        return id;
    }
}
