using System.Collections.Frozen;
using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What the controller has on record, ready to be asked: the fold over its entries. Later entries of the same kind and id replace earlier
/// ones. Immutable.
/// </summary>
public sealed class ControllerRecord
{
    readonly ImmutableArray<ControllerEntry> latest;
    readonly ILookup<string, CollectionPointVersion> points;
    readonly ILookup<string, TemplateVersion> templates;
    readonly ImmutableArray<StatementSigned> statements;
    readonly ImmutableArray<ProductMapSigned> maps;

    /// <summary>A record of these entries, in the order in which they were recorded.</summary>
    public ControllerRecord(IEnumerable<ControllerEntry> entries)
    {
        var recorded = entries.ToList();
        latest = [.. recorded.GroupBy(entry => (entry.GetType(), entry.Id)).Select(group => group.Last())];
        Senders = latest.OfType<SenderDeclared>().ToImmutableDictionary(sender => sender.Id, StringComparer.Ordinal);
        Names = new KnownNames(Senders.Values, latest.OfType<CollectionPointVersion>());
        Assessments = [.. latest.OfType<AssessmentRecorded>()];
        points = latest.OfType<CollectionPointVersion>().ToLookup(version => version.Point, StringComparer.Ordinal);
        templates = latest.OfType<TemplateVersion>().ToLookup(version => version.Template, StringComparer.Ordinal);
        statements = [.. latest.OfType<StatementSigned>()];
        maps = [.. latest.OfType<ProductMapSigned>()];
        Campaigns = [.. latest.OfType<CampaignRegistered>()];
        // There is one house policy: the one set last stands, under whichever id.
        PolicySet = recorded.OfType<PolicySet>().LastOrDefault();
        Policy =
            PolicySet
                ?.Switches.Where(s => HousePolicy.IsSwitch(s.Key))
                .Aggregate(HousePolicy.Default, (policy, s) => policy.With(s.Key, s.Value))
            ?? HousePolicy.Default;
    }

    /// <summary>The legal entities that send.</summary>
    public ImmutableDictionary<string, SenderDeclared> Senders { get; }

    /// <summary>The names by which a request to stop is understood.</summary>
    public KnownNames Names { get; }

    /// <summary>Every assessment in its latest state.</summary>
    public ImmutableArray<AssessmentRecorded> Assessments { get; }

    /// <summary>Every campaign registered, oldest first; one that was described anew stands under each of its digests.</summary>
    public ImmutableArray<CampaignRegistered> Campaigns { get; }

    /// <summary>House policy.</summary>
    public HousePolicy Policy { get; }

    /// <summary>The entry that set it; null where nobody has, and the default stands.</summary>
    public PolicySet? PolicySet { get; }

    /// <summary>Every version of every collection point.</summary>
    public IEnumerable<CollectionPointVersion> Points => points.SelectMany(group => group);

    /// <summary>Every version of every template.</summary>
    public IEnumerable<TemplateVersion> Templates => templates.SelectMany(group => group);

    /// <summary>A campaign by its digest, or by its name as it was registered last; null where there is none.</summary>
    public Campaign? Campaign(string nameOrDigest) =>
        (
            Campaigns.FirstOrDefault(campaign => campaign.Id == nameOrDigest)
            ?? Campaigns.LastOrDefault(campaign => campaign.Campaign.Id == nameOrDigest)
        )?.Campaign;

    /// <summary>The version of a collection point in force on a day; null where none is recorded, or two contradict each other.</summary>
    public CollectionPointVersion? PointOn(string? point, DateOnly day) =>
        point is null ? null : Only(points[point], version => new(version.From, version.Until), day);

    /// <summary>The version of a template in force on a day; null where none is recorded, or two contradict each other.</summary>
    public TemplateVersion? TemplateOn(string? template, DateOnly day) =>
        template is null ? null : Only(templates[template], version => new(version.From, version.Until), day);

    /// <summary>The versions that a sender's marketing used at any time before a day.</summary>
    public IEnumerable<TemplateVersion> TemplatesBefore(string sender, DateOnly day) =>
        Templates.Where(version => version.Sender == sender && version.From < day);

