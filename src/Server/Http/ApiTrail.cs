using MaySend.Evidence;
using MaySend.Records.Auditing;

namespace MaySend.Server.Http;

/// <summary>What an answer of the API shows about people is written down first.</summary>
static class ApiTrail
{
    /// <summary>Writes down that the key that asks is about to be shown data about people.</summary>
    /// <param name="context">The call.</param>
    /// <param name="what">A word of <see cref="Viewed"/>.</param>
    /// <param name="contacts">Whom, as far as they are on record.</param>
    /// <param name="people">How many; as many as contacts when null.</param>
    /// <param name="about">Which list, screening or message; never an address.</param>
    /// <exception cref="LedgerUnavailableException">It could not be written down: nothing may be shown.</exception>
    public static Task ShownAsync(
        this HttpContext context,
        string what,
        IEnumerable<ContactId>? contacts = null,
        int? people = null,
        string about = ""
    ) =>
        context
            .RequestServices.GetRequiredService<AuditTrail>()
            .ShownAsync(context.By().Name, Doors.Api, what, contacts, people, about, $"{context.Connection.RemoteIpAddress}");

    /// <summary>A contact as a list of those shown; none where nobody is on record.</summary>
    public static IEnumerable<ContactId> OrNobody(this ContactId? contact) => contact is { } known ? [known] : [];
}
