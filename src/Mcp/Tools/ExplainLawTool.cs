using System.ComponentModel;
using System.Globalization;
using MaySend.Law.Provisions;
using MaySend.LawPages;
using ModelContextProtocol.Server;

namespace MaySend.Mcp.Tools;

/// <summary>A condition as a sentence.</summary>
/// <param name="Says">What must be so.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Authority">statute, case-law, guidance or house.</param>
/// <param name="Confidence">high, medium or low.</param>
/// <param name="Shown">What would show it.</param>
sealed record ConditionExplained(string Says, string Cite, string Authority, string Confidence, string Shown);

/// <summary>A ground, or what makes a bar hold or meets a duty.</summary>
/// <param name="Name">Its name; blank for the body of a bar or duty.</param>
/// <param name="Says">A paraphrase.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Conditions">What must be shown; empty where a whole country was asked about.</param>
sealed record GroundExplained(string Name, string? Says, string? Cite, IReadOnlyList<ConditionExplained> Conditions);

/// <summary>A provision as it was law on the day.</summary>
/// <param name="Id">Its name, which explain_law takes.</param>
/// <param name="Key">send or process.</param>
/// <param name="Kind">prohibition, bar, duty, no-rule or separate.</param>
/// <param name="ShortName">What people call it.</param>
/// <param name="Says">A paraphrase.</param>
/// <param name="Applies">When it applies; null for always.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Url">Where to read it.</param>
/// <param name="Channels">The channels it governs.</param>
/// <param name="Authority">statute, case-law, guidance or house.</param>
/// <param name="Confidence">How sure the file is: high, medium or low.</param>
/// <param name="Grounds">The ways to be permitted by it.</param>
sealed record ProvisionExplained(
    string Id,
    string Key,
    string Kind,
    string ShortName,
    string Says,
    string? Applies,
    string Cite,
    string Url,
    IReadOnlyList<string> Channels,
    string Authority,
    string Confidence,
    IReadOnlyList<GroundExplained> Grounds
);

/// <summary>The law of a country, or one provision, as it was on a day.</summary>
/// <param name="About">Whose law, or which provision.</param>
/// <param name="Day">The day.</param>
/// <param name="Reviewed">The lawyer who signed it off; null until then.</param>
/// <param name="Provisions">What was in force.</param>
/// <param name="Law">The digest of the law on file.</param>
/// <param name="Notice">That it is a paraphrase, and not legal advice.</param>
sealed record LawExplained(
    string About,
    string Day,
    string? Reviewed,
    IReadOnlyList<ProvisionExplained> Provisions,
    string Law,
    string Notice
);

/// <summary><c>explain_law</c>: what the law on file says, in our words, with its citations.</summary>
sealed class ExplainLawTool(LawBook law, TimeProvider clock)
{
    [McpServerTool(
        Name = "explain_law",
        Title = "What does the law say?",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true
    )]
    [Description(
        "Explains the marketing law of a country (gb, Germany), or one provision with its conditions (gb/pecr/reg-22), as it was on a "
            + "day. Takes the reason or the provision of a may_send answer exactly as given there."
    )]
    public LawExplained Explain(
        [Description("A country, a provision, or the reason of an answer")] string about,
        [Description("The day whose law to explain; today if left out")] DateOnly? day = null,
        [Description("Only what applies to this channel: email, sms, live-call and so on")] string? channel = null
    )
    {
        var on = day ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        // The reason of an answer names its ground after the provision.
        var name = about.Split('#')[0].Trim();
        var isProvision = law.Find(name) is null && name.Contains('/', StringComparison.Ordinal);
        if (isProvision)
        {
            var provision = ProvisionView.Of(LawLookup.Provision(law, name, on), on);
            return Of(name, on, provision.Reviewed, [Explained(provision, isWhole: true)]);
        }
        var page = LawPage.Of(law, LawLookup.Jurisdiction(law, name), on);
        return Of(
            page.Name,
            on,
            page.Reviewed,
            [
                .. page
                    .Send.Concat(page.Process)
                    .Where(provision => channel is null || provision.Channels.Contains(channel))
                    .Select(provision => Explained(provision, isWhole: false)),
            ]
        );
    }

    LawExplained Of(string about, DateOnly day, string? reviewed, IReadOnlyList<ProvisionExplained> provisions) =>
        new(
            about,
            day.ToString("O", CultureInfo.InvariantCulture),
            reviewed,
            provisions,
            law.Digest,
            $"A paraphrase, not the text of the law. {MaySendTool.Notice}"
        );

    static ProvisionExplained Explained(ProvisionView view, bool isWhole) =>
        new(
            view.Id,
            view.Key,
            view.Kind,
            view.ShortName,
            view.Says,
            view.AppliesSays,
            view.Cite,
            view.Url,
            view.Channels,
            view.Authority,
            view.Confidence,
            [
                .. view.Grounds.Select(ground => new GroundExplained(
                    ground.Name,
                    ground.Says,
                    ground.Cite,
                    isWhole ? Conditions(ground.Clause) : []
                )),
                .. view.Body is { } body && isWhole
                    ? (IEnumerable<GroundExplained>)[new GroundExplained("", view.BodySays, null, Conditions(body))]
                    : [],
            ]
        );

    static IReadOnlyList<ConditionExplained> Conditions(ClauseView? clause) =>
        [
            .. (clause?.Limbs() ?? []).Select(limb => new ConditionExplained(
                limb.Sentence,
                limb.Cite,
                limb.Authority,
                limb.Confidence,
                limb.Evidence
            )),
        ];
}
