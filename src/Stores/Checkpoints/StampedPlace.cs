using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MaySend.Ledger.Verify;

namespace MaySend.Stores.Checkpoints;

/// <summary>
/// A time-stamping authority (RFC 3161, over HTTP as its section 3.4 says): it is shown a digest and never the note, and what it answers is
/// kept with the note in a file.
/// </summary>
/// <param name="url">Its address; http will do, since the answer is signed.</param>
/// <param name="authorities">Certificates that are trusted for it.</param>
/// <param name="file">Where note and time stamp are kept, on another disk for choice.</param>
/// <param name="client">Does not follow redirects.</param>
sealed class StampedPlace(Uri url, X509Certificate2Collection authorities, FilePlace file, HttpClient client) : ICheckpointPlace
{
    const int NonceSize = 16;

    public string Name => url.ToString();

    internal X509Certificate2Collection Authorities => authorities;

    public async Task KeepAsync(string note, CancellationToken cancellation)
    {
        var asked = Rfc3161TimestampRequest.CreateFromData(
            Encoding.UTF8.GetBytes(note),
            HashAlgorithmName.SHA256,
            nonce: RandomNumberGenerator.GetBytes(NonceSize),
            requestSignerCertificates: true
        );
        using var body = new ByteArrayContent(asked.Encode());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var answer = (await client.PostAsync(url, body, cancellation)).EnsureSuccessStatusCode();
        var stamp = Taken(asked, await answer.Content.ReadAsByteArrayAsync(cancellation));
        // What an auditor would not believe is not kept as if it were something.
        TimeStamp.Read(note, stamp, authorities);
        await file.AddAsync(new KeptCheckpoint(note, stamp), cancellation);
    }

    public Task<string> ReadAsync(CancellationToken cancellation) => file.ReadAsync(cancellation);

    static byte[] Taken(Rfc3161TimestampRequest asked, byte[] answer)
    {
        try
        {
            return asked.ProcessResponse(answer, out _).AsSignedCms().Encode();
        }
        catch (CryptographicException fault)
        {
            throw new FormatException($"the answer is not a time stamp of what was asked ({fault.Message})", fault);
        }
    }
}
