using MaySend.Server.Http;

namespace MaySend.Server.OpenApi;

/// <summary>What an operation answers beside what its method shows; of a good answer, in the same status.</summary>
/// <param name="Type">A body of another type; null for text.</param>
/// <param name="Media">Its media type.</param>
sealed record OtherAnswer(Type? Type, string Media);

/// <summary>Said where the operation is mapped.</summary>
static class AnswerMetadata
{
    /// <summary>Where it is asked for, the answer is a text of another media type.</summary>
    public static T AlsoAnswers<T>(this T operation, string media)
        where T : IEndpointConventionBuilder => operation.WithMetadata(new OtherAnswer(null, media));

    /// <summary>The answer may be a body of another type.</summary>
    public static T AlsoAnswers<T>(this T operation, Type type)
        where T : IEndpointConventionBuilder => operation.WithMetadata(new OtherAnswer(type, "application/json"));

    /// <summary>It may be refused with these statuses, beside those that every operation has.</summary>
    public static T Refuses<T>(this T operation, params ReadOnlySpan<int> statuses)
        where T : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            operation.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemAnswer), ["application/problem+json"]));
        return operation;
    }
}
