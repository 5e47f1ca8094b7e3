using System.Security.Claims;
using MaySend.Console.Access;
using MaySend.Console.Assessing;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records.Signing;

namespace MaySend.Console.Evidence;

/// <summary>
/// What the forms of the console record about the controller: under the signature of whoever may sign, and otherwise for somebody else to
/// sign. What is wrong is noted in the form, and then nothing is recorded.
/// </summary>
sealed class ControllerForms(SigningDesk desk, EvidenceStore store)
{
    /// <summary>The longest reason.</summary>
    public const int GreatestReason = 300;

    /// <summary>Today, by the store's clock.</summary>
    public DateOnly Today => DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime);

    /// <summary>Reads the signature a form carries: null where its writer may not sign.</summary>
    public Signature? Sign(StepForm form, ClaimsPrincipal who, string permit)
    {
        if (!who.May(permit))
            return null;
        var reason = form.Text("reason");
        if (reason.Length is 0 or > GreatestReason)
            form.Problem("reason", $"Say in up to {GreatestReason} characters how you know.");
        return new(who.Signs(), Today, reason);
    }

    /// <summary>Names what somebody has read, so that nobody replaces what they have not seen.</summary>
    public static string Seen(ControllerEntry entry) => Digest.Of(EntryJson.Write(entry)).ToString();

    /// <summary>
    /// What a version of a form or template would replace, where that has to be read first: it stands under the same name and first day.
    /// Null where nothing does, and where whoever sent the form has read it and ticked that it is replaced.
    /// </summary>
    /// <param name="before">What stands under the name and first day; null where nothing does.</param>
    /// <param name="name">The name of the form or template.</param>
    /// <param name="first">Its first day.</param>
    /// <param name="form">The fields; the problem is noted in them.</param>
    /// <param name="who">Who sent them.</param>
    /// <param name="permit">What allows to sign it.</param>
    public static T? Unread<T>(T? before, string name, DateOnly first, StepForm form, ClaimsPrincipal who, string permit)
        where T : ControllerEntry
    {
        if (before is null)
            return null;
        var day = Format.Day(first);
        if (before.SignedBy() is { IsWhole: true } && !who.May(permit))
            form.Problem(
                "from",
                $"A signed version of {name} begins on {day}, and only {Permit.Who(permit)} may replace it. Choose another first day."
            );
        else if (form.Raw(Replaces) == Seen(before))
            return null;
        else
            form.Problem(
                "from",
                $"A version of {name} already begins on {day}. Read it below, and replace it or choose another first day."
            );
        return before;
    }

    /// <summary>The box that says what is replaced.</summary>
    public const string Replaces = "replaces";

    /// <summary>Records an entry; what is wrong goes to <paramref name="form"/>.</summary>
    /// <returns>A sentence that says what happened; null where nothing was recorded.</returns>
    public async ValueTask<string?> RecordAsync(ControllerEntry entry, string name, StepForm form, ClaimsPrincipal who, string permit)
    {
        var signature = Sign(form, who, permit);
        if (form.Problems.Count > 0)
            return null;
        try
        {
            if (await desk.RecordAsync(entry, signature, who.Acts()) == SigningOutcome.SameDay)
            {
                form.Problem("from", "A signed version begins on that very day: choose another first day.");
                return null;
            }
        }
        catch (NotEntitledException)
        {
            form.Problem("id", $"The version with that name is signed: only {Permit.Who(permit)} may replace it.");
            return null;
        }
        return signature is null
            ? $"{name} is on record, but not signed. It counts only against sending until {Permit.Who(permit)} has signed it."
            : $"{name} is signed and on record. It applies from the next decision on.";
    }
}
