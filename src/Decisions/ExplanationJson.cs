using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaySend.Decisions;

/// <summary>
/// The explanation as JSON: camel case, nulls left out. The same content as the text. It is written member by member, and what is said to
/// everybody is put into JSON once; the serializer's own way, for people, says the same
/// (test <c>An_explanation_is_written_as_the_serializer_would</c>).
/// </summary>
public static partial class ExplanationJson
{
    static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    static readonly JsonWriterOptions Options = new() { Encoder = Encoder, SkipValidation = true };
    static readonly Context AsSerialized = new(new JsonSerializerOptions(Context.Default.Options) { Encoder = Encoder });
    static readonly Context Indented = new(new JsonSerializerOptions(AsSerialized.Options) { WriteIndented = true });

    /// <summary>What is said to everybody, of a limb or of what does not apply, as it is written.</summary>
    static readonly ConditionalWeakTable<object, byte[]> Kept = [];

    [ThreadStatic]
    static ArrayBufferWriter<byte>? last;

    /// <summary>As UTF-8 text.</summary>
    public static byte[] Write(Explanation explanation)
    {
        var whole = last ??= new ArrayBufferWriter<byte>(64 * 1024);
        whole.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(whole, Options))
            Write(json, explanation);
        return whole.WrittenSpan.ToArray();
    }

    /// <summary>As indented text for people.</summary>
    public static string WriteIndented(Explanation explanation) => JsonSerializer.Serialize(explanation, Indented.Explanation);

    /// <summary>Keeps what is said to everybody as it is written, and gives it back.</summary>
    internal static LimbExplanation Keep(LimbExplanation limb)
    {
        Kept.AddOrUpdate(limb, JsonSerializer.SerializeToUtf8Bytes(limb, AsSerialized.LimbExplanation));
        return limb;
    }

    /// <summary>The same of what does not apply.</summary>
    internal static ElementExplanation Keep(ElementExplanation element)
    {
        Kept.AddOrUpdate(element, JsonSerializer.SerializeToUtf8Bytes(element, AsSerialized.ElementExplanation));
        return element;
    }

    /// <summary>As a value of something larger; the writer's encoder is the one for answers that no page shows as markup.</summary>
    public static void Write(Utf8JsonWriter json, Explanation of)
    {
        json.WriteStartObject();
        json.WriteString("verdict"u8, of.Verdict);
        json.WriteString("recipient"u8, of.Recipient);
        json.WriteString("campaign"u8, of.Campaign);
        json.WriteString("channel"u8, of.Channel);
        Text(json, "channelNote"u8, of.ChannelNote);
        json.WriteString("day"u8, of.Day.ToString("O", CultureInfo.InvariantCulture));
        Texts(json, "jurisdictions"u8, of.Jurisdictions);
        json.WriteString("law"u8, of.Law.ToString());
        json.WriteString("policy"u8, of.Policy.ToString());
        json.WriteString("reason"u8, of.Reason);
        json.WriteString("summary"u8, of.Summary);
        json.WriteStartObject("plainly"u8);
        json.WriteString("what"u8, of.Plainly.What);
        json.WriteString("why"u8, of.Plainly.Why);
        Text(json, "rule"u8, of.Plainly.Rule);
        Text(json, "change"u8, of.Plainly.Change);
        Text(json, "evidence"u8, of.Plainly.Evidence);
        Text(json, "act"u8, of.Plainly.Act);
        json.WriteEndObject();
        json.WriteStartArray("keys"u8);
        foreach (var key in of.Keys)
            Write(json, key);
        json.WriteEndArray();
        Texts(json, "remedies"u8, of.Remedies);
        Texts(json, "policyMattered"u8, of.PolicyMattered);
        Texts(json, "lowConfidence"u8, of.LowConfidence);
        json.WriteStartArray("separate"u8);
        foreach (var permission in of.Separate)
        {
            json.WriteStartObject();
            json.WriteString("verdict"u8, permission.Verdict);
            json.WriteString("id"u8, permission.Id);
            json.WriteString("shortName"u8, permission.ShortName);
            json.WriteString("summary"u8, permission.Summary);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Text(json, "decision"u8, of.Decision);
        if (of.Now is { } now)
        {
            json.WriteStartObject("now"u8);
            json.WriteBoolean("send"u8, now.Send);
            Texts(json, "reasons"u8, now.Reasons);
            json.WriteString("says"u8, now.Says);
            json.WriteEndObject();
        }
        Text(json, "deliverable"u8, of.Deliverable);
        Text(json, "undeliverable"u8, of.Undeliverable);
        Text(json, "evidence"u8, of.Evidence);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, KeyExplanation key)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key.Key);
        json.WriteString("verdict"u8, key.Verdict);
        json.WriteString("reason"u8, key.Reason);
        json.WriteStartArray("elements"u8);
        foreach (var element in key.Elements)
        {
            if (Kept.TryGetValue(element, out var written))
                json.WriteRawValue(written, skipInputValidation: true);
            else
                Write(json, element);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, ElementExplanation element)
    {
        json.WriteStartObject();
        json.WriteString("clear"u8, element.Clear);
        json.WriteString("id"u8, element.Id);
        json.WriteString("shortName"u8, element.ShortName);
        json.WriteString("kind"u8, element.Kind);
        json.WriteString("jurisdiction"u8, element.Jurisdiction);
        json.WriteString("summary"u8, element.Summary);
        Text(json, "source"u8, element.Source);
        json.WriteString("confidence"u8, element.Confidence);
        json.WriteStartArray("grounds"u8);
        foreach (var ground in element.Grounds)
            Write(json, ground);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, GroundExplanation ground)
    {
        json.WriteStartObject();
        json.WriteString("met"u8, ground.Met);
        json.WriteString("name"u8, ground.Name);
        json.WriteString("cite"u8, ground.Cite);
        json.WriteString("says"u8, ground.Says);
        Text(json, "record"u8, ground.Record);
        json.WriteString("summary"u8, ground.Summary);
        json.WriteStartArray("limbs"u8);
        foreach (var limb in ground.Limbs)
        {
            if (Kept.TryGetValue(limb, out var written))
                json.WriteRawValue(written, skipInputValidation: true);
            else
                Write(json, limb);
        }
        json.WriteEndArray();
        json.WriteBoolean("isMendable"u8, ground.IsMendable);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, LimbExplanation limb)
    {
        json.WriteStartObject();
        json.WriteString("met"u8, limb.Met);
        json.WriteString("cite"u8, limb.Cite);
        json.WriteString("sentence"u8, limb.Sentence);
        json.WriteString("authority"u8, limb.Authority);
        json.WriteString("confidence"u8, limb.Confidence);
        Text(json, "note"u8, limb.Note);
        Text(json, "remedy"u8, limb.Remedy);
        json.WriteString("code"u8, limb.Code);
        json.WriteBoolean("isMendable"u8, limb.IsMendable);
        json.WriteEndObject();
    }

    static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }

    static void Texts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
    )]
    [JsonSerializable(typeof(Explanation))]
    sealed partial class Context : JsonSerializerContext;
}
