using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Import;

/// <summary>What the form of a sign-up leaves open that only somebody who writes down the form can say.</summary>
static class SignUpForms
{
    /// <summary>
    /// A sentence where a sign-up names nobody to whom consent was given, and the box through which it came names nobody either: the source
    /// holds the moment and the form, so nothing else can say it. Null where somebody is named, or another form is asked about.
    /// </summary>
    /// <param name="answer">The sign-up.</param>
    /// <param name="record">What the controller has on record.</param>
    public static string? NamesNobody(ConsentAnswered answer, ControllerRecord record) =>
        answer is { SignedUp: true, Act: null, To: null, Point: { Length: > 0 } point }
        && BoxOf(point, answer.When, record) is { Senders: null } box
            ? $"the box `{box.Id}` of `{point}` does not say to whom its consent was given, and neither does a sign-up, so it permits "
                + $"nobody: write `senders: [{SenderOf(record)}]` into that box, and sign it"
            : null;

    static string SenderOf(ControllerRecord record) =>
        record.Senders.Keys.Order(StringComparer.Ordinal).FirstOrDefault() ?? "the sender's id";

    static Box? BoxOf(string point, When when, ControllerRecord record) =>
        record.OnlySignedOn(point, when.Day)?.Boxes is { IsDefaultOrEmpty: false } boxes
        && boxes.Where(box => box is { Kind: BoxKind.OptIn, TickedByDefault: false }).ToList() is [var only]
            ? only
            : null;
}
