using System.Collections.Concurrent;
using System.Text.Json;
using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Records;

namespace MaySend.Server.Api;

/// <summary>One answer with what it was made of.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Dossier">What was on record.</param>
/// <param name="Campaign">What was decided about.</param>
/// <param name="IsWhatIf">The campaign is not on record: nothing goes out on such an answer.</param>
sealed record DecisionAnswer(Decision Decision, Dossier Dossier, Campaign Campaign, bool IsWhatIf)
{
    public bool MaySend => Decision.Verdict == Verdict.Permitted && !IsWhatIf;
}

/// <summary>The campaign of a question. One that is given in the question is the one on record of that id with fields replaced.</summary>
/// <param name="Campaign">As asked.</param>
/// <param name="OnRecord">As it stands on record, the same where only its id was given; null where there is none of that id.</param>
sealed record CampaignAsked(Campaign Campaign, Campaign? OnRecord);

/// <summary>How much of the reasons an answer carries.</summary>
enum Detail
{
    /// <summary>The verdict and the code of what decides.</summary>
    None,

    /// <summary>Each key in one sentence, and the remedies.</summary>
    Brief,

    /// <summary>Every provision, ground and limb.</summary>
    Full,
}

/// <summary>Asks the store and the law. Facts of a campaign are found once for each state of the controller's record.</summary>
sealed class Answers(EvidenceStore store, Decider decider, Explainer explainer, CampaignsOnRecord campaigns)
{
    readonly ConcurrentDictionary<
        (string Digest, long Seq),
        (FactFinder Finder, Law.Facts.CampaignFacts Facts, ControllerRecord Controller)
    > prepared = new();

    /// <summary>
    /// Decides about one address, on everything the store holds at this moment. Fields replaced in the question count, all taken together,
    /// only if neither key is better with them than without: whoever may only ask describes no campaign.
    /// </summary>
    public async ValueTask<DecisionAnswer> DecideAsync(
        Address address,
        CampaignAsked asked,
        DateOnly? knownAt,
        CancellationToken cancellation
    )
    {
        var dossier = await store.FindAsync(address, cancellation: cancellation);
        var campaign = asked.Campaign;
        var decision = await DecideAsync(dossier, campaign, knownAt, cancellation);
        if (asked.OnRecord is { } onRecord && onRecord.Digest != campaign.Digest)
        {
            var without = await DecideAsync(dossier, onRecord, knownAt, cancellation);
            if (IsBetter(decision.Send.Truth, without.Send.Truth) || IsBetter(decision.Process.Truth, without.Process.Truth))
                (decision, campaign) = (without, onRecord);
        }
        Meters.Decisions.Add(1, new KeyValuePair<string, object?>("verdict", decision.Verdict.Word()));
        return new(decision, dossier, campaign, IsWhatIf: asked.OnRecord is null);
    }

    async ValueTask<Decision> DecideAsync(Dossier dossier, Campaign campaign, DateOnly? knownAt, CancellationToken cancellation)
    {
        var (finder, facts, controller) = await PrepareAsync(campaign, dossier.Position.ControllerSeq, cancellation);
        return decider.Decide(
            facts,
            finder.Find(dossier.ForDecision, dossier.Address.Matching),
            knownAt ?? campaign.Day,
            controller.PolicyOn(campaign.Day)
        );
    }

    static bool IsBetter(Law.Truth one, Law.Truth other) => one != other && (one == Law.Truth.Satisfied || other == Law.Truth.NotSatisfied);

    /// <summary>A campaign on record as the request found it; null when there is none of that name.</summary>
    public ValueTask<Campaign?> CampaignAsync(string id, HttpContext context) =>
        context.Features.Get<RecordsAsOf>() is { } known
            ? campaigns.FindAsync(id, known, context.RequestAborted)
            : campaigns.FindAsync(id, context.RequestAborted);

    /// <summary>The answer as JSON: verdict, whether to send, what names the decision, and as much of the reasons as asked.</summary>
    public void Write(Utf8JsonWriter json, DecisionAnswer answer, Detail detail)
    {
        var (decision, dossier, campaign) = (answer.Decision, answer.Dossier, answer.Campaign);
        json.WriteString("verdict", decision.Verdict.Word());
        json.WriteBoolean("send", answer.MaySend);
        json.WriteString("reason", decision.Reason.Code);
        if (detail == Detail.Brief)
            Write(json, BriefAnswer.Of(decision));
        json.WriteStartObject("decision");
        // About a stranger nothing is on record that it could be made of again.
        if (dossier.Contact is null)
            json.WriteNull("id");
        else
            json.WriteString(
                "id",
                DecisionLog.IdOf(decision, campaign, decision.Formula.KnownAt, dossier, dossier.Position.ControllerSeq).ToString()
            );
        if (dossier.Contact is { } contact)
            json.WriteString("contact", contact.ToString());
        else
            json.WriteNull("contact");
        json.WriteString("campaign", campaign.Digest);
        json.WriteString("day", campaign.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("knownAt", decision.Formula.KnownAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("law", decision.Formula.LawDigest);
        json.WriteString("policy", decision.Formula.Policy.Digest);
        json.WriteString("ledger", dossier.Position.ToString());
        json.WriteEndObject();
        if (detail != Detail.Full)
            return;
        json.WritePropertyName("explanation");
        json.WriteRawValue(
            ExplanationJson.Write(explainer.Explain(decision, dossier.Address.Verbatim, $"ledger {dossier.Position}")),
            skipInputValidation: true
        );
    }

    static void Write(Utf8JsonWriter json, BriefAnswer brief)
    {
        json.WriteStartArray("keys");
        foreach (var key in brief.Keys)
        {
            json.WriteStartObject();
            json.WriteString("key", key.Key);
            json.WriteString("verdict", key.Verdict);
            json.WriteString("reason", key.Reason);
            if (key.Provision is { } provision)
                json.WriteString("provision", provision);
            if (key.Ground is { } ground)
                json.WriteString("ground", ground);
            if (key.Cite is { } cite)
                json.WriteString("cite", cite);
            json.WriteString("says", key.Says);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("remedies");
        foreach (var remedy in brief.Remedies)
            json.WriteStringValue(remedy);
        json.WriteEndArray();
    }

    async ValueTask<(FactFinder, Law.Facts.CampaignFacts, ControllerRecord)> PrepareAsync(
        Campaign campaign,
        long seq,
        CancellationToken cancellation
    )
    {
        var key = (campaign.Digest, seq);
        if (prepared.TryGetValue(key, out var ready))
            return ready;
        var controller = await store.ControllerAsync(Evidence.Ledger.AsKnown.UpTo(seq), cancellation);
        // Inline campaigns may all differ: the memory of them is let go now and then.
        if (prepared.Count > 500)
            prepared.Clear();
        return prepared[key] = (new FactFinder(controller, campaign), CampaignFactFinder.Find(controller, campaign), controller);
    }
}
