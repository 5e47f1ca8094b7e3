using MaySend.Console.Access;
using MaySend.Console.Evidence;
using MaySend.Console.Pages;
using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Countries;
using MaySend.Evidence.Entries;
using MaySend.Law.Cases;
using MaySend.Law.Provisions;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Screenings;

namespace MaySend.Console.Lists;

/// <summary>Lists of mailings and of the law.</summary>
static partial class ConsoleLists
{
    public static readonly GrowingList<Campaign> Campaigns = new(
        "campaigns",
        "campaigns",
        Permit.ReadEvidence,
        async http => await Get<CampaignDesk>(http).AllAsync(),
        [
            new("name", "Campaign", one => one.Id),
            new("day", "Day", one => one.Day),
            new("until", "Until", one => one.Until),
            new("sender", "Sender", one => one.Sender),
            new("channel", "Channel", one => one.Channel),
            new("template", "Template", one => one.Template),
            new("topics", "Topics", one => string.Join(", ", one.Topics)),
            new("families", "Product families", one => string.Join(", ", one.Families)),
        ]
    );

    public static readonly GrowingList<OptOutsByMailing> OptOuts = new(
        "opt-outs-by-campaign",
        "campaigns",
        Permit.ReadEvidence,
        async http => (await Get<OptOutCount>(http).CountAsync(http.RequestAborted)).Mailings,
        [
            new("mailing", "Campaign", OptOutsPage.Name),
            new("last", "Last message", one => one.Last),
            new("people", "Sent to", one => one.People),
            new("opt-outs", "Opt-outs next", one => one.OptOuts),
            new("share", "Share, %", one => one.Share),
        ]
    );

    public static readonly GrowingList<ScreeningRun> Screenings = new(
        "screenings",
        "screenings",
        Permit.ReadScreenings,
        http => new(Get<ScreeningRuns>(http).All),
        [
            new("asked", "Asked", one => one.AskedAt),
            new("campaign", "Campaign", one => one.Campaign),
            new("audience", "Audience", one => one.Audience),
            new("state", "State", one => one.State.ToString().ToLowerInvariant()),
            new("permitted", "Permitted", one => one.Result?.Permitted),
            new("not-shown", "Not shown", one => one.Result?.NotShown),
            new("refused", "Refused", one => one.Result?.Refused),
            new("people", "People", one => one.Result?.People),
            new("by", "Asked by", one => one.By),
        ]
    );

    public static readonly GrowingList<ScreenedPerson> Screened = new(
        "screened",
        "people",
        Permit.Screen,
        http => new(ScreenedPerson.All(http)),
        [
            new("address", "Address", one => one.Address) { IsSearched = false },
            new("country", "Country", one => one.Country),
            new("verdict", "Verdict", one => one.Verdict),
            new("says", "Why", one => one.Says) { IsSearched = false },
            new("reason", "Reason code", one => one.Reason),
            new("decision", "Decision", one => one.Decision) { IsSearched = false },
        ]
    )
    {
        Of = http => $"screening {ScreenedPerson.Asked(http).Run?.Id}",
        Whom = one => DecisionId.Parse(one.Decision ?? "")?.Contact is { } contact && contact != ContactId.Controller ? contact : null,
    };

    public static readonly GrowingList<Provision> Provisions = new(
        "provisions",
        "provisions",
        Permit.Enter,
        http => new([.. Get<Decider>(http).Law.Provisions]),
        [
            new("country", "Country", one => CountryNames.NameOf(one.Jurisdiction)),
            new("name", "Provision", one => one.ShortName),
            new("title", "Title", one => one.Title),
            new("kind", "Kind", one => Format.Words(one.Kind.ToString().ToLowerInvariant())),
            new("from", "In force from", one => one.InForce.From),
            new("until", "Until", one => one.InForce.Until),
            new("confidence", "Confidence", one => one.Confidence.ToString().ToLowerInvariant()),
            new("says", "What it says", one => one.Says) { IsSorted = false },
            new("grounds", "Grounds", one => string.Join(" / ", one.Grounds.Select(each => $"{Format.Words(each.Name)}: {each.Says}")))
            {
                IsSorted = false,
            },
            new("source", "Source", one => one.Source.Url.ToString()) { IsSorted = false },
        ]
    );

    public static readonly GrowingList<LawCase> Cases = new(
        "cases",
        "cases",
        Permit.Enter,
        http => new(Get<CasesOnFile>(http).Of(http.Request.Query["country"])),
        [
            new("name", "Case", one => one.Name),
            new("source", "Source", one => one.Source),
            new("send", "Send key", one => one.Send?.Word()),
            new("process", "Process key", one => one.Process?.Word()),
            new("because", "Because", one => string.Join(", ", one.Because)),
            new("place", "File", one => one.Place.ToString()),
        ]
    )
    {
        // Each is run when it is shown, and shown with all its facts.
        Size = 10,
    };
}
