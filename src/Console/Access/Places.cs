using System.Collections.Immutable;

namespace MaySend.Console.Access;

/// <summary>A page that the navigation leads to.</summary>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Href">Where it is.</param>
/// <param name="Title">Its name.</param>
/// <param name="Permit">Whom it is for.</param>
sealed record MenuPage(string Group, string Href, string Title, string Permit);

/// <summary>Every page that the navigation leads to, in the order in which people read it.</summary>
static class Places
{
    public static readonly ImmutableArray<MenuPage> All =
    [
        new("Mailings", "/console", "Overview", Permit.Enter),
        new("Mailings", "/console/ask", "Ask", Permit.Ask),
        new("Mailings", "/console/screen", "Screen", Permit.ReadScreenings),
        new("Mailings", "/console/start", "Start from an export", Permit.WriteEvidence),
        new("Mailings", "/console/campaigns", "Campaigns", Permit.ReadEvidence),
        new("People", "/console/people", "People", Permit.ReadPeople),
        new("People", "/console/record", "Record a request", Permit.RecordPeople),
        new("People", "/console/requests", "Requests", Permit.ReadPeople),
        new("People", "/console/inbox", "Inbox", Permit.ReadPeople),
        new("People", "/console/domains", "Domains", Permit.ReadEvidence),
        new("People", "/console/sign-up-pages", "Sign-up pages", Permit.ReadEvidence),
        new("People", "/console/replay", "Replay", Permit.ReadPeople),
        new("Evidence", "/console/to-sign", "To sign", Permit.ReadEvidence),
        new("Evidence", "/console/senders", "Senders", Permit.ReadEvidence),
        new("Evidence", "/console/points", "Collection points", Permit.ReadEvidence),
        new("Evidence", "/console/templates", "Templates", Permit.ReadEvidence),
        new("Evidence", "/console/statements", "Statements", Permit.ReadEvidence),
        new("Evidence", "/console/map", "Product map", Permit.ReadEvidence),
        new("Evidence", "/console/assessments", "Assessments", Permit.ReadEvidence),
        new("Evidence", "/console/imports", "Imports", Permit.ReadEvidence),
        new("Rules", "/console/policy", "House policy", Permit.ReadEvidence),
        new("Rules", "/console/law", "Law", Permit.Enter),
        new("System", "/console/webhooks", "Webhooks and mail", Permit.ReadEvidence),
        new("System", "/console/gate", "Gate", Permit.ReadEvidence),
        new("System", "/console/ledger", "Ledger", Permit.ReadLedger),
        new("System", "/console/sign-ins", "Sign-ins", Permit.ReadSignIns),
        new("System", "/console/audit", "Audit trail", Permit.ReadAudit),
        new("System", "/console/settings", "Settings", Permit.Settings),
    ];

    /// <summary>The page at an address, or the one that it lies under; null where there is none.</summary>
    public static MenuPage? Of(string? path) =>
        All.Where(place => IsUnder(path, place.Href)).OrderByDescending(place => place.Href.Length).FirstOrDefault();

    /// <summary>True for the page itself and what lies under it; everything lies under the overview, so that is only itself.</summary>
    public static bool IsUnder(string? path, string href) =>
        path?.TrimEnd('/') == href || (href != ConsoleOptions.Root && path?.StartsWith(href + "/", StringComparison.Ordinal) == true);
}
