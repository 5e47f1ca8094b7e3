using MaySend.Reading;
using MaySend.Server.Http;

namespace MaySend.Server.OpenApi;

/// <summary>An operation that may record a request to stop: no misspelt query loses one.</summary>
sealed record RecordedStops;

/// <summary>What is wrong with the query of an operation that may record a request to stop.</summary>
/// <param name="List">Each parameter that is wrong.</param>
sealed record QueryFaults(IReadOnlyList<FieldProblem> List)
{
    /// <summary>The answer to a request to stop that was recorded.</summary>
    public ProblemAnswer Recorded =>
        ProblemAnswer.Fields(List) with
        {
            Detail = $"{Amount.Of(List.Count, "field is", "fields are")} wrong. The request to stop was recorded nevertheless.",
            Recorded = true,
        };

    /// <summary>Another problem, and what is wrong with the query.</summary>
    public ProblemAnswer With(ProblemAnswer other) =>
        other is { Status: StatusCodes.Status400BadRequest, Errors: { } errors }
            ? ProblemAnswer.Fields([.. List, .. errors])
            : other with
            {
                Errors = [.. List, .. other.Errors ?? []],
            };
}

/// <summary>Said where the operation is mapped, and asked where it is carried out.</summary>
static class StopsRecorded
{
    /// <summary>
    /// A request to stop is recorded even if the query is wrong, and the answer says both; whatever else is wrong is said as well.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="isStop">Whether a good answer means that one was recorded; always, where it is left out.</param>
    public static T RecordsStops<T>(this T operation, Func<object?, bool>? isStop = null)
        where T : IEndpointConventionBuilder =>
        operation
            .WithMetadata(new RecordedStops())
            .AddEndpointFilter(
                async (invocation, next) =>
                {
                    if (invocation.HttpContext.Features.Get<QueryFaults>() is not { } faults)
                        return await next(invocation);
                    try
                    {
                        var answer = await next(invocation);
                        var result = answer is INestedHttpResult nested ? nested.Result : answer;
                        return result is ProblemAnswer other ? faults.With(other)
                            : isStop?.Invoke((result as IValueHttpResult)?.Value) == false ? ProblemAnswer.Fields(faults.List)
                            : faults.Recorded;
                    }
                    catch (ProblemException fault)
                    {
                        throw new ProblemException(faults.With(fault.Problem));
                    }
                }
            );

    /// <summary>What is no request to stop is not recorded with a query that is wrong.</summary>
    /// <exception cref="ProblemException">The query is wrong.</exception>
    public static void MustBeStop(this HttpContext context, bool isStop)
    {
        if (!isStop && context.Features.Get<QueryFaults>() is not null)
            throw new ProblemException(ProblemAnswer.Fields());
    }
}
