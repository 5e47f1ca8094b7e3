using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Mail.Messages;
using MaySend.Records;
using MaySend.Records.Inbound;
using MaySend.Records.Keys;
using MaySend.Records.Messages;
using MaySend.Records.OptOuts;
using MaySend.Server.Answered;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using MimeKit;

namespace MaySend.Server.Api;

/// <summary>
/// Whole mails (<c>message/rfc822</c>) as bodies: <c>/v1/messages/check</c> looks at one before it goes, <c>/v1/inbound/mail</c> takes one
/// that came back.
/// </summary>
static class MailApi
{
    const string MediaType = "message/rfc822";

    static readonly string[] Forms = ["json", "html"];

    public static void MapMail(this WebApplication app)
    {
        app.MapScoped("/v1/messages", ApiScopes.Decide, "messages")
            .MapPost("/check", CheckAsync)
            .Produces<MessageChecked>()
            .AlsoAnswers("text/html")
            .WithSummary("Check a message before it is sent: who sends it, how its reader opts out, and what is wrong with that")
            .Accepts<string>(MediaType)
            .ReadsQuery("recipient", "Whose copy it is, to look for their address in the opt-out link.")
            .ReadsQuery("campaign", "The campaign on record it is for: `template` in the answer fills the facts of its template.")
            .ReadsQuery("as", "`json` (the default), or `html` for a page with each finding marked in its place.", Forms);
        app.MapScoped("/v1/inbound/mail", ApiScopes.Record, "inbound")
            .MapPost("", TakeAsync)
            .RecordsStops(answer => answer is InboundTaken taken && taken.Recorded + taken.Repeated + taken.ForAPerson > 0)
            .WithSummary("Report mail that came back: a request to stop, a complaint, a bounce")
            .Accepts<string>(MediaType)
            .ReadsQuery("from", "The envelope sender (MAIL FROM), empty for the null sender; leave it out if it is not known.")
            .ReadsQueries("to", "An envelope recipient (RCPT TO); once for each.");
    }

    static async Task<Results<Ok<MessageChecked>, ContentHttpResult, ProblemAnswer>> CheckAsync(
        HttpContext context,
        CampaignsOnRecord campaigns,
        EvidenceStore store
    )
    {
        var shown = context.Request.Query["as"].ToString();
        if (shown.Length > 0 && !Forms.Contains(shown))
            return ProblemAnswer.Fields(new FieldProblem("as", $"`{shown}` is not known", "json or html"));
        Campaign? campaign = null;
        if (context.Request.Query["campaign"].ToString() is { Length: > 0 } id)
        {
            campaign = await campaigns.FindAsync(id, context.RequestAborted);
            if (campaign is null)
                return ProblemAnswer.Fields(new FieldProblem("campaign", $"`{id}` is not a campaign on record", "describe it first"));
            if (TemplateFacts.Unfit(campaign) is { } unfit)
                return ProblemAnswer.Fields(new FieldProblem("campaign", unfit, "a campaign by mail that names its template"));
        }
        var octets = await BodyAsync(context);
        MimeMessage message;
        try
        {
            message = MessageOctets.Parse(octets);
        }
        catch (FormatException)
        {
            return ProblemAnswer.Of(400, "This is not an email message", "Send it whole, with its header, as message/rfc822.");
        }
        var recipient = context.Request.Query["recipient"].ToString();
        var check = MessageCheck.Of(message, recipient.Length == 0 ? null : recipient);
        if (shown == "html")
            return TypedResults.Content(MessageReport.Html(message, check), "text/html; charset=utf-8");
        var template = campaign is null
            ? null
            : TemplateFacts.Of(check, campaign, await store.ControllerAsync(cancellation: context.RequestAborted));
        return TypedResults.Ok(MessageChecked.Of(check, template));
    }

    static async Task<Ok<InboundTaken>> TakeAsync(
        HttpContext context,
        MailIntake intake,
        InboundHooks hooks,
        OptOutKeys keys,
        RecordsOptions records,
        TimeProvider clock
    )
    {
        var octets = await BodyAsync(context);
        var query = context.Request.Query;
        var envelope = new MailEnvelope(
            query.ContainsKey("from") ? query["from"].ToString() : null,
            [.. query["to"].OfType<string>()],
            clock.GetUtcNow()
        );
        var settings = hooks.Current.Mail;
        var reading = MailIntake.Read(octets, envelope, await keys.AllAsync(context.RequestAborted), settings, records.Dns);
        var counts = await intake.RecordAsync(reading, Encoding.UTF8.GetString(octets), settings, context.RequestAborted);
        return TypedResults.Ok(
            InboundTaken.Of(counts, [.. reading.Problems.Select(problem => new FieldProblem(problem.Place, problem.Says, problem.Remedy))])
        );
    }

    static async Task<byte[]> BodyAsync(HttpContext context)
    {
        context.AllowBody(InboundMail.LargestMessage);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }
}
