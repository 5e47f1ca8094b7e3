using MaySend.Law.Facts;

namespace MaySend.Evidence.Entries;

/// <summary>What a tick in a box of a form says.</summary>
public enum BoxKind
{
    /// <summary>A tick is a yes: consent is asked for.</summary>
    OptIn,

    /// <summary>A tick is a no: a refusal is offered.</summary>
    OptOut,
}

/// <summary>
/// One box of a form's version. An order says which of them were ticked (<see cref="DetailsCollected.Boxes"/>). A tick in an opt-in box
/// that did not come ticked is consent of that day to these words; such a box seen and left is consent asked in vain, in its scope; a tick
/// in an opt-out box is a refusal of its scope. An opt-in box that came ticked shows nothing, unless the person cleared it: that is a
/// refusal.
/// </summary>
/// <param name="Id">Names it within the version; orders refer to it.</param>
/// <param name="Kind">What a tick says.</param>
public sealed record Box(string Id, BoxKind Kind)
{
    /// <summary>It came ticked; null is not known, and then a tick proves no act of the person.</summary>
    public bool? TickedByDefault { get; init; }

    /// <summary>The senders it is about; null is whoever obtains the details by it.</summary>
    public NameSet? Senders { get; init; }

    /// <summary>The channels it is about; null names none: every channel for a refusal, none for a consent.</summary>
    public NameSet? Channels { get; init; }

    /// <summary>What messages it is about; null names none: everything for a refusal, nothing for a consent.</summary>
    public NameSet? Topics { get; init; }

    /// <summary>The words beside it; blank is those of the version.</summary>
    public string Wording { get; init; } = "";

    /// <summary>Its words tell who sends what, and for how long.</summary>
    public bool? Informed { get; init; }

    /// <summary>It stands apart from other matters.</summary>
    public bool? SeparateRequest { get; init; }

    /// <summary>Its words say that consent can be withdrawn.</summary>
    public bool? ToldOfWithdrawal { get; init; }

    /// <summary>The form cannot be sent without a tick.</summary>
    public bool? ConditionOfService { get; init; }

    /// <summary>What it asks for has no end of its own: news and offers, not one event or one service.</summary>
    public bool? Ongoing { get; init; }
}

/// <summary>What is wrong with the boxes of a version, the same at every door.</summary>
public static class BoxList
{
    /// <summary>Every fault, as a sentence; none where the boxes can be used.</summary>
    /// <param name="boxes">The boxes as somebody lists them.</param>
    /// <param name="shown">What the same version says was shown.</param>
    public static IEnumerable<string> Faults(IReadOnlyCollection<Box> boxes, Shown shown)
    {
        foreach (var box in boxes)
        {
            if (box.Id.Length == 0)
                yield return "a box has no id; orders refer to it by its id";
            else if (box.Id.AsSpan().IndexOfAny(" =;|,") >= 0)
                yield return $"the box `{box.Id}` must have an id of letters, digits and hyphens, so that rows can name it";
            if (box.TickedByDefault is null)
                yield return $"the version does not say whether the box `{box.Id}` was already ticked";
            foreach (var channel in box.Channels is { IsEverything: false } named ? named.Names : [])
                if (!Words.Channels.Contains(channel))
                    yield return $"the box `{box.Id}` names `{channel}`, which is not one of {string.Join(", ", Words.Channels)}";
        }
        foreach (
            var twice in boxes
                .GroupBy(box => box.Id, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Key.Length > 0 && group.Count() > 1)
        )
            yield return $"two boxes are called `{twice.Key}`; capital and small letters are one";
        if (shown.RefusalOffered == false && boxes.Any(box => box.Kind == BoxKind.OptOut))
            yield return "an opt-out box offers a refusal, and the version says that none was offered";
        if (shown.ConsentAsked == false && boxes.Any(box => box.Kind == BoxKind.OptIn))
            yield return "an opt-in box asks for consent, and the version says that it was not asked for";
    }
}
