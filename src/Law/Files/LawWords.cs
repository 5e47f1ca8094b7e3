using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Files;

/// <summary>The closed words of law files.</summary>
static class LawWords
{
    public static readonly IReadOnlyDictionary<string, Key> Keys = new Dictionary<string, Key>
    {
        ["send"] = Key.Send,
        ["process"] = Key.Process,
    };

    public static readonly IReadOnlyDictionary<string, ProvisionKind> Kinds = new Dictionary<string, ProvisionKind>
    {
        ["prohibition"] = ProvisionKind.Prohibition,
        ["bar"] = ProvisionKind.Bar,
        ["duty"] = ProvisionKind.Duty,
        ["no-rule"] = ProvisionKind.NoRule,
        ["separate"] = ProvisionKind.Separate,
    };

    public static readonly IReadOnlyDictionary<string, Authority> Authorities = new Dictionary<string, Authority>
    {
        ["statute"] = Authority.Statute,
        ["case-law"] = Authority.CaseLaw,
        ["guidance"] = Authority.Guidance,
        ["house"] = Authority.House,
    };

    public static readonly IReadOnlyDictionary<string, Confidence> Confidences = new Dictionary<string, Confidence>
    {
        ["low"] = Confidence.Low,
        ["medium"] = Confidence.Medium,
        ["high"] = Confidence.High,
    };

    public static readonly IReadOnlyDictionary<string, RestsOn> RestsOns = new Dictionary<string, RestsOn>
    {
        ["consent"] = RestsOn.Consent,
        ["exception"] = RestsOn.Exception,
    };

    public static readonly IReadOnlyDictionary<string, UnknownCountry> Unknowns = new Dictionary<string, UnknownCountry>
    {
        ["never"] = UnknownCountry.Never,
        ["always"] = UnknownCountry.Always,
        ["when-sender-established"] = UnknownCountry.WhenSenderEstablished,
    };

    public static readonly IReadOnlyDictionary<string, bool> YesNo = new Dictionary<string, bool> { ["yes"] = true, ["no"] = false };

    /// <summary>Reads <c>in_force: {from, until}</c>.</summary>
    public static InForce Period(MapReader map, InForce fallback)
    {
        if (map.OptionalMap("in_force") is not { } period)
            return fallback;
        var from = period.Day("from");
        var until = period.Day("until");
        if (from is null && until is null)
            map.Problem("in_force", "neither `from` nor `until`");
        if (from is not null && until is not null && until <= from)
            map.Problem("in_force", "`until` is not after `from`", "`until` is the first day after the period");
        period.OptionalText("cite");
        period.Done();
        return new InForce(from ?? fallback.From, until ?? fallback.Until);
    }

    /// <summary>Reads the name of a house policy switch, or null.</summary>
    public static string? Switch(MapReader map, string key)
    {
        var name = map.OptionalText(key);
        if (name is null || HousePolicy.IsSwitch(name))
            return name;
        map.Problem(
            key,
            $"`{name}` is not a switch of house policy",
            $"one of {string.Join(", ", HousePolicy.Switches.Select(s => s.Name))}"
        );
        return null;
    }

    /// <summary>Reads <c>reviewed: {by, on}</c> into one line, or null.</summary>
    public static string? Reviewed(MapReader map)
    {
        if (map.OptionalMap("reviewed") is not { } reviewed)
            return null;
        var text = $"{reviewed.Text("by")}, {reviewed.Day("on"):yyyy-MM-dd}";
        reviewed.Done();
        return text;
    }
}
