using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MaySend.Evidence.Entries;

namespace MaySend.Server.Http;

/// <summary>
/// How the server writes and reads JSON: as entries are. Answers are <c>application/json</c> and not to be sniffed, so nothing in them can
/// become markup.
/// </summary>
static class Json
{
    public static readonly JsonSerializerOptions Web = new(EntryJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>The same for what the framework writes and describes by itself.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = Web.DefaultIgnoreCondition;
        options.UnmappedMemberHandling = Web.UnmappedMemberHandling;
        options.NumberHandling = Web.NumberHandling;
        options.Encoder = Web.Encoder;
        options.AllowOutOfOrderMetadataProperties = Web.AllowOutOfOrderMetadataProperties;
        foreach (var converter in Web.Converters)
            options.Converters.Add(converter);
    }

    public static readonly JsonWriterOptions Writer = new() { Encoder = EntryJson.Options.Encoder };
}
