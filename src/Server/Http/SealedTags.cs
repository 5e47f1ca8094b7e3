using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Net.Http.Headers;

namespace MaySend.Server.Http;

/// <summary>
/// ETags of what holds secrets. Each holds the state sealed, since a digest of it, which whoever reads the tag could compare with those of
/// guessed passwords, would tell too much. The same state has another tag each time, and the server compares what is in them.
/// </summary>
sealed class SealedTags(IDataProtectionProvider protection)
{
    readonly IDataProtector seal = protection.CreateProtector("MaySend.Tags");

    /// <summary>Answers with the tag of a state; 304 if the caller has that state already.</summary>
    public IResult Answer<T>(HttpContext context, string state, T body)
    {
        Set(context, state);
        // It may be kept, if it is asked about each time.
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => IsOf(tag, state))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(body);
    }

    /// <summary>Puts the tag of a state onto an answer.</summary>
    public void Set(HttpContext context, string state) =>
        context.Response.Headers.ETag = new EntityTagHeaderValue($"\"{seal.Protect(state)}\"").ToString();

    /// <summary>False when <c>If-Match</c> names another state (RFC 9110, section 13.1.1).</summary>
    /// <param name="context">The call.</param>
    /// <param name="state">The state now.</param>
    /// <param name="isThere">Whether there is anything to replace, for <c>If-Match: *</c>.</param>
    public bool MayReplace(HttpContext context, string state, bool isThere)
    {
        var asked = context.Request.GetTypedHeaders().IfMatch;
        return asked.Count == 0 || asked.Any(tag => tag == EntityTagHeaderValue.Any ? isThere : IsOf(tag, state));
    }

    bool IsOf(EntityTagHeaderValue tag, string state)
    {
        try
        {
            return seal.Unprotect(tag.Tag.ToString().Trim('"')) == state;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
