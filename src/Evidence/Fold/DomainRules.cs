using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>The domains whose every address asked to be left alone, and the request that such a rule is to one of them.</summary>
public static class DomainRules
{
    /// <summary>The rules that stand, by domain: what was recorded and not taken back since.</summary>
    public static ImmutableDictionary<string, DomainRefused> Of(IEnumerable<OnRecord> recorded)
    {
        var rules = ImmutableDictionary.CreateBuilder<string, DomainRefused>(StringComparer.Ordinal);
        foreach (var one in recorded)
            if (one.Entry is DomainRefused refused)
                rules[refused.Id] = refused;
            else if (one is { BySigner: true, Entry: RequestsTakenBack { Domain: { } domain } })
                rules.Remove(domain);
        return rules.ToImmutable();
    }

    /// <summary>The rule that an address falls under, as a request to stop; null where there is none. Only two people end it.</summary>
    public static RefusalMade? Over(string? address, ImmutableDictionary<string, DomainRefused> rules)
    {
        if (rules.IsEmpty || Ledger.Identity.Address.Read(address).Address is not { Kind: Ledger.Identity.AddressKind.Email } read)
            return null;
        // The domain itself, then each one above it.
        for (var domain = read.Matching[(read.Matching.LastIndexOf('@') + 1)..]; ; domain = domain[(domain.IndexOf('.') + 1)..])
        {
            if (rules.TryGetValue(domain, out var rule))
                return new RefusalMade(When.Of(rule.On), $"every address of {rule.Id}")
                {
                    Senders = NameSet.Everything,
                    Channels = NameSet.Everything,
                    Topics = NameSet.Everything,
                    Given = RequestScope.Everything,
                    How = rule.How,
                    MadeBy = "organisation",
                };
            if (!domain.Contains('.', StringComparison.Ordinal))
                return null;
        }
    }
}
