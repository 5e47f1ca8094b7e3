using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What the controller has on record, ready to be asked: the fold over its entries. What is not signed, or not signed by the day that is
/// asked about, counts only against sending (docs/authority.md). Later entries of the same kind and id replace earlier ones, unless they
/// may not. Immutable.
/// </summary>
public sealed partial class ControllerRecord
{
    readonly ImmutableArray<OnRecord> recorded;
    readonly ImmutableArray<NamedEntry> standing;
    readonly ImmutableArray<PolicySet> policies;
    readonly ConcurrentDictionary<DateOnly, HousePolicy> policyOn = [];
    readonly ConcurrentDictionary<ProductMapSigned, ProductMap> maps = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// A record of these entries, in the order in which they were recorded, all by somebody who may sign: what stands in files.
    /// </summary>
    public ControllerRecord(IEnumerable<ControllerEntry> entries)
        : this([.. entries.Select(entry => new OnRecord(entry, BySigner: true))]) { }

    ControllerRecord(ImmutableArray<OnRecord> recorded)
    {
        this.recorded = recorded;
        standing = NamedEntry.Of(Restorations.Bounded(recorded));
        Senders = recorded
            .Select(one => one.Entry)
            .OfType<SenderDeclared>()
            .Select(sender => sender.Id)
            .Distinct(StringComparer.Ordinal)
            .ToImmutableDictionary(
                id => id,
                id => SenderFold.Of([.. recorded.Where(one => one.Entry is SenderDeclared && one.Entry.Id == id)])
            );
        Seq = recorded.Where(one => one.IsEvidence).Select(one => one.Seq).DefaultIfEmpty().Max();
        Names = new KnownNames(
            Senders.Values,
            standing.Select(one => one.Counts).OfType<CollectionPointVersion>(),
            SenderFold.Vouched(recorded)
        );
        Assessments = [.. standing.Where(one => one.Latest is AssessmentRecorded).Select(AssessmentOf)];
        points = standing
            .Where(one => one.Latest is CollectionPointVersion)
            .ToLookup(one => ((CollectionPointVersion)one.Latest).Point, StringComparer.Ordinal);
        templates = standing
            .Where(one => one.Latest is TemplateVersion)
            .ToLookup(one => ((TemplateVersion)one.Latest).Template, StringComparer.Ordinal);
        policies = [.. recorded.Select(one => one.Entry).OfType<PolicySet>()];
        Campaigns = [.. standing.Select(one => one.Latest).OfType<CampaignRegistered>()];
        RefusedDomains = DomainRules.Of(recorded);
        TakenBackFiles =
        [
            .. recorded.Where(one => one.BySigner).Select(one => one.Entry).OfType<RequestsTakenBack>().SelectMany(taken => taken.Files),
        ];
    }

    /// <summary>A record of what a store keeps, in the order in which it was recorded.</summary>
    public static ControllerRecord Of(IEnumerable<OnRecord> entries) => new([.. entries]);

    /// <summary>
    /// The number in the controller's chain of the last evidence in it; 0 where there is none. Asking and screening put nothing in that
    /// changes an answer, so they do not move it.
    /// </summary>
    public long Seq { get; }

    /// <summary>What was recorded, oldest first.</summary>
    public IReadOnlyList<ControllerEntry> Entries => [.. recorded.Select(one => one.Entry)];

    /// <summary>The legal entities that send, as far as what is said of them counts.</summary>
    public ImmutableDictionary<string, SenderDeclared> Senders { get; }

    /// <summary>The names by which a request to stop is understood.</summary>
    public KnownNames Names { get; }

    /// <summary>The domains whose every address gets no marketing, by domain.</summary>
    public ImmutableDictionary<string, DomainRefused> RefusedDomains { get; }

    /// <summary>True where some domain asked for no mail, and this address is of one or cannot be told.</summary>
    public bool MayBeOfARefusedDomain(string address) =>
        !RefusedDomains.IsEmpty && (address.Length == 0 || DomainRules.Over(address, RefusedDomains) is not null);

    /// <summary>The digests of files whose requests to stop two people took back.</summary>
    public ImmutableHashSet<string> TakenBackFiles { get; }

    /// <summary>Every assessment in its latest state; one that nobody who may sign has signed carries no signature.</summary>
    public ImmutableArray<AssessmentRecorded> Assessments { get; }

    /// <summary>
    /// The assessments that somebody who may sign has signed, as they were signed: an end that is not signed takes nothing from what one
    /// of them says against sending.
    /// </summary>
    public IEnumerable<AssessmentRecorded> SignedAssessments => standing.Select(one => one.Counts).OfType<AssessmentRecorded>();

    /// <summary>Every campaign registered, oldest first; one that was described anew stands under each of its digests.</summary>
    public ImmutableArray<CampaignRegistered> Campaigns { get; }

    /// <summary>Every version of every collection point in its latest state, signed or not.</summary>
    public IEnumerable<CollectionPointVersion> Points => standing.Select(one => one.Latest).OfType<CollectionPointVersion>();

    /// <summary>Every version of every template in its latest state, signed or not.</summary>
    public IEnumerable<TemplateVersion> Templates => standing.Select(one => one.Latest).OfType<TemplateVersion>();

    /// <summary>
    /// What somebody recorded and nobody who may sign has signed, each with the signed entry that stands meanwhile; null where none does.
    /// </summary>
    public IReadOnlyList<(ControllerEntry Entry, ControllerEntry? Signed)> Unsigned =>
        [.. standing.Where(one => one.Unsigned is not null).Select(one => (one.Unsigned!, one.Counts))];

