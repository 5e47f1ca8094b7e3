using Microsoft.OpenApi;

namespace MaySend.Server.OpenApi;

/// <summary>What an operation reads from a request without a parameter of its method.</summary>
/// <param name="Where">In the query or in the header.</param>
/// <param name="Name">Its name.</param>
/// <param name="Says">What it does.</param>
/// <param name="Words">The words it may be; none where it is not of a closed list.</param>
sealed record RequestParameter(ParameterLocation Where, string Name, string Says, params IReadOnlyList<string> Words)
{
    /// <summary>It may be given more than once.</summary>
    public bool IsMany { get; init; }
}

/// <summary>Said where the operation is mapped.</summary>
static class RequestParameters
{
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Reads a query parameter.</summary>
    public static T ReadsQuery<T>(this T operation, string name, string says, params IReadOnlyList<string> words)
        where T : IEndpointConventionBuilder => operation.WithMetadata(new RequestParameter(ParameterLocation.Query, name, says, words));

    /// <summary>Reads a query parameter that may be given more than once.</summary>
    public static T ReadsQueries<T>(this T operation, string name, string says)
        where T : IEndpointConventionBuilder =>
        operation.WithMetadata(new RequestParameter(ParameterLocation.Query, name, says) { IsMany = true });

    /// <summary>The same request again adds nothing.</summary>
    public static T ReadsIdempotencyKey<T>(this T operation)
        where T : IEndpointConventionBuilder =>
        operation.WithMetadata(
            new RequestParameter(
                ParameterLocation.Header,
                IdempotencyKey,
                "Any text you choose, up to 200 characters: sending the same request again with it adds nothing."
            )
        );

    /// <summary>Replaces what was read, and nothing newer.</summary>
    public static T ReadsIfMatch<T>(this T operation)
        where T : IEndpointConventionBuilder =>
        operation.WithMetadata(
            new RequestParameter(
                ParameterLocation.Header,
                "If-Match",
                "The ETag that came with it when you read it: MaySend replaces it only if nobody else has changed it since."
            )
        );
}
