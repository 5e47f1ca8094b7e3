using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MaySend.Server.Http;

namespace MaySend.Server.Api.Bodies;

/// <summary>
/// Reads a JSON body strictly and says everything that is wrong with it at once: unknown, missing and ill-typed members, each by its path.
/// What the types are is what the serializer's own contract says, so a new member needs nothing here.
/// </summary>
static class JsonBody
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    const string NotNull = "must not be null";
    const string HalfName = "The name of a property contains half a character.";

    // Members that a body may give, by the type they belong to.
    static readonly ConcurrentDictionary<Type, JsonPropertyInfo[]> Settable = new();

    /// <summary>Reads the whole body of a request.</summary>
    /// <exception cref="ProblemException">It is no JSON (400), of another type (415) or wrong in some fields (400).</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, Action<T, Mistakes>? check = null)
    {
        using var document = await ParseAsync(request);
        var mistakes = new Mistakes();
        var value = Read<T>(document.RootElement, "", mistakes);
        if (value is not null && mistakes.IsEmpty)
            check?.Invoke(value, mistakes);
        mistakes.ThrowIfAny();
        return value!;
    }

    /// <summary>Parses the body of a request.</summary>
    public static async Task<JsonDocument> ParseAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            throw new ProblemException(ProblemAnswer.Of(415, "Unsupported content type", "Send application/json."));
        try
        {
            return Named(await BodyAsync(request));
        }
        catch (JsonException fault)
        {
            throw new ProblemException(NotJson(fault));
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(ProblemAnswer.Of(400, "The body is not JSON", HalfName));
        }
    }

    /// <summary>A document whose members all have names that can be read: the platform finds out only when it is asked for one.</summary>
    static JsonDocument Named(ReadOnlyMemory<byte> text)
    {
        var document = JsonDocument.Parse(text, Strict);
        if (text.Span.Contains((byte)'\\') || text.Span.ContainsAnyExceptInRange((byte)0, (byte)127))
            ReadNames(document.RootElement);
        return document;
    }

    static void ReadNames(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                ReadNames(item);
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var member in element.EnumerateObject())
            {
                _ = member.Name;
                ReadNames(member.Value);
            }
    }

    // Bodies are small, and their limit is the server's: they are taken whole.
    static async ValueTask<byte[]> BodyAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            var body = read.IsCompleted ? read.Buffer.ToArray() : null;
            request.BodyReader.AdvanceTo(body is null ? read.Buffer.Start : read.Buffer.End, read.Buffer.End);
            if (body is not null)
                return body;
        }
    }

    /// <summary>Parses one line of a stream.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            return Named(text);
        }
        catch (InvalidOperationException fault)
        {
            throw new JsonException(HalfName, fault);
        }
    }

    /// <summary>What is wrong with text that is no JSON: the place, and nothing of the text.</summary>
    public static ProblemAnswer NotJson(JsonException fault) =>
        ProblemAnswer.Of(
            400,
            "The body is not JSON",
            fault.LineNumber is { } line
                ? string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"It cannot be read at line {line + 1}, byte {fault.BytePositionInLine + 1}, or a property appears there twice."
                )
                : "A property appears twice."
        );

    /// <summary>
    /// The text of an element; null where it is none, or where an escape in it is half a character, of which .NET makes no text.
    /// </summary>
    public static string? TextOf(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads a value and notes every mistake; null when there was one.</summary>
    public static T? Read<T>(JsonElement element, string path, Mistakes mistakes)
    {
        var before = mistakes.Count;
        var read = Read(element, KindOf(element, typeof(T)), path, mistakes);
        if (read is not T && mistakes.Count == before)
            mistakes.Add(Join(path, "kind"), "is not of the kind that belongs here");
        return read is T value ? value : default;
    }

    /// <summary>What was got here names its kind, and may be sent back as it is: then it is read as one of its family.</summary>
    static Type KindOf(JsonElement element, Type type) =>
        type.BaseType is { } family
        && element.ValueKind == JsonValueKind.Object
        && Json.Web.GetTypeInfo(family).PolymorphismOptions is { } kinds
        && element.TryGetProperty(kinds.TypeDiscriminatorPropertyName, out _)
            ? family
            : type;

    static object? Read(JsonElement element, Type type, string path, Mistakes mistakes)
    {
        var before = mistakes.Count;
        Walk(element, type, path, mistakes);
        if (mistakes.Count > before)
            return null;
        try
        {
            return element.Deserialize(type, Json.Web);
        }
        catch (JsonException)
        {
            mistakes.Add(path, Expected(type));
            return null;
        }
    }

    static void Walk(JsonElement element, Type type, string path, Mistakes mistakes)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var contract = Json.Web.GetTypeInfo(type);
        if (contract.Kind == JsonTypeInfoKind.Enumerable && element.ValueKind == JsonValueKind.Array && contract.ElementType is { } item)
        {
            foreach (var (each, index) in element.EnumerateArray().Select((each, index) => (each, index)))
                Element(each, item, $"{path}[{index}]", mistakes);
            return;
        }
        if (contract.Kind == JsonTypeInfoKind.Dictionary && element.ValueKind == JsonValueKind.Object)
            foreach (var each in element.EnumerateObject().Where(each => each.Value.ValueKind == JsonValueKind.Null))
                mistakes.Add(Join(path, each.Name), NotNull);
        if (contract.Kind != JsonTypeInfoKind.Object)
        {
            Try(element, type, path, mistakes);
            return;
        }
        if (element.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add(path, "must be an object");
            return;
        }
        if (contract.PolymorphismOptions is { } kinds)
        {
            var word = element.TryGetProperty(kinds.TypeDiscriminatorPropertyName, out var kind) ? TextOf(kind) : null;
            var derived = kinds.DerivedTypes.FirstOrDefault(each => each.TypeDiscriminator as string == word);
            if (derived.DerivedType is null)
            {
                mistakes.Add(
                    Join(path, kinds.TypeDiscriminatorPropertyName),
                    word is null ? "is missing" : $"`{word}` is not known",
                    $"one of {string.Join(", ", kinds.DerivedTypes.Select(each => each.TypeDiscriminator))}"
                );
                return;
            }
            contract = Json.Web.GetTypeInfo(derived.DerivedType);
            Members(element, contract, path, kinds.TypeDiscriminatorPropertyName, mistakes);
            return;
        }
        Members(element, contract, path, null, mistakes);
    }

    /// <summary>One of a list. The serializer's contract does not say whether one may be null, and none of ours may.</summary>
    static void Element(JsonElement element, Type type, string path, Mistakes mistakes)
    {
        if (element.ValueKind == JsonValueKind.Null)
            mistakes.Add(path, NotNull);
        else
            Walk(element, type, path, mistakes);
    }

    static void Members(JsonElement element, JsonTypeInfo contract, string path, string? discriminator, Mistakes mistakes)
    {
        var settable = Settable.GetOrAdd(
            contract.Type,
            _ => [.. contract.Properties.Where(member => member.Set is not null || member.AssociatedParameter is not null)]
        );
        var found = new bool[settable.Length];
        foreach (var given in element.EnumerateObject())
        {
            if (discriminator is not null && given.NameEquals(discriminator))
                continue;
            var index = IndexOf(settable, given);
            if (index < 0)
            {
                mistakes.Add(
                    Join(path, given.Name),
                    "is not a known property",
                    $"one of {string.Join(", ", settable.Select(each => each.Name).Order(StringComparer.Ordinal))}"
                );
                continue;
            }
            found[index] = true;
            var member = settable[index];
            if (given.Value.ValueKind != JsonValueKind.Null)
                Walk(given.Value, member.PropertyType, Join(path, member.Name), mistakes);
            else if (!member.IsSetNullable)
                mistakes.Add(Join(path, member.Name), NotNull);
        }
        for (var index = 0; index < settable.Length; index++)
            if (!found[index] && IsAskedFor(settable[index]))
                mistakes.Add(Join(path, settable[index].Name), "is missing");
    }

    // Nulls are left out of what is answered, and that may be sent back as it is: so what may be null may be left out.
    static bool IsAskedFor(JsonPropertyInfo member) =>
        member.IsRequired || (member.AssociatedParameter is { HasDefaultValue: false } && !member.IsSetNullable);

    static int IndexOf(JsonPropertyInfo[] settable, JsonProperty given)
    {
        for (var index = 0; index < settable.Length; index++)
            if (given.NameEquals(settable[index].Name))
                return index;
        return Array.FindIndex(settable, member => string.Equals(member.Name, given.Name, StringComparison.OrdinalIgnoreCase));
    }

    static void Try(JsonElement element, Type type, string path, Mistakes mistakes)
    {
        if (type == typeof(JsonElement))
            return;
        try
        {
            if (type == typeof(string) && element.ValueKind == JsonValueKind.String)
                _ = element.GetString();
            else if (element.ValueKind != JsonValueKind.Null)
                element.Deserialize(type, Json.Web);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            mistakes.Add(path, Expected(type));
        }
    }

    static string Expected(Type type) =>
        type switch
        {
            _ when type == typeof(bool) => "must be true or false",
            _ when type == typeof(string) => "must be text",
            _ when type == typeof(DateOnly) => "must be a day such as 2026-02-05",
            _ when type == typeof(Evidence.Entries.When) =>
                "must be a day, or a time with its offset: 2026-02-05 or 2026-02-05T10:15:00+01:00",
            _ when type == typeof(Law.Facts.NameSet) => "must be a list of names, or \"all\"",
            _ when type == typeof(int) || type == typeof(long) => "must be a whole number",
            { IsEnum: true } => $"must be one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicyWord))}",
            _ => "does not have the form expected here",
        };

    static string JsonNamingPolicyWord(string name) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";
}
