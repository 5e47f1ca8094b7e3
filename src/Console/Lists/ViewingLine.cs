using MaySend.Evidence;
using MaySend.Evidence.Store;
using MaySend.Records.Auditing;

namespace MaySend.Console.Lists;

/// <summary>A line of the audit trail, with which of its contacts have been erased since.</summary>
/// <param name="Viewing">The line.</param>
/// <param name="Erased">Those of its contacts that are no longer on record.</param>
public sealed record ViewingLine(Viewing Viewing, IReadOnlySet<ContactId> Erased)
{
    /// <summary>What was shown, or what was tried.</summary>
    public string What => Viewing.IsDenied ? $"refused: {Viewing.What}" : Viewing.What;

    /// <summary>Its contacts as a list, those erased since marked.</summary>
    public string Contacts => string.Join(", ", Viewing.Contacts.Select(one => Erased.Contains(one) ? $"{one} (erased)" : $"{one}"));

    /// <summary>The latest lines of the trail, the newest first.</summary>
    public static ValueTask<IReadOnlyCollection<ViewingLine>> AllAsync(HttpContext http) => OfAsync(http, null, ConsoleLists.MostViewings);

    /// <summary>The latest lines that name a contact, the newest first.</summary>
    public static async ValueTask<IReadOnlyCollection<ViewingLine>> OfAsync(HttpContext http, ContactId? of, int most)
    {
        var services = http.RequestServices;
        var lines = services.GetRequiredService<AuditTrail>().Latest(of, most: most);
        var ledger = services.GetRequiredService<EvidenceStore>().Ledger;
        var erased = new HashSet<ContactId>();
        foreach (var contact in lines.SelectMany(line => line.Contacts).Distinct())
            if (await ledger.ContactAsync(contact, http.RequestAborted) is null)
                erased.Add(contact);
        return [.. lines.Select(line => new ViewingLine(line, erased))];
    }
}