    /// <summary>A statement of a sender signed by a day; unsigned ones do not count.</summary>
    public StatementSigned? Statement(string sender, StatementKind kind, DateOnly day, string? channel = null) =>
        statements
            .Where(s =>
                s.Sender == sender
                && s.Says == kind
                && s.Signature is { } signature
                && signature.On <= day
                && s.Since <= day
                && (channel is null || s.Channels.Has(channel))
            )
            .OrderBy(s => s.Signature!.On)
            .LastOrDefault();

    /// <summary>The same record as if no statement of this kind had been signed.</summary>
    public ControllerRecord Without(StatementKind kind) =>
        new(latest.Where(entry => entry is not StatementSigned statement || statement.Says != kind));

    /// <summary>The product map in force on a day: the last one signed by then; null where none is.</summary>
    public ProductMap? MapOn(DateOnly day) =>
        maps.Where(map => map.Signature is { } signature && signature.On <= day).OrderBy(map => map.Signature!.On).LastOrDefault()
            is { } map
            ? new ProductMap(map)
            : null;

    static T? Only<T>(IEnumerable<T> versions, Func<T, InForce> period, DateOnly day)
        where T : class
    {
        T? only = null;
        foreach (var version in versions)
        {
            if (!period(version).On(day))
                continue;
            if (only is not null)
                return null;
            only = version;
        }
        return only;
    }
}

/// <summary>A signed product map: product code to family and range. Similarity is a judgement a person makes, not a heuristic.</summary>
public sealed class ProductMap(ProductMapSigned map)
{
    readonly FrozenDictionary<string, (NameSet? Family, NameSet? Range)> byCode = ByCode(map.Products);
    readonly ILookup<string, string> rangesOfFamily = map.Products.ToLookup(p => p.Family, p => p.Range, StringComparer.Ordinal);

    /// <summary>Its id.</summary>
    public string Id => map.Id;

    /// <summary>Every family.</summary>
    public IEnumerable<string> Families => rangesOfFamily.Select(group => group.Key);

    /// <summary>Families and ranges of product codes; incomplete where a code is not mapped.</summary>
    public (NameSet Families, NameSet Ranges) Of(ImmutableArray<string> codes)
    {
        var (familiesKnown, rangesKnown) = (true, true);
        var (families, ranges) = (NameSet.None, NameSet.None);
        foreach (var code in codes)
        {
            var (family, range) = byCode.GetValueOrDefault(code);
            (families, ranges) = (families.Union(family ?? NameSet.None), ranges.Union(range ?? NameSet.None));
            (familiesKnown, rangesKnown) = (familiesKnown && family is not null, rangesKnown && range is not null);
        }
        return (familiesKnown ? families : NameSet.Of(families.Names, false), rangesKnown ? ranges : NameSet.Of(ranges.Names, false));
    }

    /// <summary>The ranges of families; incomplete where a family is not in the map.</summary>
    public NameSet RangesOf(IEnumerable<string> families)
    {
        var list = families.ToList();
        return NameSet.Of(list.SelectMany(family => rangesOfFamily[family]), list.All(rangesOfFamily.Contains));
    }

    /// <summary>Many products, few families: each family and range is one set, however many products are in it.</summary>
    static FrozenDictionary<string, (NameSet? Family, NameSet? Range)> ByCode(ImmutableArray<MappedProduct> products)
    {
        var sets = products
            .SelectMany(product => new[] { product.Family, product.Range })
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => NameSet.Of(name), StringComparer.Ordinal);
        // A code mapped twice, to one thing and to another, is not mapped: nothing says which was meant.
        NameSet? Agreed(IEnumerable<string> names) => names.Distinct(StringComparer.Ordinal).ToList() is [var only] ? sets[only] : null;
        return products
            .GroupBy(product => product.Code, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(
                group => group.Key,
                group => (Agreed(group.Select(product => product.Family)), Agreed(group.Select(product => product.Range))),
                StringComparer.OrdinalIgnoreCase
            );
    }
}
