using System.Collections.Concurrent;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>What forms and messages showed: their versions on a day.</summary>
public sealed partial class ControllerRecord
{
    readonly ILookup<string, NamedEntry> points;
    readonly ILookup<string, NamedEntry> templates;

    // Millions of orders and messages are of few forms, templates and days: what held on a day is found once.
    readonly ConcurrentDictionary<(string Point, DateOnly On, DateOnly Asked), CollectionPointVersion?> pointOn = [];
    readonly ConcurrentDictionary<(string Point, DateOnly On), CollectionPointVersion?> onlySigned = [];
    readonly ConcurrentDictionary<(string Template, DateOnly On, DateOnly Asked), TemplateVersion?> templateOn = [];

    /// <summary>
    /// What a collection point showed on a day, as far as it counts for somebody who asks about a day; null where nothing is recorded. Two
    /// signed versions of one day contradict each other: they show nothing together, and what either says against sending is heard.
    /// </summary>
    public CollectionPointVersion? PointOn(string? point, DateOnly on, DateOnly asked) =>
        point is null ? null
        : pointOn.TryGetValue((point, on, asked), out var known) ? known
        : !points.Contains(point) ? null
        : pointOn.GetOrAdd((point, on, asked), static (of, record) => record.FindPoint(of.Point, of.On, of.Asked), this);

    CollectionPointVersion? FindPoint(string point, DateOnly on, DateOnly asked)
    {
        var versions = points[point].ToList();
        var signed = InForceOn(versions.Select(one => one.On<CollectionPointVersion>(asked)), on);
        var version = signed.Count == 1 ? signed[0] : null;
        foreach (var said in (signed.Count > 1 ? signed : []).Concat(InForceOn(versions.SelectMany(OnlyAgainst), on)))
            version = version is null
                ? said with
                {
                    Shown = AgainstSending(said),
                    Wording = "",
                    Signature = null,
                }
                : version with
                {
                    Shown = version.Shown.AgreedWith(AgainstSending(said)),
                };
        return version is not null && signed.Count > 1 ? version with { Id = string.Join(" and ", signed.Select(one => one.Id)) } : version;

        IEnumerable<CollectionPointVersion> OnlyAgainst(NamedEntry one) => one.OnlyAgainst<CollectionPointVersion>(asked);
    }

    /// <summary>What a form that does not count says against sending; an opt-in box of its asks for consent.</summary>
    static Shown AgainstSending(CollectionPointVersion said) =>
        said.Boxes is { IsDefaultOrEmpty: false } boxes && boxes.Any(box => box is { Kind: BoxKind.OptIn, TickedByDefault: not true })
            ? (said.Shown with { ConsentAsked = true }).AgainstSending()
            : said.Shown.AgainstSending();

    static List<CollectionPointVersion> InForceOn(IEnumerable<CollectionPointVersion?> versions, DateOnly on) =>
        [.. versions.OfType<CollectionPointVersion>().Where(version => InForce(version.From, version.Until, on))];

    /// <summary>
    /// Every version of a collection point, of whichever day, and whether somebody who may sign has signed it: for ticks that ask to stop,
    /// which are never too late to be understood.
    /// </summary>
    internal IEnumerable<(CollectionPointVersion Version, bool IsSigned)> VersionsOf(string? point)
    {
        foreach (var one in point is null ? [] : points[point])
        {
            if (one.Counts is CollectionPointVersion signed)
                yield return (signed, true);
            foreach (var said in one.Said.OfType<CollectionPointVersion>())
                yield return (said, false);
        }
    }

    /// <summary>
    /// The one signed version of a point that was in force on a day, whenever it was signed; null where there is none, or several.
    /// </summary>
    internal CollectionPointVersion? OnlySignedOn(string? point, DateOnly on) =>
        point is null || !points.Contains(point)
            ? null
            : onlySigned.GetOrAdd(
                (point, on),
                static (of, record) =>
                    InForceOn(record.VersionsOf(of.Point).Where(one => one.IsSigned).Select(one => one.Version), of.On) is [var only]
                        ? only
                        : null,
                this
            );

    /// <summary>
    /// What messages of a template carried on a day, as far as it counts for somebody who asks about a day; null where nothing is
    /// recorded, or two signed versions contradict each other.
    /// </summary>
    public TemplateVersion? TemplateOn(string? template, DateOnly on, DateOnly asked) =>
        template is null ? null
        : templateOn.TryGetValue((template, on, asked), out var known) ? known
        : !templates.Contains(template) ? null
        : templateOn.GetOrAdd((template, on, asked), static (of, record) => record.FindTemplate(of.Template, of.On, of.Asked), this);

    TemplateVersion? FindTemplate(string template, DateOnly on, DateOnly asked)
    {
        if (!TryOnly<TemplateVersion>(templates[template], v => InForce(v.From, v.Until, on), asked, out var signed))
            return null;
        var version = signed;
        foreach (var one in templates[template])
        foreach (var said in one.OnlyAgainst<TemplateVersion>(asked).Where(said => InForce(said.From, said.Until, on)))
            version = version?.Together(said.AgainstSending()) ?? (said.AgainstSending() with { Labels = null, Signature = null });
        return version;
    }

    /// <summary>The signed versions that a sender's marketing used at any time before a day.</summary>
    public IEnumerable<TemplateVersion> TemplatesBefore(string sender, DateOnly day) =>
        standing.Select(one => one.On<TemplateVersion>(day)).OfType<TemplateVersion>().Where(one => one.Sender == sender && one.From < day);

    /// <summary>What nobody has signed by a day and yet says that a sender's messages before it offered no refusal.</summary>
    public IEnumerable<TemplateVersion> ContradictingTemplates(string sender, DateOnly day) =>
        standing
            .SelectMany(one => one.OnlyAgainst<TemplateVersion>(day))
            .Select(said => said.AgainstSending())
            .Where(one => one.Sender == sender && one.From < day)
            .Where(one => one.OffersRefusal() == false);

    static bool InForce(DateOnly from, DateOnly? until, DateOnly on) => from <= on && (until is null || on < until);

    /// <summary>The one signed version in force; false where there are two.</summary>
    static bool TryOnly<T>(IEnumerable<NamedEntry> versions, Func<T, bool> isInForce, DateOnly asked, out T? only)
        where T : ControllerEntry
    {
        only = null;
        foreach (var one in versions)
        {
            if (one.On<T>(asked) is not { } version || !isInForce(version))
                continue;
            if (only is not null)
                return false;
            only = version;
        }
        return true;
    }
}
