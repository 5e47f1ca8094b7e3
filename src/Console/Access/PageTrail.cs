using MaySend.Evidence;
using MaySend.Records.Auditing;

namespace MaySend.Console.Access;

/// <summary>What a page or file of the console shows about people is written down first.</summary>
static class PageTrail
{
    /// <summary>Writes down that the person who asks is about to be shown data about people.</summary>
    /// <param name="http">The request.</param>
    /// <param name="what">A word of <see cref="Viewed"/>.</param>
    /// <param name="contacts">Whom, as far as they are on record.</param>
    /// <param name="people">How many; as many as contacts when null.</param>
    /// <param name="about">Which list, screening or message; never an address.</param>
    /// <exception cref="LedgerUnavailableException">It could not be written down: nothing may be shown.</exception>
    public static Task ShownAsync(
        this HttpContext http,
        string what,
        IEnumerable<ContactId>? contacts = null,
        int? people = null,
        string about = ""
    ) =>
        http
            .RequestServices.GetRequiredService<AuditTrail>()
            .ShownAsync(http.User.Signs(), Doors.Console, what, contacts, people, about, $"{http.Connection.RemoteIpAddress}");
}
