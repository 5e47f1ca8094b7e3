using System.Collections.Frozen;
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
        ["chart.umd.min.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, (byte[] Content, string Digest)> Contents = Types.Keys.ToFrozenDictionary(
        name => name,
        Read,
        StringComparer.Ordinal
    );

    /// <summary>The address of a file, with a digest of its content so that it may be kept for ever.</summary>
    public static string Address(string name) => $"{ConsoleOptions.Root}/files/{name}?v={Contents[name].Digest}";

    public static IResult Get(string name, HttpContext context)
    {
        if (!Contents.TryGetValue(name, out var file))
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Content, Types[name], entityTag: new EntityTagHeaderValue($"\"{file.Digest}\""));
    }

    static (byte[] Content, string Digest) Read(string name)
    {
        using var stream =
            typeof(ConsoleFiles).Assembly.GetManifestResourceStream($"MaySend.Console.Assets.{name}")
            ?? throw new InvalidOperationException($"the resource {name} is missing");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var content = memory.ToArray();
        return (content, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }
}
