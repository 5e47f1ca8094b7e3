using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

public class ExplanationTests
{
    static readonly Explainer Explainer = new(Shop.Decider);

    [Fact]
    public void Not_shown_names_the_record_that_comes_nearest_and_a_real_remedy()
    {
        var explanation = Explainer.Explain(
            Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 1, 2), "order 10442", refused: null)),
            "anna@example.com"
        );
        explanation.Verdict.ShouldBe("not-shown");
        var text = ExplanationText.Write(explanation);
        text.ShouldStartWith("NOT SHOWN - do not send");
        text.ShouldContain("order 10442, 2 Jan 2025");
        explanation.Remedies[0].ShouldBe("record the version of the form, script or till shown on 2 Jan 2025");
    }

    [Theory]
    [InlineData("live-call", "do not call")]
    [InlineData("sms", "do not send")]
    [InlineData("online-advert", "do not show")]
    public void An_answer_says_what_is_not_to_be_done_on_the_channel_of_the_campaign(string channel, string says)
    {
        var decision = Shop.Decide([Shop.InBritain], Shop.Spring with { Channel = channel });
        var explanation = Explainer.Explain(decision, "+441632960001");
        ExplanationText.Write(explanation).Split('\n')[0].ShouldEndWith($" - {says}");
        if (channel == "live-call")
            explanation.Plainly.What.ShouldBe("can't be shown yet, so they are not called");
    }

    [Fact]
    public void No_remedy_ever_makes_up_a_consent()
    {
        var explanation = Explainer.Explain(Shop.Decide(Shop.InBritain), "anna@example.com");
        foreach (var remedy in explanation.Remedies.Where(remedy => remedy.Contains("consent", StringComparison.Ordinal)))
            (
                remedy.StartsWith("if ", StringComparison.Ordinal)
                || remedy.Contains("their own", StringComparison.Ordinal)
                || remedy.Contains("person's own", StringComparison.Ordinal)
            ).ShouldBeTrue(remedy);
    }

    [Fact]
    public void Refused_by_a_request_to_stop_says_that_only_the_person_can_change_it()
    {
        var explanation = Explainer.Explain(
            Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), Shop.OptOut(Shop.On(2025, 8, 1))),
            "anna@example.com"
        );
        ExplanationText.Write(explanation).ShouldStartWith("REFUSED - do not send");
        explanation.Remedies.ShouldBe([
            "the person asked to stop: only their own sign-up, confirmed from their address, can change this (maysend sign-up)",
        ]);
    }

    [Fact]
    public void The_switch_of_house_policy_that_mattered_is_named()
    {
        var overdue = Shop.Entries.Select(entry => entry is AssessmentRecorded ? Shop.Assessment with { ReviewDue = Shop.Day } : entry);
        Explainer
            .Explain(Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))], controller: overdue), "anna@example.com")
            .PolicyMattered.ShouldBe(["assessment-review"]);
    }

    [Fact]
    public void Guidance_is_never_shown_as_statute()
    {
        var explanation = Explainer.Explain(
            Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 1, 2), refused: null)),
            "anna@example.com"
        );
        var history = explanation
            .Keys[0]
            .Elements.SelectMany(element => element.Grounds)
            .SelectMany(ground => ground.Limbs)
            .First(limb => limb.Code.EndsWith("/history.every-message-offered-refusal", StringComparison.Ordinal));
        history.Authority.ShouldBe("guidance");
        ExplanationText.Write(explanation).ShouldContain("[guidance]");
    }

    [Fact]
    public void JSON_carries_the_same_verdicts_and_reasons_as_the_text()
    {
        var explanation = Explainer.Explain(Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))), "anna@example.com");
        using var json = JsonDocument.Parse(ExplanationJson.Write(explanation));
        json.RootElement.GetProperty("verdict").GetString().ShouldBe("permitted");
        json.RootElement.GetProperty("keys")
            .EnumerateArray()
            .Select(key => key.GetProperty("reason").GetString())
            .ShouldBe(explanation.Keys.Select(key => key.Reason));
    }

    [Fact]
    public void Every_line_of_an_answer_fits_eighty_columns()
    {
        foreach (
            var decision in new[]
            {
                Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 1, 2), refused: null)),
                Shop.Decide(Shop.InBritain with { Countries = NameSet.Of("de", "fr", "pl") }),
            }
        )
        foreach (
            var line in ExplanationText
                .Write(Explainer.Explain(decision, "anna@example.com"), isFull: true)
                .Split('\n')
                .Where(line => !line.StartsWith("anna@example.com", StringComparison.Ordinal))
        )
            line.Length.ShouldBeLessThanOrEqualTo(80, line);
    }

    [Fact]
    public void Tracking_is_reported_beside_the_verdict_and_never_blocks_the_send()
    {
        var tracking = Shop.Entries.Select(entry => entry is TemplateVersion t ? t with { Tracking = "opens" } : entry);
        var explanation = Explainer.Explain(
            Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))], controller: tracking),
            "anna@example.com"
        );
        explanation.Verdict.ShouldBe("permitted");
        explanation.Separate.ShouldContain(separate => separate.Verdict == "not-shown");
        ExplanationText.Write(explanation).ShouldContain("take the tracking out");
    }
}
