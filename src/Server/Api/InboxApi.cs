using MaySend.Evidence;
using MaySend.Records.Auditing;
using MaySend.Records.Inbound;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>How somebody settles what waited.</summary>
/// <param name="Outcome">request, nothing or forged.</param>
/// <param name="Reason">The reason, without naming or describing the person.</param>
/// <param name="Address">Whose request it is, if the text names nobody.</param>
sealed record InboxSettling(string Outcome, string? Reason = null, string? Address = null);

/// <summary>Everything from one source between two times, to be settled together by two people.</summary>
/// <param name="Source">What brought it.</param>
/// <param name="From">From this time on.</param>
/// <param name="Until">Until this time, exclusive.</param>
/// <param name="Outcome">request, nothing or forged.</param>
/// <param name="Reason">Why.</param>
sealed record InboxRunAsked(string Source, DateTimeOffset From, DateTimeOffset Until, string Outcome, string Reason);

/// <summary><c>/v1/inbox</c>: what waits for a person. What may be a request to stop holds its address until it is settled.</summary>
static class InboxApi
{
    const int LongestReason = 500;

    static readonly string[] States = ["waiting", "settled", "all"];

    public static void MapInbox(this WebApplication app)
    {
        var reading = app.MapScoped("/v1/inbox", ApiScopes.Read, "inbox");
        reading
            .MapGet("", ListAsync)
            .ReadsQuery("state", "`waiting` (the default), `settled` or `all`.", States)
            .WithSummary("List what waits for a person, oldest first");
        reading
            .MapGet("/summary", SummaryAsync)
            .WithSummary(
                "Count what waits, holds an address or is overdue; say which platforms call without proof, and whether the mailbox is read"
            );
        reading.MapGet("/{id}", ShowAsync).Refuses(404).WithSummary("Get one item, with what was written");
        var settling = app.MapScoped("/v1/inbox", ApiScopes.Record, "inbox");
        settling
            .MapPost("/{id}/settle", SettleAsync)
            .RecordsStops()
            .Refuses(404, 409)
            .WithSummary("Settle one item; to settle it as no request takes a key with the scope admin")
            .Accepts<InboxSettling>("application/json");
        settling
            .MapPost("/runs", ProposeAsync)
            .Refuses(404)
            .WithSummary("Propose to settle everything from one source between two times")
            .Accepts<InboxRunAsked>("application/json");
        settling.MapPost("/runs/{id}/agree", AgreeAsync).Refuses(404).WithSummary("Agree to somebody else's proposal; that settles it");
    }

    static async Task<Results<Ok<Page<InboxLine>>, ProblemAnswer>> ListAsync(
        HttpContext context,
        Inbox inbox,
        int limit = Page.Default,
        string after = ""
    )
    {
        var state = context.Request.Query["state"].ToString() is { Length: > 0 } asked ? asked : "waiting";
        if (!States.Contains(state))
            return ProblemAnswer.Fields(new FieldProblem("state", $"`{state}` is not known", "waiting, settled or all"));
        var all = (await inbox.AllAsync(context.RequestAborted)).Where(one => state == "all" || one.IsWaiting == (state == "waiting"));
        return TypedResults.Ok(
            Page.Of(after.Length == 0 ? all : all.SkipWhile(one => one.Arrived.Id != after).Skip(1), limit, Shown, one => one.Arrived.Id)
        );
    }

    static async Task<Ok<InboxNumbers>> SummaryAsync(
        HttpContext context,
        Inbox inbox,
        UnprovedCalls unproved,
        InboundHooks hooks,
        MailboxUpkeep mailbox
    )
    {
        var summary = await inbox.SummaryAsync(context.RequestAborted);
        return TypedResults.Ok(
            new InboxNumbers(
                summary.Waiting,
                summary.Holding,
                summary.Overdue,
                summary.Oldest,
                [
                    .. unproved
                        .All.OrderBy(one => one.Key, StringComparer.Ordinal)
                        .Select(one => new CallsUnproved(one.Key, one.Value.Count, one.Value.Last)),
                ],
                hooks.Faults,
                mailbox.State
            )
        );
    }

