using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaySend.Decisions.Tests.MadeUp;
using MaySend.Evidence.Fold;
using MaySend.Law.Files;

namespace MaySend.Decisions.Tests;

/// <summary>What is the same for every recipient is put into words once, and must be said of nobody to whom it does not apply.</summary>
public class SaidToEverybodyTests
{
    const int People = 600;
    static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static Explanation Explain(Decider decider, int seed)
    {
        var world = new MadeUpWorld(seed);
        var controller = ControllerRecord.Of(world.Controller);
        var decision = Asking.Decide(decider, controller, world.Campaign, world.Entries, world.Address, world.Campaign.Day);
        return new Explainer(decider).Explain(decision, world.Address) with { Now = new(false, [Sending.WhatIf], "so it is not") };
    }

    [Fact]
    public void An_explanation_is_written_as_the_serializer_would()
    {
        for (var seed = 0; seed < People; seed++)
        {
            var explanation = Explain(Shop.Decider, seed);
            Encoding
                .UTF8.GetString(ExplanationJson.Write(explanation))
                .ShouldBe(JsonNode.Parse(ExplanationJson.WriteIndented(explanation))!.ToJsonString(Relaxed));
        }
    }

    [Fact]
    public void Whoever_was_explained_before_changes_nothing_in_what_is_said_of_the_next()
    {
        var forwards = Enumerable
            .Range(0, People)
            .Select(seed => Explain(Shop.Decider, seed))
            .Select(ExplanationJson.WriteIndented)
            .ToList();
        // The law read again keeps nothing of what was said by the other, and meets the people the other way round.
        var afresh = new Decider(LawReader.Read(Path.Combine(Shop.Root, "law")));
        for (var seed = People - 1; seed >= 0; seed--)
            ExplanationJson.WriteIndented(Explain(afresh, seed)).ShouldBe(forwards[seed], $"seed {seed}");
    }
}
