using System.Security.Claims;
using MaySend.Console.Access;
using MaySend.Records.Imports;
using MaySend.Records.Start;

namespace MaySend.Console.Evidence;

/// <summary>
/// Who may look at a file that somebody brought: its page quotes rows, and so addresses. Whoever brought it has seen it; anybody else is
/// somebody who may see people.
/// </summary>
static class StagedAccess
{
    /// <summary>True for whoever brought it and for whoever may see people.</summary>
    public static bool MayBeSeenBy(this StagedImport staged, ClaimsPrincipal who) => MayBeSeenBy(staged.By, who);

    /// <summary>The same for an interview and its exports.</summary>
    public static bool MayBeSeenBy(this Interview interview, ClaimsPrincipal who) => MayBeSeenBy(interview.By, who);

    static bool MayBeSeenBy(string by, ClaimsPrincipal who) =>
        string.Equals(by, who.Signs(), StringComparison.Ordinal) || who.May(Permit.ReadPeople);
}
