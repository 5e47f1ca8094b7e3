using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Records.Auditing;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;

namespace MaySend.Server.Api;

/// <summary>
/// <c>/v1/decisions/batch</c>: one JSON object a line in, one out, in order, streamed both ways. A line that cannot be read or decided is
/// answered "not-shown"; when the store goes away in mid-stream, so is every line after it.
/// </summary>
static class DecisionBatch
{
    const int LongestLine = 64 * 1024;

    public static async Task AskAsync(HttpContext context, Answers answers)
    {
        if (context.Request.ContentType?.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase) != true)
            throw new ProblemException(
                ProblemAnswer.Of(415, "Unsupported content type", "Send application/x-ndjson: one JSON object a line.")
            );
        var campaign = await DefaultCampaignAsync(context, answers);
        var mistakes = new Mistakes();
        var detail = DecisionsApi.DetailOf(context, Detail.None, mistakes);
        mistakes.ThrowIfAny();
        context.AllowBody(null);
        context.Response.ContentType = "application/x-ndjson";
        var writer = new Batch(answers, campaign, detail, context);
        await ReadLinesAsync(context.Request.BodyReader, writer.AnswerAsync, context.RequestAborted);
        await writer.NoteAsync();
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>The campaign of lines that name none: <c>?campaign=id</c>.</summary>
    static async ValueTask<CampaignAsked?> DefaultCampaignAsync(HttpContext context, Answers answers)
    {
        if (context.Request.Query["campaign"].ToString() is not { Length: > 0 } id)
            return null;
        return await answers.CampaignAsync(id, context) is { } campaign
            ? new CampaignAsked(campaign, campaign)
            : throw new ProblemException(
                ProblemAnswer.Fields(new FieldProblem("campaign", "no campaign has that id", "PUT /v1/campaigns/{id} first"))
            );
    }

    static async Task ReadLinesAsync(PipeReader body, Func<ReadOnlySequence<byte>?, ValueTask> answer, CancellationToken cancellation)
    {
        var isTooLong = false;
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                if (isTooLong)
                    isTooLong = false;
                else
                    await answer(buffer.Slice(0, end));
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }
            if (buffer.Length > LongestLine)
            {
                if (!isTooLong)
                    await answer(null);
                isTooLong = true;
                buffer = buffer.Slice(buffer.End);
            }
            if (read.IsCompleted)
            {
                if (!buffer.IsEmpty && !isTooLong)
                    await answer(buffer);
                // Who leaves the body as if unread has the connection closed.
                body.AdvanceTo(buffer.End);
                return;
            }
            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    sealed class Batch(Answers answers, CampaignAsked? campaign, Detail detail, HttpContext context)
    {
        static readonly byte[] NewLine = "\n"u8.ToArray();

        readonly PipeWriter output = context.Response.BodyWriter;
        readonly ArrayBufferWriter<byte> whole = new(4096);
        readonly List<ContactId> explained = [];
        long line;

        public async ValueTask AnswerAsync(ReadOnlySequence<byte>? text)
        {
            line++;
            if (text is { } blank && IsBlank(blank))
                return;
            var (answer, mistakes) = await TryAsync(text);
            // A line goes out whole or not at all: half of one could say "send".
            whole.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(whole, Json.Writer))
            {
                json.WriteStartObject();
                json.WriteNumber("line", line);
                if (answer is not null)
                {
                    json.WriteString("address", answer.Dossier.Address.Verbatim);
                    answers.Write(json, answer, detail);
                    if (detail == Detail.Full && answer.Dossier.Contact is { } contact)
                        explained.Add(contact);
                }
                else
                {
                    json.WriteString("verdict", "not-shown");
                    json.WriteBoolean("send", false);
                    json.WritePropertyName("errors");
                    JsonSerializer.Serialize(json, mistakes, Json.Web);
                }
                json.WriteEndObject();
            }
            output.Write(whole.WrittenSpan);
            output.Write(NewLine);
            if (line % 64 != 0)
                return;
            await NoteAsync();
            await output.FlushAsync(context.RequestAborted);
        }

        /// <summary>Writes down whose evidence the lines show that have not gone out yet: before they do.</summary>
        public async ValueTask NoteAsync()
        {
            if (explained.Count > 0)
                await context.ShownAsync(Viewed.Decision, explained, about: "a batch");
            explained.Clear();
        }

        async ValueTask<(Answer? Answer, IReadOnlyList<FieldProblem> Mistakes)> TryAsync(ReadOnlySequence<byte>? text)
        {
            var mistakes = new Mistakes();
            try
            {
                if (text is not { } octets)
                {
                    mistakes.Add("", $"the line is longer than {LongestLine} bytes");
                    return (null, mistakes.List);
                }
                using var document = JsonBody.Parse(octets.ToArray());
                var asked = JsonBody.Read<LineAsked>(document.RootElement, "", mistakes);
                if (asked is null)
                    return (null, mistakes.List);
                var address = mistakes.Address("address", asked.Address);
                var about = asked.Campaign is { } given
                    ? await DecisionsApi.CampaignAsync(given, "campaign", answers, mistakes, context)
                    : campaign;
                if (asked.Campaign is null && about is null)
                    mistakes.Add("campaign", "is missing", "name one in each line, or ?campaign=id");
                return mistakes.IsEmpty
                    ? (await answers.DecideAsync(address!, about!, asked.KnownAt, context.RequestAborted), [])
                    : (null, mistakes.List);
            }
            catch (JsonException)
            {
                return (null, [new FieldProblem("", "the line is not a JSON object")]);
            }
            catch (Exception fault) when (fault is LedgerUnavailableException or LedgerKeyException or TimeoutException)
            {
                return (null, [new FieldProblem("", "the store cannot answer now", "ask again later; nothing is sent")]);
            }
        }

        static bool IsBlank(ReadOnlySequence<byte> text)
        {
            foreach (var segment in text)
                if (segment.Span.ContainsAnyExcept(" \r\t"u8))
                    return false;
            return true;
        }
    }

    sealed record LineAsked
    {
        public required string Address { get; init; }

        public JsonElement? Campaign { get; init; }

        public DateOnly? KnownAt { get; init; }
    }
}
