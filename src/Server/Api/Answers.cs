using System.Text.Json;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Records;
using MaySend.Records.OptOuts;

namespace MaySend.Server.Api;

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

/// <summary>Asks the store and the law, and writes the answer down.</summary>
sealed class Answers(Asking asking, Explainer explainer, CampaignsOnRecord campaigns)
{
    /// <summary>
    /// Decides about one address, on everything the store holds at this moment. Fields replaced in the question count, all taken together,
    /// only if neither key is better with them than without: whoever may only ask describes no campaign.
    /// </summary>
    public async ValueTask<Answer> DecideAsync(Address address, CampaignAsked asked, DateOnly? knownAt, CancellationToken cancellation)
    {
        var question = new Asked(asked.Campaign)
        {
            KnownAt = knownAt,
            OnRecord = asked.OnRecord,
            IsInline = asked.OnRecord?.Digest != asked.Campaign.Digest,
        };
        var answer = await asking.AskAsync(address, question, cancellation);
        Meters.Decisions.Add(1, new KeyValuePair<string, object?>("verdict", answer.Decision.Verdict.Word()));
        return answer;
    }

    /// <summary>A campaign on record as the request found it; null when there is none of that name.</summary>
    public ValueTask<Campaign?> CampaignAsync(string id, HttpContext context) =>
        context.Features.Get<RecordsAsOf>() is { } known
            ? campaigns.FindAsync(id, known, context.RequestAborted)
            : campaigns.FindAsync(id, context.RequestAborted);

    /// <summary>The answer as JSON: verdict, whether to send, what names the decision, and as much of the reasons as asked.</summary>
    public void Write(Utf8JsonWriter json, Answer answer, Detail detail)
    {
        var (decision, dossier, campaign) = (answer.Decision, answer.Dossier, answer.Campaign);
        json.WriteString("verdict", decision.Verdict.Word());
        json.WriteBoolean("send", answer.Sending.May);
        json.WriteString("reason", decision.Reason.Code);
        json.WriteStartArray("notSentBecause");
        foreach (var reason in answer.Sending.Reasons)
            json.WriteStringValue(reason);
        json.WriteEndArray();
        json.WriteString("deliverable", answer.Deliverable.Word);
        if (answer.Deliverable.Says is { Length: > 0 } says)
            json.WriteString("undeliverable", says);
        if (detail == Detail.Brief)
            Write(json, BriefAnswer.Of(decision));
        json.WriteStartObject("decision");
        // About a stranger nothing is on record that it could be made of again.
        if (dossier.Contact is null)
            json.WriteNull("id");
        else
            json.WriteString("id", answer.Id.ToString());
        if (dossier.Contact is { } contact)
            json.WriteString("contact", contact.ToString());
        else
            json.WriteNull("contact");
        json.WriteString("campaign", campaign.Digest);
        json.WriteString("day", answer.Id.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("knownAt", decision.Formula.KnownAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("law", decision.Formula.LawDigest);
        json.WriteString("policy", decision.Formula.Policy.Digest);
        json.WriteString("ledger", dossier.Position.ToString());
        json.WriteEndObject();
        if (detail != Detail.Full)
            return;
        json.WritePropertyName("explanation");
        ExplanationJson.Write(json, answer.Explain(explainer, dossier.Address.Verbatim, $"ledger {answer.Id.Position}"));
    }

    static void Write(Utf8JsonWriter json, BriefAnswer brief)
    {
        json.WriteString("plainly", brief.Plainly);
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
            json.WriteStringValue(remedy.Text);
        json.WriteEndArray();
    }
}