    static async Task<Results<Ok<InboxText>, ProblemAnswer>> ShowAsync(string id, HttpContext context, Inbox inbox)
    {
        if (await inbox.FindAsync(id, context.RequestAborted) is not { } item)
            return NotFound();
        await context.ShownAsync(
            Viewed.Message,
            ContactId.TryParse(item.Arrived.Contact, out var whose) ? [whose] : [],
            people: 1,
            about: "inbox"
        );
        var text = await inbox.TextAsync(item, context.RequestAborted);
        return TypedResults.Ok(new InboxText(Shown(item), text?.Address, text?.Words, text is not null));
    }

    static async Task<Results<Ok<InboxSettledNow>, ProblemAnswer>> SettleAsync(string id, HttpContext context, Inbox inbox)
    {
        var asked = await JsonBody.ReadAsync<InboxSettling>(
            context.Request,
            (given, mistakes) =>
            {
                mistakes.Word("outcome", given.Outcome, InboxOutcome.All);
                if (given.Reason is { Length: > LongestReason })
                    mistakes.Add("reason", $"is longer than {LongestReason} characters");
                if (given.Address is not null)
                    mistakes.Address("address", given.Address);
            }
        );
        context.MustBeStop(asked.Outcome == InboxOutcome.Request);
        if (await inbox.FindAsync(id, context.RequestAborted) is null)
            return NotFound();
        var settled = await inbox.SettleAsync(
            [id],
            asked.Outcome,
            asked.Reason ?? "",
            context.By(),
            asked.Address is null ? null : EvidenceApi.Required(asked.Address),
            context.RequestAborted
        );
        return settled.Left is [var (_, why), ..] ? ProblemAnswer.Of(409, "It was not settled", why) : TypedResults.Ok(Answer(settled));
    }

    static async Task<Results<Created<InboxRunWaiting>, ProblemAnswer>> ProposeAsync(HttpContext context, Inbox inbox)
    {
        var asked = await JsonBody.ReadAsync<InboxRunAsked>(
            context.Request,
            (given, mistakes) =>
            {
                mistakes.Word("outcome", given.Outcome, InboxOutcome.All);
                if (given.Until <= given.From)
                    mistakes.Add("until", "is not after `from`");
                if (given.Reason.Length is 0 or > LongestReason)
                    mistakes.Add("reason", $"is blank or longer than {LongestReason} characters");
            }
        );
        return
            await inbox.ProposeAsync(
                asked.Source,
                asked.From,
                asked.Until,
                asked.Outcome,
                asked.Reason,
                context.By(),
                context.RequestAborted
            )
                is { } run
            ? TypedResults.Created((string?)null, new InboxRunWaiting(run.Id, run.Items.Length))
            : ProblemAnswer.Of(404, "Nothing from that source is waiting", "Look at GET /v1/inbox for sources and times.");
    }

    static async Task<Results<Ok<InboxSettledNow>, ProblemAnswer>> AgreeAsync(string id, HttpContext context, Inbox inbox) =>
        await inbox.AgreeAsync(id, context.By(), context.RequestAborted) is { } settled ? TypedResults.Ok(Answer(settled)) : NotFound();

    static InboxSettledNow Answer(InboxSettlement settled) =>
        new(settled.Done, [.. settled.Left.Select(one => new InboxLeft(one.Id, one.Why))]);

    static ProblemAnswer NotFound() => ProblemAnswer.Of(404, "Nothing has that id");

    static InboxLine Shown(InboxItem item) =>
        new(
            item.Arrived.Id,
            item.Arrived.At,
            item.Arrived.Source,
            item.Arrived.Matter,
            item.Arrived.Says,
            item.Arrived.Holds,
            item.Arrived.Contact,
            item.Settled?.Outcome,
            item.Settled?.At,
            item.Settled?.By,
            item.Settled?.Reason
        );
}
