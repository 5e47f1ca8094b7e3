using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MaySend.Evidence.Entries;

namespace MaySend.Server.Hosting;

/// <summary>How the server writes and reads JSON: as entries are. Answers are <c>application/json</c> and not to be sniffed, so nothing in them can become markup.</summary>
static class Json
{
    public static readonly JsonSerializerOptions Web = new(EntryJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static readonly JsonWriterOptions Writer = new() { Encoder = EntryJson.Options.Encoder };
}
