using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MaySend.Client;

/// <summary>
/// Asks a MaySend server. Questions never throw for what went wrong: whatever fails is a no. What records or makes something throws
/// when it did not happen. One client serves a whole program, from any number of threads.
/// </summary>
public sealed class MaySendClient : IDisposable
{
    /// <summary>Addresses asked for in one call of a list.</summary>
    const int AtOnce = 1000;

    readonly HttpClient http;

    /// <summary>A client of one server.</summary>
    /// <param name="server">Where it is, such as <c>https://maysend.example</c>.</param>
    /// <param name="key">An API key; <c>decide</c> suffices to ask and to make links, <c>record</c> to record.</param>
    /// <param name="timeout">How long a call may take; ten seconds when left out. A list may take as long for each thousand.</param>
    /// <param name="handler">What carries the calls, where the program has its own; it stays the caller's.</param>
    public MaySendClient(Uri server, string key, TimeSpan? timeout = null, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: handler is null)
        {
            BaseAddress = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/"),
            Timeout = timeout ?? TimeSpan.FromSeconds(10),
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>May the message of this campaign go to this person, now?</summary>
    /// <param name="address">An email address, or a telephone number with + and country code.</param>
    /// <param name="campaign">The id of a campaign on record.</param>
    /// <param name="cancellation">Ends the asking; the only thing that throws.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<MaySendAnswer> AskAsync(string address, string campaign, CancellationToken cancellation = default)
    {
        try
        {
            using var answer = await http.PostAsync(
                    "v1/decisions",
                    Json(new QuestionSent(address, campaign), Wire.Default.QuestionSent),
                    cancellation
                )
                .ConfigureAwait(false);
            var body = await answer.Content.ReadFromJsonAsync(Wire.Default.AnswerGiven, cancellation).ConfigureAwait(false);
            return Read(address, body, answer.IsSuccessStatusCode, (int)answer.StatusCode);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            return MaySendAnswer.No(address, fault.Message);
        }
    }

    /// <summary>The same for many, in their order, each exactly once. What has no answer of its own is a no.</summary>
    /// <param name="addresses">Whom.</param>
    /// <param name="campaign">The id of a campaign on record.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async IAsyncEnumerable<MaySendAnswer> AskManyAsync(
        IEnumerable<string> addresses,
        string campaign,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(addresses);
        foreach (var some in addresses.Chunk(AtOnce))
        foreach (var answer in await AskSomeAsync(some, campaign, cancellation).ConfigureAwait(false))
            yield return answer;
    }

    /// <summary>The opt-out link of one message to one person, who must be on record.</summary>
    /// <exception cref="MaySendException">There is none: the message must not go.</exception>
    public async Task<MaySendLink> LinkAsync(
        string address,
        string sender,
        string channel = "email",
        string? topic = null,
        string? campaign = null,
        CancellationToken cancellation = default
    )
    {
        var asked = new LinkAsked(address, sender, channel, topic, campaign);
        using var answer = await SendAsync("v1/opt-out-links", Json(asked, Wire.Default.LinkAsked), null, cancellation)
            .ConfigureAwait(false);
        try
        {
            return
                await answer.Content.ReadFromJsonAsync(Wire.Default.LinkMade, cancellation).ConfigureAwait(false)
                    is { Url: { } url, Headers: { } headers }
                ? new(url, headers)
                : throw new MaySendException("the answer holds no link", (int)answer.StatusCode);
        }
        catch (JsonException fault)
        {
            throw new MaySendException("the answer cannot be read", (int)answer.StatusCode, fault);
        }
    }

    /// <summary>Records a request to stop that reached you by telephone, letter or otherwise. It works from the next question on.</summary>
    /// <param name="address">Whose.</param>
    /// <param name="refusal">What it names; everything where nothing is given.</param>
    /// <param name="idempotencyKey">Any text of your own: the same request again with it adds nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MaySendException">It was not recorded: record it again.</exception>
    public async Task RefuseAsync(
        string address,
        MaySendRefusal? refusal = null,
        string? idempotencyKey = null,
        CancellationToken cancellation = default
    )
    {
        var given = refusal ?? new();
        var sent = new RefusalSent(address, given.How, given.When, given.Senders, given.Channels, given.Topics);
        using var answer = await SendAsync("v1/refusals", Json(sent, Wire.Default.RefusalSent), idempotencyKey, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Records evidence: an order, a sign-up, a message sent, in the JSON of the API.</summary>
    /// <param name="address">Whose.</param>
    /// <param name="entry">The entry, such as <c>{"kind": "details-collected", ...}</c>.</param>
    /// <param name="idempotencyKey">Any text of your own: the same entry again with it adds nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MaySendException">It was not recorded; the message names each field that is wrong.</exception>
    public async Task RecordAsync(string address, string entry, string? idempotencyKey = null, CancellationToken cancellation = default)
    {
        using var content = new StringContent(entry, Encoding.UTF8, "application/json");
        using var answer = await SendAsync($"v1/evidence/{Uri.EscapeDataString(address)}", content, idempotencyKey, cancellation)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    async Task<MaySendAnswer[]> AskSomeAsync(string[] addresses, string campaign, CancellationToken cancellation)
    {
        var answers = addresses.Select(address => MaySendAnswer.No(address, "the list ended before its answer")).ToArray();
        var asked = new StringBuilder();
        foreach (var address in addresses)
            asked.Append(JsonSerializer.Serialize(new QuestionSent(address, campaign), Wire.Default.QuestionSent)).Append('\n');
        try
        {
            using var content = new StringContent(asked.ToString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
            using var answer = await http.PostAsync("v1/decisions/batch", content, cancellation).ConfigureAwait(false);
            using var lines = new StringReader(await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
            while (await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is { } text)
                if (
                    JsonSerializer.Deserialize(text, Wire.Default.AnswerGiven) is { Line: { } line } body
                    && line >= 1
                    && line <= answers.Length
                )
                    answers[line - 1] = Read(addresses[line - 1], body, answer.IsSuccessStatusCode, (int)answer.StatusCode);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // What was answered before stands; the rest is no.
            foreach (ref var one in answers.AsSpan())
                if (one.Failure is not null)
                    one = one with { Failure = fault.Message };
        }
        return answers;
    }

    // Permitted and to be sent, by an answer that is one: anything else is no.
    static MaySendAnswer Read(string address, AnswerGiven? body, bool isSuccess, int status) =>
        body is null || !isSuccess || body.Verdict is null
            ? MaySendAnswer.No(address, body?.Wrong is { } wrong ? $"{status}: {wrong}" : $"{status}")
            : new()
            {
                Address = address,
                Send = body is { Send: true, Verdict: "permitted" },
                Verdict = body.Verdict,
                Reason = body.Reason ?? MaySendAnswer.NoAnswer,
                DecisionId = body.Decision?.Id,
                Failure = body.Wrong,
            };

    async Task<HttpResponseMessage> SendAsync(string path, HttpContent content, string? idempotencyKey, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new MaySendException($"the server could not be reached: {fault.Message}", inner: fault);
        }
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new MaySendException(
                $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false)}",
                (int)answer.StatusCode
            );
    }

    static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
