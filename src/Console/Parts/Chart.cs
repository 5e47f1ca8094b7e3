using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace MaySend.Console.Parts;

/// <summary>One row of bars or one line of a chart.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Kind">Its colour: permitted, refused, not-shown or all.</param>
/// <param name="Values">One number, or one span of two, per label.</param>
/// <param name="Kinds">A colour per label, where they differ.</param>
public sealed record Series(string Label, string Kind, IReadOnlyList<object> Values, IReadOnlyList<string>? Kinds = null);

/// <summary>What is drawn.</summary>
/// <param name="Type"><c>bar</c> or <c>line</c>.</param>
/// <param name="Labels">Along the axis.</param>
/// <param name="Series">What is drawn.</param>
/// <param name="IsSideways">Bars run from left to right.</param>
/// <param name="IsStacked">Series stand on each other.</param>
public sealed record Drawing(
    string Type,
    IReadOnlyList<string> Labels,
    IReadOnlyList<Series> Series,
    bool IsSideways = false,
    bool IsStacked = false
);

/// <summary>A picture of numbers that stand in a table beside it; without scripts there is only the table.</summary>
public sealed class Chart : ComponentBase
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>What is drawn.</summary>
    [Parameter, EditorRequired]
    public Drawing Of { get; set; } = null!;

    /// <summary>What it shows, in a sentence, for people who do not see it.</summary>
    [Parameter, EditorRequired]
    public string Says { get; set; } = "";

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "chart");
        builder.AddAttribute(2, "hidden", true);
        builder.OpenElement(3, "canvas");
        builder.AddAttribute(4, "role", "img");
        builder.AddAttribute(5, "aria-label", Says);
        builder.AddAttribute(6, "data-chart", JsonSerializer.Serialize(Of, Json));
        builder.CloseElement();
        builder.CloseElement();
    }
}
