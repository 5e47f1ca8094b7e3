using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;

namespace MaySend.Decisions;

/// <summary>
/// A decision about somebody that can be found again by person, campaign and day: one that was kept by itself, or one of a screening, of
/// which the ledger keeps a single entry for everybody.
/// </summary>
/// <param name="Id">What names it.</param>
/// <param name="Campaign">The campaign's name for people.</param>
/// <param name="At">When it was made; of a screening when reading began.</param>
/// <param name="Verdict">What was answered; null for a screening, whose lists say so and whose replay does.</param>
/// <param name="Screening">The screening; null where somebody asked about this person alone.</param>
public sealed record DecisionOnRecord(DecisionId Id, string Campaign, DateTimeOffset? At, string? Verdict, AudienceScreened? Screening)
{
    const int IdOctets = 8;

    /// <summary>Every decision about the contact of a dossier, oldest first; none where nobody is on record.</summary>
    /// <param name="store">What is on record.</param>
    /// <param name="dossier">Whom, as on record now.</param>
    /// <param name="campaign">Only of the campaign of this name; null for all.</param>
    /// <param name="day">Only about this day of sending; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public static async ValueTask<IReadOnlyList<DecisionOnRecord>> FindAsync(
        EvidenceStore store,
        Dossier dossier,
        string? campaign = null,
        DateOnly? day = null,
        CancellationToken cancellation = default
    )
    {
        if (dossier.Contact is null)
            return [];
        var kept = dossier
            .Entries.Select(recorded => recorded.Entry)
            .OfType<DecisionMade>()
            .Select(made =>
                DecisionId.Parse(made.Id) is { } id ? new DecisionOnRecord(id, made.Campaign, made.When.At, made.Verdict, null) : null
            );
        var screened = (await store.ControllerEntriesAsync(cancellation: cancellation))
            .Select(recorded => recorded.Entry)
            .OfType<AudienceScreened>()
            .Select(screening => Of(screening, dossier));
        return
        [
            .. kept.Concat(screened)
                .OfType<DecisionOnRecord>()
                .Where(one => (campaign is null || one.Campaign == campaign) && (day is null || one.Id.Day == day))
                .OrderBy(one => one.At),
        ];
    }

    static DecisionOnRecord? Of(AudienceScreened screening, Dossier dossier)
    {
        var partition = dossier.Position.Contact.Partition.Number;
        if (screening.Heads.Length <= partition)
            return null;
        var contact = dossier.Contact!.Value;
        var isLater = screening.Later.TryGetValue(contact.ToString(), out var upTo);
        if (!isLater)
            upTo = screening.Heads[partition];
        var isAmong =
            screening.ListedAt is { } places ? dossier.Entries is [var first, ..] && ListedPlaces.Has(places, first.Position)
            : screening.Listed is { } listed ? Has(Convert.FromBase64String(listed), Octets(contact))
            : ChannelReach.Reaches(screening.Channel, dossier.Address.Kind)
                && dossier.Entries.Any(recorded => recorded.Position.Seq <= upTo);
        if (!isAmong)
            return null;
        var id = new DecisionId(
            contact,
            screening.CampaignDigest,
            screening.Day,
            screening.KnownAt,
            screening.Law,
            screening.Policy,
            new(dossier.LastEvidence(upTo), screening.ControllerSeq)
        );
        return new(id, screening.Campaign, screening.ReadFrom, null, screening);
    }

    static byte[] Octets(ContactId contact) => Convert.FromHexString(contact.ToString())[..IdOctets];

    /// <summary>Looks one up in a sorted row of them.</summary>
    static bool Has(ReadOnlySpan<byte> sorted, ReadOnlySpan<byte> wanted)
    {
        var (low, high) = (0, (sorted.Length / IdOctets) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var compared = sorted.Slice(middle * IdOctets, IdOctets).SequenceCompareTo(wanted);
            if (compared == 0)
                return true;
            (low, high) = compared < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return false;
    }
}
