using System.Security.Claims;
using MaySend.Console.Access;
using MaySend.Records.Imports;

namespace MaySend.Console.Evidence;

/// <summary>
/// Who may look at a file that somebody brought: its page quotes rows, and so addresses. Whoever brought it has seen it; anybody else is
/// somebody who may see people.
/// </summary>
static class StagedAccess
{
    /// <summary>True for whoever brought it and for whoever may see people.</summary>
    public static bool MayBeSeenBy(this StagedImport staged, ClaimsPrincipal who) =>
        string.Equals(staged.By, who.Signs(), StringComparison.Ordinal) || who.May(Permit.ReadPeople);
}
