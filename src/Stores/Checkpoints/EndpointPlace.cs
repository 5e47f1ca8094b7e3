using System.Net.Http.Headers;
using System.Text;

namespace MaySend.Stores.Checkpoints;

/// <summary>
/// An address that takes each checkpoint by POST as <c>text/plain</c>; any 2xx has kept it. Where it can be read back, GET answers with the
/// notes one after another.
/// </summary>
/// <param name="url">The address.</param>
/// <param name="tokenFile">A file whose text is sent as a bearer token; null without one.</param>
/// <param name="readBack">Where what is kept can be read; null where it cannot.</param>
/// <param name="client">Does not follow redirects.</param>
sealed class EndpointPlace(Uri url, string? tokenFile, Uri? readBack, HttpClient client) : ICheckpointPlace
{
    public string Name => url.ToString();

    public async Task KeepAsync(string note, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(note, Encoding.UTF8, "text/plain") };
        (await SendAsync(request, cancellation)).Dispose();
    }

    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        if (readBack is null)
            throw new NotSupportedException("no `readBack` address is named");
        using var request = new HttpRequestMessage(HttpMethod.Get, readBack);
        using var answer = await SendAsync(request, cancellation);
        return await answer.Content.ReadAsStringAsync(cancellation);
    }

    async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (tokenFile is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                (await File.ReadAllTextAsync(tokenFile, cancellation)).Trim()
            );
        var answer = await client.SendAsync(request, cancellation);
        return answer.EnsureSuccessStatusCode();
    }
}
