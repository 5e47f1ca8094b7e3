using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Which version of a form or template was in force at a moment. Forms change by the clock of whoever runs them, and days are counted where
/// the person is: where the day as it was written and the person's day fall into two versions, nobody knows which one they saw, and only
/// what both show counts.
/// </summary>
static class FormDays
{
    /// <summary>What a collection point showed at a moment.</summary>
    public static CollectionPointVersion? PointAt(this ControllerRecord controller, string? point, When when, DateOnly asked)
    {
        var version = controller.PointOn(point, when.Day, asked);
        if (AsWritten(when) is not { } written || controller.PointOn(point, written, asked) is var other && ReferenceEquals(version, other))
            return version;
        return (version, other) switch
        {
            (null, var only) => only is null ? null : Both(only, only with { Shown = new Shown(), Signature = null }),
            (var only, null) => Both(only, only with { Shown = new Shown(), Signature = null }),
            (var one, var two) => Both(one, two),
        };
    }

    /// <summary>What messages of a template carried at a moment: of two versions the one that shows less of a way to refuse.</summary>
    public static TemplateVersion? TemplateAt(this ControllerRecord controller, string? template, When when, DateOnly asked)
    {
        var version = controller.TemplateOn(template, when.Day, asked);
        if (AsWritten(when) is not { } written)
            return version;
        var other = controller.TemplateOn(template, written, asked);
        return Rank(other) < Rank(version) ? other : version;
    }

    static int Rank(TemplateVersion? version) =>
        version?.OffersRefusal() switch
        {
            false => 0,
            null => 1,
            true => 2,
        };

    /// <summary>The day as it was written, where it is another than the one that counts.</summary>
    static DateOnly? AsWritten(When when) =>
        when.At is { } at && DateOnly.FromDateTime(at.DateTime) is var written && written != when.Day ? written : null;

    static Box[] BoxesOf(CollectionPointVersion version) => version.Boxes is { IsDefaultOrEmpty: false } boxes ? [.. boxes] : [];

    /// <summary>A box of either is heard; a form of which nobody knows the version shows no consent.</summary>
    static CollectionPointVersion Both(CollectionPointVersion one, CollectionPointVersion two)
    {
        var (boxes, others) = (BoxesOf(one), BoxesOf(two));
        var isSame = boxes.SequenceEqual(others) && one.Signature is not null && two.Signature is not null;
        return one with
        {
            Shown = Both(one.Shown, two.Shown),
            Boxes = isSame ? one.Boxes : [.. boxes, .. others.Where(other => !Array.Exists(boxes, box => box.Id == other.Id))],
            Wording = one.Wording == two.Wording ? one.Wording : "",
            Signature = isSame ? one.Signature : null,
        };
    }

    static Shown Both(Shown one, Shown two) =>
        new()
        {
            RefusalOffered = one.RefusalOffered & two.RefusalOffered,
            RefusalSimple = one.RefusalSimple & two.RefusalSimple,
            RefusalFree = one.RefusalFree & two.RefusalFree,
            RefusalsInRegister = one.RefusalsInRegister & two.RefusalsInRegister,
            ConsentAsked = one.ConsentAsked | two.ConsentAsked,
            NoticeNamedMarketing = one.NoticeNamedMarketing & two.NoticeNamedMarketing,
            ToldNoMarketing = one.ToldNoMarketing | two.ToldNoMarketing,
            BasisClaimed =
                one.BasisClaimed is null || two.BasisClaimed == "consent" ? two.BasisClaimed ?? one.BasisClaimed : one.BasisClaimed,
            NoticeNamedInterest = one.NoticeNamedInterest & two.NoticeNamedInterest,
            NoticeGiven = one.NoticeGiven & two.NoticeGiven,
            RightToObjectShown = one.RightToObjectShown & two.RightToObjectShown,
            Lawful = one.Lawful & two.Lawful,
            DetailsGivenAnew = one.DetailsGivenAnew & two.DetailsGivenAnew,
        };
}
