using System.Diagnostics;
using System.Globalization;
using MaySend.Decisions;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using RulesEngine.Models;

namespace MaySend.Bench.Decisions;

/// <summary>
/// One decision at a time: ours with the full law of the United Kingdom, the whole explanation and its JSON text, against RulesEngine
/// giving bare results of rules that say the seventeen-fact likeness of that law. The peer does less; only the ratio within one run says
/// anything.
/// </summary>
static class OneDecision
{
    const int People = 65_536;

    public static async Task RunAsync(Workload full, Workload flat, string lawFolder, int seed)
    {
        var random = new Random(seed);
        var decider = new Decider(LawReader.Read(lawFolder));
        var explainer = new Explainer(decider);
        var recipients = Enumerable.Range(0, People).Select(_ => full.Person(random)).ToArray();
        var day = full.Campaign.Message[Message.Day].Day;
        long bytes = 0;
        var bare = Nanoseconds(recipients, recipient => decider.Decide(full.Campaign, recipient, day, HousePolicy.Default));
        var explained = Nanoseconds(
            recipients,
            recipient => explainer.Explain(decider.Decide(full.Campaign, recipient, day, HousePolicy.Default), "someone")
        );
        var withJson = Nanoseconds(
            recipients,
            recipient =>
                bytes += ExplanationJson
                    .Write(explainer.Explain(decider.Decide(full.Campaign, recipient, day, HousePolicy.Default), "someone"))
                    .Length
        );

        // The same seventeen facts and conditions that the peer is given.
        var alike = Enumerable.Range(0, People).Select(_ => flat.Person(random)).ToArray();
        long alikeBytes = 0;
        var onFlat = Nanoseconds(alike, recipient => Decided(flat, recipient));
        var explainedFlat = Nanoseconds(alike, recipient => explainer.Explain(Decided(flat, recipient), "someone"));
        var flatWithJson = Nanoseconds(
            alike,
            recipient => alikeBytes += ExplanationJson.Write(explainer.Explain(Decided(flat, recipient), "someone")).Length
        );

        var engine = new RulesEngine.RulesEngine([
            new Workflow
            {
                WorkflowName = "flat",
                Rules = [.. Rules.Select((expression, index) => new Rule { RuleName = $"rule{index}", Expression = expression })],
            },
        ]);
        var people = Enumerable.Range(0, People / 16).Select(_ => FlatPerson.Of(flat.Person(random))).ToArray();
        foreach (var person in people.Take(200))
            await engine.ExecuteAllRulesAsync("flat", person);
        var clock = Stopwatch.StartNew();
        foreach (var person in people)
            await engine.ExecuteAllRulesAsync("flat", person);
        var peer = clock.Elapsed.TotalNanoseconds / people.Length;

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""

                One decision, full UK law, one thread, {People:N0} people
                  decided with reasons            {bare, 10:N0} ns
                  and the explanation             {explained, 10:N0} ns
                  and its JSON text ({bytes / People / 6:N0} bytes) {withJson, 10:N0} ns
                The 17 flat facts
                  decided with reasons            {onFlat, 10:N0} ns
                  and the explanation             {explainedFlat, 10:N0} ns
                  and its JSON text ({alikeBytes / People / 6:N0} bytes)  {flatWithJson, 10:N0} ns
                  RulesEngine, bare results of {Rules.Length} rules over 17 flat facts {peer, 10:N0} ns
                  ratio with reasons / RulesEngine {onFlat / peer, 9:N2}
                  ratio with JSON / RulesEngine    {flatWithJson / peer, 9:N2}
                  ratio of the full law with JSON / RulesEngine {withJson / peer, 7:N2}
                """
            )
        );
    }

    static Decision Decided(Workload asked, RecipientFacts recipient)
    {
        var evaluator = new Evaluator(asked.Campaign, recipient);
        return new(
            asked.Formula,
            asked.Campaign,
            recipient,
            KeyReason.Of(asked.Formula.Send, evaluator),
            KeyReason.Of(asked.Formula.Process, evaluator)
        );
    }

    static double Nanoseconds(RecipientFacts[] recipients, Action<RecipientFacts> run)
    {
        // The middle of five, after one that is not counted: what is compiled anew on the way is nobody's speed.
        var times = new List<double>();
        for (var round = 0; round < 6; round++)
        {
            var clock = Stopwatch.StartNew();
            foreach (var recipient in recipients)
                run(recipient);
            times.Add(clock.Elapsed.TotalNanoseconds / recipients.Length);
        }
        return times.Skip(1).Order().ElementAt(2);
    }

    static readonly string[] Rules =
    [
        "input1.Individual == true AND input1.RefusalCovers == true AND input1.Lifted != true",
        "input1.PersonalData == true AND input1.RefusalCovers == true AND input1.Lifted != true",
        "input1.ConsentChannel == true AND input1.ActIsClear == true AND input1.Withdrawn == false",
        "input1.BySender == true AND input1.FromRecipient == true AND input1.ContextIsSale == true AND "
            + "input1.RefusalOffered == true AND input1.Refused == false AND input1.EarlierOffered == true",
        "input1.FromRecipient == true AND input1.Refused == false AND input1.DealtRecently == true",
        "input1.Solicited != true AND input1.Individual == true",
        "input1.NoticeGiven == true",
        "input1.RightShown == true",
    ];
}

/// <summary>The seventeen facts as a flat object, as a rules engine is usually given them.</summary>
public sealed record FlatPerson(
    bool? Individual,
    bool? PersonalData,
    bool? Solicited,
    bool? NoticeGiven,
    bool? RightShown,
    bool? EarlierOffered,
    bool? DealtRecently,
    bool? BySender,
    bool? FromRecipient,
    bool? ContextIsSale,
    bool? RefusalOffered,
    bool? Refused,
    bool? ConsentChannel,
    bool? ActIsClear,
    bool? Withdrawn,
    bool? RefusalCovers,
    bool? Lifted
)
{
    /// <summary>The facts of a recipient, flat.</summary>
    internal static FlatPerson Of(RecipientFacts facts)
    {
        var (r, c, k, f) = (
            facts.Recipient,
            facts.Collections.FirstOrDefault(),
            facts.Consents.FirstOrDefault(),
            facts.Refusals.FirstOrDefault()
        );
        static bool? Is(FactSheet? sheet, Fact fact, long number) =>
            sheet is not null && sheet[fact].IsRecorded ? sheet[fact].Number == number : null;
        return new FlatPerson(
            Is(r, Recipient.Subscriber, 0),
            Is(r, Recipient.PersonalData, 0),
            Is(r, Recipient.Solicited, 0),
            Is(r, Recipient.NoticeGiven, 0),
            Is(r, Recipient.RightToObjectShown, 0),
            Is(r, Recipient.EarlierMessagesOfferedRefusal, 0),
            r[Recipient.LastDealing].IsRecorded ? r[Recipient.LastDealing].Number > 739_000 : null,
            c?[Collection.ObtainedBy].Name == "lantern-ltd",
            Is(c, Collection.From, 0),
            Is(c, Collection.Context, 0),
            Is(c, Collection.RefusalOffered, 0),
            Is(c, Collection.Refused, 0),
            k?[Consent.Channels].Set?.Has("email"),
            Is(k, Consent.Act, 0),
            Is(k, Consent.Withdrawn, 0),
            f?[Refusal.Channels].Set?.Has("email"),
            Is(f, Refusal.Lifted, 0)
        );
    }
}
