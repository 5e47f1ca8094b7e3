using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Records;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary><c>/v1/campaigns</c>: the messages that are to go out.</summary>
static class CampaignsApi
{
    public static void MapCampaigns(this WebApplication app)
    {
        var read = app.MapScoped("/v1/campaigns", ApiScopes.Read, "campaigns");
        read.MapGet("", ListAsync).WithSummary("List every campaign on record, a page at a time");
        read.MapGet("/{id}", GetAsync).Refuses(404).WithSummary("One campaign");
        app.MapScoped("/v1/campaigns", ApiScopes.Campaign, "campaigns")
            .MapPut("/{id}", PutAsync)
            .ReadsIfMatch()
            .Refuses(412)
            .WithSummary("Describe a campaign; a later description replaces it")
            .Accepts<Campaign>("application/json");
    }

    /// <summary>What is wrong with a campaign by itself; what it lacks is not an error but is not evidenced.</summary>
    public static void Check(Campaign campaign, string path, Mistakes mistakes)
    {
        var at = path.Length == 0 ? "" : path + ".";
        if (campaign.Id.Length is 0 or > 200)
            mistakes.Add(at + "id", "is blank or longer than 200 characters");
        if (campaign.Sender.Length == 0)
            mistakes.Add(at + "sender", "is blank");
        if (campaign.Day == default)
            mistakes.Add(at + "day", "is missing");
        if (campaign.Until < campaign.Day)
            mistakes.Add(at + "until", "is before the first day", "the last day on which it may go out; leave it out for one day");
        foreach (var topic in campaign.Topics.Where(topic => !CampaignTopics.IsOne(topic)))
            mistakes.Add(
                at + "topics",
                $"has `{topic}`, which does not say what the message is about",
                "name its topics, in the words offered to people who consent; without any, every opt-out applies"
            );
        mistakes.Word(at + "channel", campaign.Channel, Message.Channel.Words);
        mistakes.Word(at + "purpose", campaign.Purpose, Message.Purpose.Words);
        mistakes.Word(at + "regulatedSubject", campaign.RegulatedSubject, Message.RegulatedSubject.Words);
        if (campaign.Calls is { } calls)
        {
            if (Hours.Read(calls.Hours, out var problem) is null)
                mistakes.Add(at + "calls.hours", problem);
            mistakes.Word(at + "calls.range", calls.Range, Calling.CallingRange.Words);
            mistakes.Word(at + "calls.senderName", calls.SenderName, Calling.SenderNameRegistered.Words);
        }
        foreach (var word in campaign.NeededFor)
            mistakes.Word(at + "neededFor", word, Message.NeededFor.Words);
    }

    static async Task<TaggedAnswer<Page<Campaign>>> ListAsync(
        HttpContext context,
        ServerRecords records,
        CampaignsOnRecord campaigns,
        int limit = Page.Default,
        string after = ""
    )
    {
        // Read before the list: a tag may be older than what it stands for, never newer.
        var seq = (await records.ReadAsync(context.RequestAborted)).Seq;
        return new(
            Page.Of(
                (await campaigns.AllAsync(context.RequestAborted)).Where(each => string.CompareOrdinal(each.Id, after) > 0),
                limit,
                each => each,
                each => each.Id
            ),
            $"{seq}-{after}-{limit}"
        );
    }

    static async Task<Results<TaggedAnswer<Campaign>, ProblemAnswer>> GetAsync(string id, HttpContext context, Answers answers) =>
        await answers.CampaignAsync(id, context) is { } campaign
            ? new TaggedAnswer<Campaign>(campaign, campaign.Digest)
            : ProblemAnswer.Of(404, "No campaign has that id");

    static async Task<Results<Created<CampaignOnRecord>, Ok<CampaignOnRecord>, ProblemAnswer>> PutAsync(
        string id,
        HttpContext context,
        ServerRecords records,
        CampaignsOnRecord campaigns,
        EvidenceStore store
    )
    {
        var campaign = await JsonBody.ReadAsync<Campaign>(
            context.Request,
            (given, mistakes) =>
            {
                Check(given, "", mistakes);
                if (given.Id != id)
                    mistakes.Add("id", "differs from the id in the URL");
            }
        );
        var known = await campaigns.FindAsync(id, context.RequestAborted);
        if (!Page.MayReplace(context, known?.Digest))
            return ProblemAnswer.Of(412, "Somebody changed it in the meantime", "GET it again, and send If-Match with its ETag.");
        Entitlements.Check(context.By(), new CampaignRegistered(campaign.Digest, campaign), "campaign-registered");
        // By its digest it stays on record for as long as decisions about it may be replayed, however it is described later.
        await new DecisionLog(store).RegisterAsync(campaign, context.By(), context.RequestAborted);
        if (known?.Digest != campaign.Digest)
            await records.AddAsync(new CampaignDescribed(id, campaign), context.By(), cancellation: context.RequestAborted);
        var stands = new CampaignOnRecord(id, campaign.Digest);
        return known is null ? TypedResults.Created((string?)null, stands) : TypedResults.Ok(stands);
    }
}
