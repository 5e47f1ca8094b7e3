using System.Globalization;
using System.Text.RegularExpressions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// listmonk's subscribers. The export has no subscription of any list: <c>enabled</c> proves nothing and opt-outs of single lists are not
/// in it; read them from the database and import them as refusals. <c>blocklisted</c> is a stop. Dates are as Go prints them, with offset
/// and zone name.
/// </summary>
static partial class ListmonkExport
{
    static readonly string[] States = ["enabled", "disabled", "blocklisted"];

    public static readonly ImportFormat Subscribers = new("listmonk", "listmonk subscribers export")
    {
        Headers =
        [
            ["uuid", "email", "name", "attributes", "status"],
        ],
        Row = Read,
    };

    static void Read(RowDraft draft)
    {
        var row = draft.Cells;
        var state = row.Word("status", States);
        var updated = GoTime(row, "updated_at");
        if (!draft.ReadAddress("email"))
            return;
        // Blocklisted stops every list. When the row last changed is the last moment by which it was so: for a request to stop, the later
        // reading is the
        // stricter.
        if (state == "blocklisted")
            draft.AddUnnamed(draft.Refusal(updated, "import: blocklisted"), "listmonk");
        if (state == "enabled")
            draft.Claim(
                "`enabled` says nothing about any list: subscription status, and opt-outs of single lists, are only in the database"
            );
        if (state == "disabled")
            draft.Claim("`disabled` is set by hand: no refusal on record, and no consent");
    }

    /// <summary>
    /// A time as Go prints it: <c>2021-05-03 10:11:12.123456 +0200 CEST m=+0.5</c>. The offset counts; the name does not.
    /// </summary>
    static When? GoTime(CsvRows row, string column)
    {
        if (row.Optional(column) is not { } text)
            return null;
        if (
            GoFormat().Match(text) is { Success: true } match
            && DateTimeOffset.TryParseExact(
                $"{match.Groups[1].Value} {match.Groups[2].Value}",
                "yyyy-MM-dd HH:mm:ss zzz",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var at
            )
        )
            return When.Of(at);
        return row.When(column, isRequired: false);
    }

    [GeneratedRegex(
        @"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d+)? ([+-]\d{4})(?: [A-Za-z0-9+-]+)?(?: m=\S+)?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex GoFormat();
}
