using System.Collections.Frozen;
using System.Collections.Immutable;
using MaySend.Reading;

namespace MaySend.Law.Provisions;

/// <summary>One named switch of house policy. On is stricter than off; neither can permit what the law does not.</summary>
/// <param name="Name">As policy and law files spell it.</param>
/// <param name="OnByDefault">Whether it is on where nothing is said.</param>
/// <param name="Says">What it does when on.</param>
public sealed record PolicySwitch(string Name, bool OnByDefault, string Says);

/// <summary>
/// House policy: a set of switches that are on. It can only make a verdict stricter: a switch adds a bar or a limb, leaves a ground out, or
/// reads a doubtful permission as not evidenced. There is no other way for policy to act (property <c>House_policy_is_never_looser</c>).
/// Immutable.
/// </summary>
public sealed class HousePolicy
{
    /// <summary>Ask for a lawful basis even where the law as read would not (C-654/23).</summary>
    public const string TwoKeys = "two-keys";

    /// <summary>Read every low-confidence limb that favours sending as not evidenced.</summary>
    public const string LowConfidence = "low-confidence";

    /// <summary>Every switch there is.</summary>
    public static readonly ImmutableArray<PolicySwitch> Switches =
    [
        new(TwoKeys, true, "require a lawful basis even where the law as read would not"),
        new(LowConfidence, true, "treat every low-confidence condition that favours sending as not shown"),
        new("assessment-review", true, "stop relying on an assessment once its review is due"),
        new("organisation-refusals", true, "honour a request to stop that a company makes for its own mailboxes"),
        new("dormant-contacts", false, "stop messages to people who have not dealt with the sender for two years"),
        new(
            "preference-lists",
            false,
            "send letters to people who are not customers only after a look-up in the preference list of their country"
        ),
        new("no-children", false, "stop marketing to anybody not shown to be an adult"),
    ];

    static readonly FrozenDictionary<string, PolicySwitch> ByName = Switches.ToFrozenDictionary(s => s.Name, StringComparer.Ordinal);
    readonly FrozenSet<string> on;
    Digest? digest;

    HousePolicy(IEnumerable<string> on) => this.on = on.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What holds where nothing is said.</summary>
    public static readonly HousePolicy Default = new(Switches.Where(s => s.OnByDefault).Select(s => s.Name));

    /// <summary>No policy: the law as read.</summary>
    public static readonly HousePolicy None = new([]);

    /// <summary>Every switch on.</summary>
    public static readonly HousePolicy Strictest = new(Switches.Select(s => s.Name));

    /// <summary>The switches that are on, in the order of <see cref="Switches"/>.</summary>
    public IEnumerable<PolicySwitch> On => Switches.Where(s => on.Contains(s.Name));

    /// <summary>True when the switch is on.</summary>
    public bool Has(string name) => on.Contains(name);

    /// <summary>The same policy with one switch on or off.</summary>
    /// <exception cref="ArgumentException">There is no such switch.</exception>
    public HousePolicy With(string name, bool isOn) =>
        !IsSwitch(name)
            ? throw new ArgumentException($"`{name}` is not a switch of house policy", nameof(name))
            : new(isOn ? on.Append(name) : on.Where(other => other != name));

    /// <summary>True when there is such a switch.</summary>
    public static bool IsSwitch(string name) => ByName.ContainsKey(name);

    /// <summary>What a switch does.</summary>
    public static PolicySwitch Find(string name) => ByName[name];

    /// <summary>Names the policy in a decision's identity: SHA-256 over the switches that are on.</summary>
    public Digest Digest => digest ??= Digest.Of(string.Join(',', On.Select(s => s.Name)));
}
