using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>What counts of what is said about a sender.</summary>
static class SenderFold
{
    /// <summary>
    /// What was signed or said by somebody who may sign, last; nothing where others said otherwise since, or something signed before
    /// disagrees.
    /// </summary>
    public static SenderDeclared Of(IReadOnlyList<OnRecord> said)
    {
        SenderDeclared? stands = null;
        var brands = NameSet.None;
        foreach (var (entry, bySigner, _) in said)
        {
            var next = (SenderDeclared)entry;
            // A brand only widens what a request to stop binds: it counts whoever names it.
            brands = brands.Union(next.Brands ?? NameSet.None);
            var isSigned = next.Signature is { IsWhole: true };
            stands =
                isSigned ? next
                : stands is null ? (bySigner ? next : Unsigned(next))
                : bySigner && stands.Signature is null ? next
                : Agreed(stands, next);
        }
        return stands! with { Brands = brands.IsEmpty ? null : brands };
    }

    /// <summary>The senders of whom somebody who may sign has said something, with the brands that they gave each.</summary>
    public static IReadOnlyDictionary<string, NameSet> Vouched(IEnumerable<OnRecord> said) =>
        said.Where(one => one.Entry is SenderDeclared && (one.BySigner || one.Entry.SignedBy() is { IsWhole: true }))
            .Select(one => (SenderDeclared)one.Entry)
            .GroupBy(sender => sender.Id, StringComparer.Ordinal)
            .ToDictionary(
                one => one.Key,
                one => one.Aggregate(NameSet.None, (brands, next) => brands.Union(next.Brands ?? NameSet.None)),
                StringComparer.Ordinal
            );

    static SenderDeclared Unsigned(SenderDeclared said) =>
        said with
        {
            Establishment = null,
            StatutoryCharity = said.StatutoryCharity == false ? false : null,
            AuthorisedForPensions = said.AuthorisedForPensions == false ? false : null,
            Topics = null,
            RetiredTopics = null,
            Trade = null,
        };

    static SenderDeclared Agreed(SenderDeclared stands, SenderDeclared said) =>
        stands with
        {
            Establishment = said.Establishment is null || said.Establishment == stands.Establishment ? stands.Establishment : null,
            StatutoryCharity =
                said.StatutoryCharity is null || said.StatutoryCharity == stands.StatutoryCharity ? stands.StatutoryCharity : null,
            AuthorisedForPensions =
                said.AuthorisedForPensions is null || said.AuthorisedForPensions == stands.AuthorisedForPensions
                    ? stands.AuthorisedForPensions
                    : null,
            Trade = said.Trade is null || said.Trade == stands.Trade ? stands.Trade : null,
        };
}
