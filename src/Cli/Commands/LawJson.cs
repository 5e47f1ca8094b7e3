using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.LawPages;

namespace MaySend.Cli.Commands;

/// <summary>The pages of law as JSON: camel case, nulls left out, indented. The same content as the text.</summary>
static partial class LawJson
{
    static readonly Context Indented = new(
        new JsonSerializerOptions(Context.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    public static string Write(LawPage page) => JsonSerializer.Serialize(page, Indented.LawPage);

    public static string Write(ProvisionView provision) => JsonSerializer.Serialize(provision, Indented.ProvisionView);

    public static string Write(LawDiffReport report) => JsonSerializer.Serialize(report, Indented.LawDiffReport);

    public static string Write(GroundComparison comparison) => JsonSerializer.Serialize(comparison, Indented.GroundComparison);

    public static string Write(CountryTable table) => JsonSerializer.Serialize(table, Indented.CountryTable);

    public static string Write(CallScript script) => JsonSerializer.Serialize(script, Indented.CallScript);

    public static string Write(IReadOnlyList<RegisterRow> rows) => JsonSerializer.Serialize(rows, Indented.IReadOnlyListRegisterRow);

    [JsonSourceGenerationOptions(
        WriteIndented = true,
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
    )]
    [JsonSerializable(typeof(LawPage))]
    [JsonSerializable(typeof(ProvisionView))]
    [JsonSerializable(typeof(LawDiffReport))]
    [JsonSerializable(typeof(GroundComparison))]
    [JsonSerializable(typeof(CountryTable))]
    [JsonSerializable(typeof(CallScript))]
    [JsonSerializable(typeof(IReadOnlyList<RegisterRow>))]
    sealed partial class Context : JsonSerializerContext;
}
