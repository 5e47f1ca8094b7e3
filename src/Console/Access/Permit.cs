using System.Collections.Frozen;
using System.Security.Claims;
using MaySend.Evidence.Actors;

namespace MaySend.Console.Access;

/// <summary>The roles of people who use the console; one person may have several.</summary>
static class Role
{
    public const string Marketer = "marketer";
    public const string DataProtectionOfficer = "data-protection-officer";
    public const string Developer = "developer";
    public const string Auditor = "auditor";
    public const string Administrator = "administrator";

    /// <summary>Every role, with what it is for.</summary>
    public static readonly IReadOnlyList<(string Name, string Title, string For)> All =
    [
        (Marketer, "Marketer", "asks and screens; describes campaigns; drafts forms, product maps and assessments"),
        (
            DataProtectionOfficer,
            "Data protection officer",
            "sees people, erases and exports; writes, reviews and signs assessments, forms and product maps; sets house policy"
        ),
        (Developer, "Developer", "asks, reads the law and the forms"),
        (Auditor, "Auditor", "reads everything, verifies the ledger, changes nothing"),
        (Administrator, "Administrator", "manages users, senders and API keys, sets house policy, verifies the ledger"),
    ];

    /// <summary>What a role allows to make count. An administrator signs senders and house policy, which is what the role's permits let
    /// through.</summary>
    public static Rights RightsOf(string name) =>
        name switch
        {
            Marketer => Rights.Record | Rights.Campaign,
            DataProtectionOfficer => Rights.Record | Rights.Campaign | Rights.Sign,
            Administrator => Rights.Record | Rights.Sign,
            _ => Rights.None,
        };

    /// <summary>The title of a role.</summary>
    public static string Title(string name) => All.FirstOrDefault(role => role.Name == name).Title ?? name;
}

/// <summary>What somebody may see or do, and the roles that may: the one table that pages, buttons and tests go by.</summary>
static class Permit
{
    public const string Enter = "console.enter";
    public const string Ask = "console.ask";
    public const string ReadScreenings = "console.screenings.read";
    public const string Screen = "console.screen";
    public const string ReadPeople = "console.people.read";
    public const string ErasePeople = "console.people.erase";
    public const string ReadEvidence = "console.evidence.read";
    public const string WriteEvidence = "console.evidence.write";
    public const string SignEvidence = "console.evidence.sign";
    public const string WriteSenders = "console.senders.write";
    public const string SignSenders = "console.senders.sign";
    public const string RecordPeople = "console.people.record";
    public const string WriteAssessments = "console.assessments.write";
    public const string SignAssessments = "console.assessments.sign";
    public const string SetPolicy = "console.policy.set";
    public const string ReadLedger = "console.ledger.read";
    public const string ReadSignIns = "console.sign-ins.read";
    public const string ReadAudit = "console.audit.read";
    public const string Settings = "console.settings";

    /// <summary>Each permit with its roles.</summary>
    public static readonly FrozenDictionary<string, string[]> Roles = new Dictionary<string, string[]>
    {
        [Enter] = [Role.Marketer, Role.DataProtectionOfficer, Role.Developer, Role.Auditor, Role.Administrator],
        [Ask] = [Role.Marketer, Role.DataProtectionOfficer, Role.Developer, Role.Auditor],
        [ReadScreenings] = [Role.Marketer, Role.DataProtectionOfficer, Role.Auditor],
        [Screen] = [Role.Marketer, Role.DataProtectionOfficer],
        [ReadPeople] = [Role.DataProtectionOfficer, Role.Auditor],
        [ErasePeople] = [Role.DataProtectionOfficer],
        [ReadEvidence] = [Role.Marketer, Role.DataProtectionOfficer, Role.Developer, Role.Auditor, Role.Administrator],
        [WriteEvidence] = [Role.Marketer, Role.DataProtectionOfficer],
        [SignEvidence] = [Role.DataProtectionOfficer],
        [WriteSenders] = [Role.Marketer, Role.DataProtectionOfficer, Role.Administrator],
        [SignSenders] = [Role.DataProtectionOfficer, Role.Administrator],
        [RecordPeople] = [Role.Marketer, Role.DataProtectionOfficer],
        [WriteAssessments] = [Role.Marketer, Role.DataProtectionOfficer],
        [SignAssessments] = [Role.DataProtectionOfficer],
        [SetPolicy] = [Role.DataProtectionOfficer, Role.Administrator],
        [ReadLedger] = [Role.DataProtectionOfficer, Role.Auditor, Role.Administrator],
        [ReadSignIns] = [Role.Auditor, Role.Administrator],
        [ReadAudit] = [Role.DataProtectionOfficer, Role.Auditor, Role.Administrator],
        [Settings] = [Role.Administrator],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True when one of the person's roles carries the permit.</summary>
    public static bool May(this ClaimsPrincipal person, string permit) =>
        person.Identity is { IsAuthenticated: true } && Roles[permit].Any(person.IsInRole);

    /// <summary>The roles that carry a permit, as one reads them: "a marketer or a data protection officer".</summary>
    public static string Who(string permit)
    {
        var titles = Roles[permit]
            .Select(name => Role.Title(name).ToLowerInvariant())
            .Select(title => $"{Article(title)} {title}")
            .ToList();
        return titles.Count == 1 ? titles[0] : $"{string.Join(", ", titles[..^1])} or {titles[^1]}";
    }

    static string Article(string word) => word[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a";

    /// <summary>Who writes, for the ledger: the account's name, and what its roles allow to make count.</summary>
    public static Actor Acts(this ClaimsPrincipal person) =>
        new(
            person.Signs(),
            Role.All.Where(role => person.IsInRole(role.Name)).Aggregate(Rights.None, (rights, role) => rights | Role.RightsOf(role.Name))
        );

    /// <summary>The name entries carry for what this person does.</summary>
    public static string Signs(this ClaimsPrincipal person) => person.Identity?.Name ?? "";
}
