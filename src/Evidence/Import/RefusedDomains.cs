using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Import;

/// <summary>
/// Rules that refuse every address of a domain and its subdomains. A domain at which the public has mailboxes is nobody's organisation: its
/// rule waits for a person who has seen how many it would hit.
/// </summary>
public sealed class RefusedDomains(EvidenceStore store)
{
    /// <summary>The rules that stand.</summary>
    public async ValueTask<IReadOnlyList<DomainRefused>> AllAsync(CancellationToken cancellation = default) =>
        [
            .. (await store.ControllerAsync(cancellation: cancellation)).RefusedDomains.Values.OrderBy(
                rule => rule.Id,
                StringComparer.Ordinal
            ),
        ];

    /// <summary>How many addresses on record a rule would hit. Reads the whole store.</summary>
    public async ValueTask<long> CountAsync(string domain, CancellationToken cancellation = default)
    {
        var count = 0L;
        var rules = DomainRules.Of([new(new DomainRefused(domain), BySigner: true)]);
        await foreach (var contact in store.Ledger.ContactsAsync(cancellation))
            if (DomainRules.Over(contact.Address.Matching, rules) is not null)
                count++;
        return count;
    }

    /// <summary>
    /// Records a rule; one that stands already is not recorded again, unless somebody proposed to end it: who asks now did not ask to be
    /// mailed.
    /// </summary>
    /// <param name="domain">As <see cref="Ledger.Identity.MailDomains.Of"/> gives it.</param>
    /// <param name="how">How it reached the sender.</param>
    /// <param name="by">Who records it.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <returns>False where it stood already.</returns>
    /// <exception cref="NotEntitledException">The actor may not record it.</exception>
    public async ValueTask<bool> RefuseAsync(string domain, string how, Actor by, CancellationToken cancellation = default)
    {
        var stands = (await store.ControllerAsync(cancellation: cancellation)).RefusedDomains.ContainsKey(domain);
        if (stands && !(await new TakingBack(store).DomainsProposedAsync(cancellation)).ContainsKey(domain))
            return false;
        var rule = new DomainRefused(domain) { On = DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime), How = how };
        await store.RecordAsync(rule, by, cancellation: cancellation);
        return true;
    }
}
