using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MaySend.Reading;

namespace MaySend.Server.Http;

/// <summary>One thing wrong with a request: the field as a JSON path, what is wrong, and what would be right.</summary>
/// <param name="Field">Where: <c>entry.shown.lawful</c>, a query parameter, or blank for the whole.</param>
/// <param name="Says">What is wrong.</param>
/// <param name="Help">What would be right; null if that is obvious.</param>
sealed record FieldProblem(string Field, string Says, string? Help = null);

/// <summary>
/// An error as RFC 9457 describes it. Whatever is wrong, the answer to "may it be sent" is no: each one carries <c>verdict: not-shown</c>
/// and <c>send: false</c>.
/// </summary>
/// <param name="Status">The HTTP status, the same as the answer's own.</param>
/// <param name="Title">What is wrong, for people.</param>
/// <param name="Detail">What was done or not done, and what to do; left out where the title says it all.</param>
sealed record ProblemAnswer(int Status, string Title, string? Detail) : IResult
{
    /// <summary>Its name in the description of the API.</summary>
    public const string SchemaName = "Problem";

    /// <summary>A URI that names the kind of problem.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>Every wrong field at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldProblem>? Errors { get; init; }

    /// <summary>
    /// True if a request to stop was recorded although the rest of the call was rejected; null if nothing like that was asked.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Recorded { get; init; }

    /// <summary>Never a permission.</summary>
    [AllowedValues("not-shown")]
    public string Verdict { get; } = "not-shown";

    /// <summary>Never.</summary>
    public bool Send { get; }

    /// <summary>A problem of this kind.</summary>
    public static ProblemAnswer Of(int status, string title, string? detail = null) => new(status, title, detail);

    /// <summary>Fields that are wrong.</summary>
    public static ProblemAnswer Fields(params IReadOnlyList<FieldProblem> errors) =>
        new(400, "The request has errors", $"{Amount.Of(errors.Count, "field is", "fields are")} wrong; nothing was done.")
        {
            Errors = errors,
        };

    /// <summary>Writes it.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        await httpContext.Response.WriteAsJsonAsync(this, Json.Web, "application/problem+json", httpContext.RequestAborted);
    }
}

/// <summary>Ends a request with a problem.</summary>
sealed class ProblemException(ProblemAnswer problem) : Exception(problem.Title)
{
    /// <summary>What is wrong.</summary>
    public ProblemAnswer Problem => problem;
}
