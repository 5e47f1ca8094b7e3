using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaySend.Evidence.Entries;

/// <summary>
/// How entries are written as JSON: camel case, nulls left out, dates in ISO 8601; a reader refuses members it does not know.
/// </summary>
public static class EntryJson
{
    /// <summary>The one set of options for entries.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new NameSetJson(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>An entry as UTF-8 JSON.</summary>
    public static byte[] Write(ContactEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, Options);

    /// <summary>An entry as UTF-8 JSON.</summary>
    public static byte[] Write(ControllerEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, Options);

    /// <summary>Reads a contact's entry back.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static ContactEntry ReadContact(ReadOnlySpan<byte> json) => Read<ContactEntry>(json);

    /// <summary>Reads a controller's entry back.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static ControllerEntry ReadController(ReadOnlySpan<byte> json) => Read<ControllerEntry>(json);

    static T Read<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("no entry");
        }
        catch (Exception fault) when (fault is NotSupportedException or InvalidOperationException or ArgumentException or FormatException)
        {
            // The platform has words of its own for an entry without a kind, and for text that is no Unicode.
            throw new JsonException($"no entry: {fault.Message}", fault);
        }
    }
}
