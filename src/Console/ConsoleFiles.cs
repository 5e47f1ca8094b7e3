using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace MaySend.Console;

/// <summary>
/// The console's own files (styles, script, chart library), served from the assembly so that they are there however the host is started.
/// </summary>
static class ConsoleFiles
{
    static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["pico.indigo.min.css"] = "text/css; charset=utf-8",
        ["console.css"] = "text/css; charset=utf-8",
        ["console.js"] = "text/javascript; charset=utf-8",
        ["passkeys.js"] = "text/javascript; charset=utf-8",
        ["chart.umd.min.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, ConsoleFile> Contents = Types.Keys.ToFrozenDictionary(
        name => name,
        Read,
        StringComparer.Ordinal
    );

    /// <summary>The address of a file, with a digest of its content so that it may be kept for ever.</summary>
    public static string Address(string name) => $"{ConsoleOptions.Root}/files/{name}?v={Contents[name].Digest}";

    /// <summary>
    /// Gives a file, packed where the browser unpacks it: nothing in it is secret, so nothing shows by how well it packs.
    /// </summary>
    public static IResult Get(string name, HttpContext context)
    {
        if (!Contents.TryGetValue(name, out var file))
            return Results.NotFound();
        var (headers, packing) = (context.Response.Headers, Packing(context.Request));
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (packing is null)
            return Results.Bytes(file.Content, Types[name], entityTag: new EntityTagHeaderValue($"\"{file.Digest}\""));
        headers.ContentEncoding = packing;
        return Results.Bytes(
            packing == "br" ? file.Brotli : file.Gzip,
            Types[name],
            entityTag: new EntityTagHeaderValue($"\"{file.Digest}-{packing}\"")
        );
    }

    /// <summary>The tightest packing that the browser takes; null for none.</summary>
    static string? Packing(HttpRequest request)
    {
        var taken = request.GetTypedHeaders().AcceptEncoding.Where(one => one.Quality is not 0).Select(one => one.Value.Value).ToList();
        return new[] { "br", "gzip" }.FirstOrDefault(packing => taken.Contains(packing, StringComparer.OrdinalIgnoreCase));
    }

    static ConsoleFile Read(string name)
    {
        using var stream =
            typeof(ConsoleFiles).Assembly.GetManifestResourceStream($"MaySend.Console.Assets.{name}")
            ?? throw new InvalidOperationException($"the resource {name} is missing");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return new(memory.ToArray());
    }

    /// <summary>A file as it is and packed; packed once, when the first browser asks.</summary>
    sealed class ConsoleFile(byte[] content)
    {
        readonly Lazy<byte[]> brotli = new(() => Packed(content, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
        readonly Lazy<byte[]> gzip = new(() => Packed(content, to => new GZipStream(to, CompressionLevel.SmallestSize)));

        public byte[] Content => content;

        public byte[] Brotli => brotli.Value;

        public byte[] Gzip => gzip.Value;

        public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(content))[..16];

        static byte[] Packed(byte[] content, Func<Stream, Stream> packing)
        {
            using var packed = new MemoryStream();
            using (var stream = packing(packed))
                stream.Write(content);
            return packed.ToArray();
        }
    }
}
