namespace MaySend.Server.Keys;

/// <summary>
/// An endpoint that says, to whoever comes without a good key, where it is described what to bring (RFC 9728, section 5.1).
/// </summary>
/// <param name="MetadataOf">The address of that description, as the caller reaches it.</param>
sealed record ProtectedResource(Func<HttpContext, string> MetadataOf);
