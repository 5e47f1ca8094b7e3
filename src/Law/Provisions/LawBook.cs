using System.Collections.Frozen;
using System.Collections.Immutable;
using MaySend.Reading;

namespace MaySend.Law.Provisions;

/// <summary>All law on file: jurisdictions and their provisions of every period. Immutable and safe for many threads.</summary>
public sealed class LawBook
{
    readonly FrozenDictionary<string, Jurisdiction> byName;
    readonly FrozenDictionary<(string, Key), Lazy<ImmutableArray<Provision>>> byJurisdiction;
    readonly Lazy<ImmutableArray<Provision>> all;

    /// <summary>A book of this law.</summary>
    /// <param name="jurisdictions">Every jurisdiction.</param>
    /// <param name="provisions">Every provision, in law order: by id.</param>
    /// <param name="digest">Names exactly this text of the law.</param>
    public LawBook(IEnumerable<Jurisdiction> jurisdictions, IEnumerable<Provision> provisions, Digest digest)
        : this(
            jurisdictions,
            provisions
                .OrderBy(p => p.Id, StringComparer.Ordinal)
                .GroupBy(p => (p.Jurisdiction, p.Key))
                .Select(group => (group.Key, new Lazy<ImmutableArray<Provision>>([.. group]))),
            digest
        ) { }

    /// <summary>A book whose provisions are compiled for the jurisdictions and keys that are asked about.</summary>
    /// <param name="jurisdictions">Every jurisdiction.</param>
    /// <param name="provisions">Every provision, in law order within its jurisdiction and key.</param>
    /// <param name="digest">Names exactly this text of the law.</param>
    internal LawBook(
        IEnumerable<Jurisdiction> jurisdictions,
        IEnumerable<((string, Key) Of, Lazy<ImmutableArray<Provision>> Provisions)> provisions,
        Digest digest
    )
    {
        Jurisdictions = [.. jurisdictions.OrderBy(j => j.Id, StringComparer.Ordinal)];
        Digest = digest;
        byName = Jurisdictions
            .SelectMany(j => j.AlsoCalled.Append(j.Id).Append(j.Name).Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (name, j)))
            .ToFrozenDictionary(pair => pair.name, pair => pair.j, StringComparer.OrdinalIgnoreCase);
        byJurisdiction = provisions.ToFrozenDictionary(group => group.Of, group => group.Provisions);
        all = new(() => [.. byJurisdiction.Values.SelectMany(of => of.Value).OrderBy(p => p.Id, StringComparer.Ordinal)]);
    }

    /// <summary>A book without any law; it permits nobody.</summary>
    public static readonly LawBook Empty = new([], Enumerable.Empty<Provision>(), Digest.Of(""));

    /// <summary>Every jurisdiction, by id.</summary>
    public ImmutableArray<Jurisdiction> Jurisdictions { get; }

    /// <summary>Every provision of every period, by id.</summary>
    public ImmutableArray<Provision> Provisions => all.Value;

    /// <summary>SHA-256 over the paths and texts of the law files.</summary>
    public Digest Digest { get; }

    /// <summary>The instruments that the provisions cite, with their first days.</summary>
    public Instruments Instruments { get; init; } = Instruments.None;

    /// <summary>What the registers are that the provisions ask about.</summary>
    public IReadOnlyList<Register> Registers { get; init; } = [];

    /// <summary>Finds a jurisdiction by code or name, whatever the case.</summary>
    public Jurisdiction? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The provisions of one jurisdiction for one key that were law on a day, as known on a day.</summary>
    public IEnumerable<Provision> AsAt(string jurisdiction, Key key, DateOnly day, DateOnly knownAt) =>
        byJurisdiction
            .GetValueOrDefault((jurisdiction, key), None)
            .Value.Where(p => p.InForce.On(day) && (p.KnownFrom is null || p.KnownFrom <= knownAt));

    /// <summary>
    /// The first day from which both keys of a jurisdiction are covered on every channel: by a prohibition or a cited no-rule entry.
    /// </summary>
    public DateOnly CoveredSince(Jurisdiction jurisdiction) =>
        new[] { (Law: jurisdiction.SendLaw, Key: Key.Send), (Law: jurisdiction.ProcessLaw, Key: Key.Process) }
            .SelectMany(asked =>
                byJurisdiction
                    .GetValueOrDefault((asked.Law, asked.Key), None)
                    .Value.Where(p => p.Kind is ProvisionKind.Prohibition or ProvisionKind.NoRule && p.AddedBy is null)
                    .SelectMany(p => p.Channels.Select(channel => (asked.Key, channel, p.InForce.From)))
            )
            .GroupBy(entry => (entry.Key, entry.channel), entry => entry.From)
            .Select(days => days.Min())
            .DefaultIfEmpty(DateOnly.MaxValue)
            .Max();

    /// <summary>Whose law decides, from the jurisdictions' own statements of whom they reach.</summary>
    /// <param name="establishment">The sender's country; null where it is not known, or two are said: its law is not covered then.</param>
    /// <param name="countries">The recipient's plausible countries; empty when unknown.</param>
    public Reach Reach(string? establishment, IEnumerable<string> countries)
    {
        var sender = establishment is null ? null : Find(establishment);
        var named = countries.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (Name: name, Law: Find(name))).ToList();
        var here =
            named.Count > 0
                ? named.Where(n => n.Law is not null).Select(n => n.Law!).ToList()
                :
                [
                    .. Jurisdictions.Where(j =>
                        j.UnknownCountry == UnknownCountry.Always
                        || (j.UnknownCountry == UnknownCountry.WhenSenderEstablished && j == sender)
                    ),
                ];
        var everywhere = Jurisdictions.Where(j => j.IsEverywhere).Select(j => j.Id).ToList();

        var send = here.Where(j => j.SendReachesRecipients).Select(j => j.SendLaw).ToList();
        if (sender is { SendReachesSenders: true })
            send.Add(sender.SendLaw);
        var process = here.Where(j => j.ProcessReachesRecipients).Select(j => j.ProcessLaw).ToList();
        if (sender is { ProcessReachesSenders: true })
            process.Add(sender.ProcessLaw);

        return new Reach(
            InOrder(send.Concat(everywhere)),
            InOrder(process.Concat(everywhere)),
            [.. named.Where(n => n.Law is null).Select(n => n.Name).Order(StringComparer.Ordinal)],
            process.Count > 0 && establishment is not null ? [] : [establishment ?? "unknown"]
        );
    }

    static readonly Lazy<ImmutableArray<Provision>> None = new([]);

    static ImmutableArray<string> InOrder(IEnumerable<string> ids) =>
        [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
