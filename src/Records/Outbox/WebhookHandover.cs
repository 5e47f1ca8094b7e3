using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaySend.Evidence.Entries;

namespace MaySend.Records.Outbox;

/// <summary>
/// Hands a mail to the caller's own sender as JSON. <c>MaySend-Signature: t=SECONDS,v1=HEX</c> carries the HMAC-SHA256 of
/// <c>SECONDS.BODY</c> under the secret, so that nobody else can have mail sent. Redirects are not followed; any 2xx has taken it.
/// </summary>
sealed class WebhookHandover(Uri url, string secret, TimeProvider clock) : IMailHandover, IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    public async Task HandOverAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(mail, EntryJson.Options);
        var at = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{at}."), .. body];
        var proof = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("MaySend-Signature", $"t={at},v1={Convert.ToHexStringLower(proof)}");
        using var answer = await client.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => client.Dispose();
}
