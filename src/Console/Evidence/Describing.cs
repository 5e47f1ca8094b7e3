using System.Security.Claims;
using MaySend.Console.Access;
using MaySend.Console.Assessing;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Records.Signing;

namespace MaySend.Console.Evidence;

/// <summary>
/// What the forms of the console record about the controller: under the signature of whoever may sign, and otherwise for somebody else to
/// sign. What is wrong is noted in the form, and then nothing is recorded.
/// </summary>
sealed class Describing(SigningDesk desk, EvidenceStore store)
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

    /// <summary>Records an entry; what is wrong goes to <paramref name="form"/>.</summary>
    /// <returns>A sentence that says what happened; null where nothing was recorded.</returns>
    public async ValueTask<string?> RecordAsync(ControllerEntry entry, string name, StepForm form, ClaimsPrincipal who, string permit)
    {
        var signature = Sign(form, who, permit);
        if (form.Problems.Count > 0)
            return null;
        if (await desk.RecordAsync(entry, signature, who.Acts()) == SigningOutcome.SameDay)
        {
            form.Problem("from", "A signed version begins on that very day: choose another first day.");
            return null;
        }
        return signature is null
            ? $"{name} is on record and not signed. It counts against sending only, until {Permit.Who(permit)} has signed it."
            : $"{name} is signed and on record. The next decision goes by it.";
    }
}
