using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Pages;
using Scriban.Runtime;

namespace MaySend.Evidence.Store;

/// <summary>Everything the store holds about one person, at every address of theirs: the answer to a request for access (GDPR Art 15) and
/// for portability (Art 20).</summary>
/// <param name="Address">The address asked about.</param>
/// <param name="ExportedAt">When this was put together.</param>
/// <param name="Ledger">The ledger it came from.</param>
/// <param name="Records">One for the address, one for each linked address.</param>
public sealed record PersonExport(string Address, DateTimeOffset ExportedAt, string Ledger, ImmutableArray<AddressExport> Records)
{
    static readonly JsonSerializerOptions Layout = new(EntryJson.Options)
    {
        WriteIndented = true,
        // The default escaping keeps text from files harmless wherever the JSON is pasted.
        Encoder = JavaScriptEncoder.Default,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Every contact it is about: the person's at each linked address that is on record.</summary>
    public IEnumerable<ContactId> Contacts()
    {
        foreach (var record in Records)
            if (ContactId.TryParse(record.Contact, out var contact))
                yield return contact;
    }

    /// <summary>As JSON, indented; entries in the form the store keeps.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Layout);

    /// <summary>As one HTML page that needs nothing else. Every value is escaped: what came from a file is text and stays text.</summary>
    public string ToHtml()
    {
        var page = new ScriptObject
        {
            ["address"] = Address,
            ["exported"] = ExportedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture),
            ["ledger"] = Ledger,
            ["records"] = Records.Select(record => record.ToScript()).ToList(),
        };
        return PageTemplate.Render(typeof(PersonExport), "MaySend.Evidence.Store.person.html", page);
    }
}

/// <summary>What is held about one address.</summary>
/// <param name="Address">As first recorded.</param>
/// <param name="State"><c>known</c>, <c>unknown</c> or <c>suppressed</c>.</param>
/// <param name="Contact">The random id of the contact; null when there is none.</param>
/// <param name="Entries">Every entry, in order of position.</param>
/// <param name="Suppressions">What is kept to honour earlier requests to stop.</param>
/// <param name="Holds">Legal holds in force.</param>
public sealed record AddressExport(
    string Address,
    DossierState State,
    string? Contact,
    ImmutableArray<ExportedEntry> Entries,
    ImmutableArray<RefusalMade> Suppressions,
    ImmutableArray<LegalHold> Holds
)
{
    internal ScriptObject ToScript() =>
        new()
        {
            ["address"] = Address,
            ["state"] = State.ToString().ToLowerInvariant(),
            ["contact"] = Contact ?? "",
            ["entries"] = Entries.Select(entry => entry.ToScript()).ToList(),
            ["suppressions"] = Suppressions
                .Select(suppression => new ScriptObject
                {
                    ["when"] = suppression.When.ToString(),
                    ["kind"] = suppression.Kind,
                    ["how"] = suppression.How,
                })
                .ToList(),
            ["holds"] = Holds.Select(hold => hold.Reason).ToList(),
        };
}

/// <summary>One entry of an export.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="RecordedAt">When the store took it in.</param>
/// <param name="By">Which person or program recorded it.</param>
/// <param name="File">SHA-256 of the file it was read from.</param>
/// <param name="Row">The row of that file.</param>
/// <param name="Entry">What it says.</param>
public sealed record ExportedEntry(string Position, DateTimeOffset RecordedAt, string By, string? File, long? Row, ContactEntry Entry)
{
    internal ScriptObject ToScript() =>
        new()
        {
            ["when"] = Entry.When.Day == DateOnly.MinValue ? "not known" : Entry.When.ToString(),
            ["kind"] = EntryKinds.Of(Entry).Replace('-', ' '),
            ["id"] = Entry.Id,
            ["by"] = By,
            ["recorded"] = RecordedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture),
            ["position"] = Position,
            ["source"] = File is null
                ? ""
                : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"file {File[..12]}, row {Row}"),
            ["says"] = Says(Entry),
        };

    /// <summary>Every member that says something, as name and value.</summary>
    static List<ScriptObject> Says(ContactEntry entry)
    {
        using var json = JsonDocument.Parse(EntryJson.Write(entry));
        return
        [
            .. json
                .RootElement.EnumerateObject()
                .Where(member => member.Name is not ("kind" or "when" or "id") && !IsEmpty(member.Value))
                .Select(member => new ScriptObject { ["name"] = member.Name, ["value"] = Text(member.Value) }),
        ];
    }

    static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;

    static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
            JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(member => $"{member.Name}: {Text(member.Value)}")),
            _ => value.ToString(),
        };
}
