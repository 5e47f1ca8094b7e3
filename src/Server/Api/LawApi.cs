using MaySend.Law;
using MaySend.Law.Provisions;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Http;
using MaySend.Server.Keys;

namespace MaySend.Server.Api;

/// <summary><c>/v1/law</c>: what the law on file says on a day, as a table, and what changed between two days.</summary>
static class LawApi
{
    public static void MapLaw(this WebApplication app)
    {
        var group = app.MapScoped("/v1/law", ApiScopes.Read, "law");
        group.MapGet("", ListInForce).WithSummary("List the provisions in force on a day");
        group.MapGet("/table", ShowTable).WithSummary("Compare jurisdictions by channel: what turns each key");
        group.MapGet("/diff", Compare).WithSummary("List what began and what ended between two days");
    }

    static TaggedAnswer<LawInForce> ListInForce(LawBook law, TimeProvider clock, DateOnly? day, DateOnly? knownAt, string? jurisdiction)
    {
        var on = day ?? Today(clock);
        var shown = InForce(law, on, knownAt ?? Today(clock))
            .Where(provision => jurisdiction is null || provision.Jurisdiction == law.Find(jurisdiction)?.Id);
        return new(
            new(law.Digest, on, [.. shown.Select(provision => Shown(provision, on))]),
            $"{law.Digest}-{on:O}-{knownAt:O}-{jurisdiction}"
        );
    }

    static TaggedAnswer<LawTable> ShowTable(LawBook law, TimeProvider clock, DateOnly? day)
    {
        var on = day ?? Today(clock);
        return new(new(law.Digest, on, Table(law, on, Today(clock))), $"table-{law.Digest}-{on:O}");
    }

    static TaggedAnswer<LawBetween> Compare(LawBook law, TimeProvider clock, DateOnly from, DateOnly to) =>
        new(new(law.Digest, from, to, Changes(law, from, to, Today(clock))), $"diff-{law.Digest}-{from:O}-{to:O}");

    static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    static IEnumerable<Provision> InForce(LawBook law, DateOnly day, DateOnly knownAt) =>
        law.Provisions.Where(provision => provision.InForce.On(day) && (provision.KnownFrom is null || provision.KnownFrom <= knownAt));

    static ProvisionInForce Shown(Provision provision, DateOnly day) =>
        new(
            provision.Id,
            provision.Jurisdiction,
            provision.Key,
            provision.Kind,
            provision.Title,
            provision.ShortName,
            provision.Says,
            provision.InForce.From,
            provision.InForce.Until,
            provision.Source.Url,
            provision.Authority,
            provision.Confidence,
            provision.Channels,
            provision.Note,
            [
                .. provision
                    .Grounds.Where(ground => ground.InForce.On(day))
                    .Select(ground => new GroundInForce(ground.Name, ground.Says, ground.Cite, ground.RestsOn, ground.Confidence)),
            ]
        );

    static List<LawTableRow> Table(LawBook law, DateOnly day, DateOnly knownAt) =>
        [
            .. InForce(law, day, knownAt)
                .Where(provision => provision.Kind is ProvisionKind.Prohibition or ProvisionKind.NoRule)
                .SelectMany(provision => provision.Channels.Select(channel => (provision, channel)))
                .GroupBy(cell => (cell.provision.Jurisdiction, cell.provision.Key, cell.channel))
                .OrderBy(group => group.Key)
                .Select(group => new LawTableRow(
                    group.Key.Jurisdiction,
                    group.Key.Key,
                    group.Key.channel,
                    [
                        .. group
                            .SelectMany(cell => cell.provision.Grounds)
                            .Where(ground => ground.InForce.On(day))
                            .Select(ground => ground.Name)
                            .Distinct(),
                    ],
                    [.. group.Select(cell => cell.provision.Id)]
                )),
        ];

    static List<LawTurn> Changes(LawBook law, DateOnly from, DateOnly to, DateOnly knownAt)
    {
        var (before, after) = (Parts(law, from, knownAt), Parts(law, to, knownAt));
        return
        [
            .. before.Except(after).Select(part => new LawTurn(Turn.Ended, part.Provision, part.Ground)),
            .. after.Except(before).Select(part => new LawTurn(Turn.Began, part.Provision, part.Ground)),
        ];
    }

    static HashSet<(string Provision, string? Ground)> Parts(LawBook law, DateOnly day, DateOnly knownAt) =>
        [
            .. InForce(law, day, knownAt)
                .SelectMany(provision =>
                    provision
                        .Grounds.Where(ground => ground.InForce.On(day))
                        .Select(ground => (provision.Id, (string?)ground.Name))
                        .Prepend((provision.Id, null))
                ),
        ];
}
