using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Composition;

/// <summary>Why a key did not turn, or by what it turned: the truth and a stable code that every reader gives alike.</summary>
/// <param name="Truth">The truth of the key.</param>
/// <param name="Code">The limb, record or provision that decides; for a key that turns, the ground it stands on.</param>
/// <param name="Element">The element that decides; null for an empty key.</param>
/// <param name="Ground">The ground that turned the key or came nearest; null where there is none.</param>
/// <param name="Shortfall">What falls short.</param>
public sealed record KeyReason(Truth Truth, string Code, Element? Element, ComposedGround? Ground, Shortfall Shortfall)
{
    /// <summary>
    /// Finds the reason. A key that does not turn is decided by the first element with the key's own truth: bars, then prohibitions, then
    /// duties, then gaps.
    /// </summary>
    public static KeyReason Of(KeyFormula key, Evaluator evaluator)
    {
        var truth = key.Elements.IsEmpty ? Truth.NotEvidenced : Truth.Satisfied;
        Element? decides = null;
        var decided = Truth.Satisfied;
        foreach (var element in key.Elements)
        {
            var clear = evaluator.Of(element.Clear);
            truth = truth.And(clear);
            if (clear != Truth.Satisfied && (decides is null || (decided == Truth.NotEvidenced && clear == Truth.NotSatisfied)))
                (decides, decided) = (element, clear);
        }
        return truth == Truth.Satisfied ? Turned(key, evaluator)
            : decides is null ? new(truth, NoLaw(key), null, null, Shortfall.None)
            : FellShort(decides, truth, evaluator);
    }

    /// <summary>The code of a key for which there is no law at all.</summary>
    public static string NoLaw(KeyFormula key) => key.Key == Key.Send ? "send/no-law" : "process/no-law";

    static KeyReason Turned(KeyFormula key, Evaluator evaluator)
    {
        foreach (var element in key.Elements)
        {
            if (element.Kind != ElementKind.Prohibition || evaluator.Of(element.Applies) == Truth.NotSatisfied)
                continue;
            for (var at = 0; at < element.Grounds.Length; at++)
                if (evaluator.Of(element.Grounds[at].Body) == Truth.Satisfied)
                    return new(Truth.Satisfied, element.GroundCodes[at], element, element.Grounds[at], Shortfall.None);
        }
        return new(Truth.Satisfied, NotApplicable(key), null, null, Shortfall.None);
    }

    /// <summary>The code of a key that turns because no prohibition applies.</summary>
    public static string NotApplicable(KeyFormula key) => key.Key == Key.Send ? "send/not-applicable" : "process/not-applicable";

    /// <summary>The code of a ground.</summary>
    public static string GroundCode(Element element, ComposedGround ground) => GroundCode(element.Id, ground);

    internal static string GroundCode(string element, ComposedGround ground) => $"{element}#{ground.Ground.Name}";

    /// <summary>The code of an element none of whose limbs decides alone.</summary>
    public static string ElementCode(Element element) => element.Kind == ElementKind.Bar ? $"{element.Id}#holds" : element.Id;

    /// <summary>The code of a ground or duty that fell short.</summary>
    public static string ShortfallCode(Element element, ComposedGround? ground, Shortfall shortfall) =>
        shortfall.Limb?.Id
        ?? (
            shortfall.MissingRecord is { } kind
                ? $"{element.Id}{(ground is null ? "" : $"#{ground.Ground.Name}")}/no-{Facts.Scopes.Word(kind)}"
            : ground is null ? ElementCode(element)
            : GroundCode(element, ground)
        );

    static KeyReason FellShort(Element element, Truth truth, Evaluator evaluator)
    {
        switch (element.Kind)
        {
            case ElementKind.Prohibition when !element.Grounds.IsEmpty:
                var (ground, nearest) = Nearest(element, new ShortfallReader(evaluator));
                return new(truth, ShortfallCode(element, ground, nearest), element, ground, nearest);
            case ElementKind.Duty:
                var shortfall = new ShortfallReader(evaluator).Of(element.Body!);
                return new(truth, ShortfallCode(element, null, shortfall), element, null, shortfall);
            default:
                return new(truth, ElementCode(element), element, null, Shortfall.Of(truth));
        }
    }

    /// <summary>The ground that comes nearest by what is on record (<see cref="GroundDistance"/>), then the first in law order.</summary>
    public static (ComposedGround Ground, Shortfall Shortfall) Nearest(Element prohibition, ShortfallReader reader) =>
        Nearest(prohibition, reader, isOpen: false)!.Value;

    /// <summary>Of the grounds that nothing contradicts and that are not met the nearest; null where there is none.</summary>
    public static ComposedGround? NearestOpen(Element prohibition, ShortfallReader reader) =>
        Nearest(prohibition, reader, isOpen: true)?.Ground;

    static (ComposedGround Ground, Shortfall Shortfall)? Nearest(Element prohibition, ShortfallReader reader, bool isOpen)
    {
        (ComposedGround, Shortfall)? nearest = null;
        var shortest = int.MaxValue;
        foreach (var ground in prohibition.Grounds)
        {
            var shortfall = reader.Of(ground.Body);
            if (isOpen && shortfall.Truth != Truth.NotEvidenced)
                continue;
            if (GroundDistance.Of(ground, shortfall, reader.Evaluator) is var distance && distance < shortest)
                (nearest, shortest) = ((ground, shortfall), distance);
        }
        return nearest;
    }
}
