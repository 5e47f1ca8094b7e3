using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Screening.Audiences;

/// <summary>
/// Rows of a register of opt-outs that name a whole domain (<c>*@firm.example</c>): they stop every address of it and of its subdomains,
/// for every sender, channel and topic, as such a rule does in a store.
/// </summary>
sealed class WholeDomains
{
    ImmutableDictionary<string, DomainRefused> rules = ImmutableDictionary.Create<string, DomainRefused>(StringComparer.Ordinal);

    /// <summary>How many domains.</summary>
    public int Count => rules.Count;

    /// <summary>True where the row is such a rule; it is kept even if something else in the row cannot be read.</summary>
    public bool Take(CompanionFile kind, CsvRows csv)
    {
        if (!IsRule(kind, csv, out var domain))
            return false;
        var said = kind.Read(csv);
        rules = rules.SetItem(
            domain,
            new DomainRefused(domain) { On = said?.When.Day ?? DateOnly.MinValue, How = (said as RefusalMade)?.How ?? "import" }
        );
        return true;
    }

    /// <summary>True where the row names a whole domain at which the public has no mailboxes.</summary>
    public static bool IsRule(CompanionFile kind, CsvRows csv, out string domain)
    {
        domain = kind == CompanionFiles.Refusals ? MailDomains.Whole(csv.Text("address")) ?? "" : "";
        return domain.Length > 0 && !MailDomains.IsPublic(domain);
    }

    /// <summary>The request to stop that an address falls under; null where there is none.</summary>
    public RefusalMade? Over(string address) => DomainRules.Over(address, rules);
}
