using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Standards;

/// <summary>The states of a consent (DPV 2.3, consent status), each with who indicated it, how and when.</summary>
public static class ConsentStatuses
{
    static readonly ImmutableArray<string> ClearActs = ["unticked-box", "equal-yes-no", "written-statement", "verbal-recorded"];

    /// <summary>
    /// True where somebody said yes by a clear affirmative act and nothing on record took it back, wholly or in part: what may be called
    /// the consent somebody gave.
    /// </summary>
    public static bool Stands(ConsentAnswered consent, IEnumerable<RefusalMade> requests) =>
        IsGiven(consent) && !Withdrawn(consent, requests).Any();

    static bool IsGiven(ConsentAnswered consent) => consent.Act is { } act && ClearActs.Contains(act);

    /// <summary>The answer itself. One whose act is no clear affirmative act is on record, and is not called given.</summary>
    internal static JsonObject Answered(ConsentAnswered consent)
    {
        JsonNode kind = consent.Act switch
        {
            "declined" => "dpv:ConsentRefused",
            _ when IsGiven(consent) => new JsonArray(
                "dpv:ConsentGiven",
                consent.Explicit == true ? "dpv:ExplicitlyExpressedConsent" : "dpv:ExpressedConsent"
            ),
            _ => "dpv:ConsentUnknown",
        };
        var status = Indicated(kind, consent.Act is { } act ? act.Replace('-', ' ') : "not recorded", consent.When);
        if (consent.Confirmed is { } confirmed)
            status["dct:description"] = $"confirmed from the address itself on {confirmed}";
        return status;
    }

    /// <summary>What ended it, wholly or in part: its own withdrawal, and later requests to stop that meet its scope.</summary>
    internal static IEnumerable<JsonObject> Withdrawn(ConsentAnswered consent, IEnumerable<RefusalMade> requests)
    {
        if (consent.Withdrawn is { } withdrawn)
            yield return Indicated("dpv:ConsentWithdrawn", "as the source of the consent says", withdrawn);
        foreach (var request in requests.Where(request => request.When.MayBeAfter(consent.When) && Meets(request, consent)))
        {
            var status = Indicated("dpv:ConsentWithdrawn", request.How, request.When);
            status["dct:identifier"] = request.Id;
            status["dct:description"] =
                $"senders {Said(request.Senders)}; channels {Said(request.Channels)}; topics {Said(request.Topics)}";
            yield return status;
        }
    }

    // Who is not named, or not known, is met: a withdrawal is never left out for want of a name.
    static bool Meets(RefusalMade request, ConsentAnswered consent) =>
        Meets(request.Senders, consent.To) && Meets(request.Channels, consent.Channels) && Meets(request.Topics, consent.Topics);

    static bool Meets(NameSet? stopped, NameSet? given) => stopped is null || given is null || given.IsEmpty || stopped.Overlaps(given);

    static string Said(NameSet? names) => names?.ToString() ?? "all";

    static JsonObject Indicated(JsonNode kind, string how, When when) =>
        new()
        {
            ["@type"] = kind,
            ["dpv:isIndicatedBy"] = "dpv:DataSubject",
            ["dpv:hasIndicationMethod"] = how,
            ["dpv:isIndicatedAtTime"] = when.ToString(),
        };
}