    /// <summary>This record with what files say beneath it: of one name the record stands, and what it has ended stays ended.</summary>
    public ControllerRecord Over(ControllerRecord files) => new([.. files.recorded, .. recorded]);

    /// <summary>
    /// A campaign by its digest, or by its name as it was registered last; null where there is none, and where the twelve digits that older
    /// records name it by are those of two. An entry that calls itself by another digest than its content has names nothing.
    /// </summary>
    public Campaign? Campaign(string nameOrDigest)
    {
        List<Campaign> named =
        [
            .. Campaigns
                .Select(one => one.Campaign)
                .Where(campaign => campaign.Digest.IsNamedBy(nameOrDigest))
                .DistinctBy(one => one.Digest),
        ];
        return named.Count switch
        {
            0 => Campaigns.LastOrDefault(campaign => campaign.Campaign.Id == nameOrDigest)?.Campaign,
            1 => named[0],
            _ => null,
        };
    }

    /// <summary>
    /// House policy on a day: what was signed last by then, of one day the stricter, made stricter by what was set since by somebody who
    /// may not sign. It never reaches back.
    /// </summary>
    public HousePolicy PolicyOn(DateOnly day) => policyOn.GetOrAdd(day, FindPolicy);

    HousePolicy FindPolicy(DateOnly day)
    {
        var signed = PoliciesOn(day);
        var policy = HousePolicy.Default;
        foreach (var (at, set) in signed.Index())
        {
            var whole = Switched(HousePolicy.Default, set.Switches, onlyStricter: false);
            policy = at == 0 ? whole : whole.On.Aggregate(policy, static (both, one) => both.With(one.Name, isOn: true));
        }
        var isSince = signed.IsEmpty;
        foreach (var set in policies)
            if (!signed.IsEmpty && ReferenceEquals(set, signed[^1]))
                isSince = true;
            else if (isSince && set.Signature is not { IsWhole: true })
                policy = Switched(policy, set.Switches, onlyStricter: true);
        return policy;
    }

    /// <summary>
    /// The entries that set house policy on a day, in the order in which they were recorded; empty where nobody had signed one, and the
    /// default stands. There is one house policy: those signed last stand, under whichever id. Of one day an entry corrects those of its
    /// own id; nothing says that it corrects another's, and then both apply.
    /// </summary>
    public ImmutableArray<PolicySet> PoliciesOn(DateOnly day)
    {
        List<PolicySet> signed = [.. policies.Where(set => set.Signature?.StoodOn(day) == true)];
        var last = signed.Select(set => set.Signature!.On).DefaultIfEmpty().Max();
        return [.. signed.Where((set, at) => set.Signature!.On == last && !signed.Skip(at + 1).Any(later => Corrects(later, set)))];

        static bool Corrects(PolicySet later, PolicySet set) => later.Id == set.Id && later.Signature!.On == set.Signature!.On;
    }

    /// <summary>
    /// A statement of a sender signed by a day and not withdrawn by it: the later, of one day the stricter. Null also where something
    /// unsigned contradicts it.
    /// </summary>
    public StatementSigned? Statement(string sender, StatementKind kind, DateOnly day, string? channel = null)
    {
        var isStrict = kind == StatementKind.OffersToChildren;
        bool IsAbout(StatementSigned? statement) =>
            statement is { Answer: not null }
            && (statement.Sender == sender || (statement.Answer == isStrict && Names.Senders(statement.Sender).Contains(sender)))
            && statement.Says == kind
            && statement.Since <= day
            && (channel is null || statement.IsOn(channel, isNo: statement.Answer == isStrict));
        var signed = standing.Select(one => one.On<StatementSigned>(day)).Where(IsAbout);
        var stands = StandingStatement.Of(signed.OfType<StatementSigned>(), isStrict, day);
        return
            stands?.Answer != isStrict
            && standing.Any(one =>
                one.OnlyAgainst<StatementSigned>(day)
                    .Any(said => IsAbout(said) && said.Answer == isStrict && (said.Until is null || day < said.Until))
            )
            ? null
            : stands;
    }

    /// <summary>The same record as if no statement of this kind had been signed.</summary>
    public ControllerRecord Without(StatementKind kind) =>
        new([.. recorded.Where(one => one.Entry is not StatementSigned statement || statement.Says != kind)]);

    /// <summary>The same record as if this were signed as well: for whoever asks beforehand what it would change.</summary>
    public ControllerRecord With(ControllerEntry entry) => new([.. recorded, new OnRecord(entry, BySigner: true, Seq + 1)]);

    /// <summary>The product map in force on a day: the last one signed by then; null where none is.</summary>
    public ProductMap? MapOn(DateOnly day) =>
        standing.Select(one => one.On<ProductMapSigned>(day)).OfType<ProductMapSigned>().OrderBy(map => map.Signature!.On).LastOrDefault()
            is { } map
            ? maps.GetOrAdd(map, static signed => new ProductMap(signed))
            : null;

    /// <summary>What is signed, ended also by what is not: an end counts against sending.</summary>
    static AssessmentRecorded AssessmentOf(NamedEntry one) =>
        one.Counts is AssessmentRecorded counts
            ? counts with
            {
                EndedOn = one.Said.OfType<AssessmentRecorded>().Select(said => said.EndedOn).Append(counts.EndedOn).Min(),
            }
            : (AssessmentRecorded)one.Latest with
            {
                Signature = null,
            };

    static HousePolicy Switched(HousePolicy policy, ImmutableDictionary<string, bool> switches, bool onlyStricter) =>
        switches
            .Where(one => HousePolicy.IsSwitch(one.Key) && (one.Value || !onlyStricter))
            .Aggregate(policy, (changed, one) => changed.With(one.Key, one.Value));
}
