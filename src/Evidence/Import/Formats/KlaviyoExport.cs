using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// Klaviyo profiles of a list or segment. <c>NEVER_SUBSCRIBED</c> is neither yes nor no. A suppression outranks any consent in the row; a
/// suppression word
/// that is not known is read as a
/// request to stop. <c>HARD_BOUNCE</c> and <c>INVALID_EMAIL</c> are no refusals.
/// </summary>
static class KlaviyoExport
{
    const string Consent = "Email Marketing Consent";
    static readonly string[] Answers = ["SUBSCRIBED", "UNSUBSCRIBED", "NEVER_SUBSCRIBED"];

    public static readonly ImportFormat Profiles = new("klaviyo", "Klaviyo list or segment export")
    {
        Headers =
        [
            ["Email", "Klaviyo ID"],
            ["Email", Consent, "Email Suppressions"],
        ],
        Layout = new CsvLayout { Dates = ["yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mm:ss zzz"] },
        Row = Read,
    };

    static void Read(RowDraft draft)
    {
        var row = draft.Cells;
        var answer = row.Optional(Consent)?.ToUpperInvariant().Replace(' ', '_');
        if (answer is not null && !Answers.Contains(answer))
            row.Problem(Consent, "is not one of " + string.Join(", ", Answers));
        var when = row.When("Email Marketing Consent Timestamp", isRequired: false);
        var countries = row.Countries("Country");
        if (!draft.ReadAddress("Email"))
            return;
        foreach (var word in Words(row.Text("Email Suppressions")))
            draft.AddUnnamed(OfSuppression(draft, word), "klaviyo");
        if (answer == "UNSUBSCRIBED")
            draft.AddUnnamed(draft.Refusal(when, "link"), "klaviyo");
        if (answer == "SUBSCRIBED")
            AddConsent(draft, when);
        if (answer == "NEVER_SUBSCRIBED")
            draft.Claim("NEVER_SUBSCRIBED: nobody asked, or nobody answered; neither yes nor no");
        if (row.Optional("$consent") is not null)
            draft.Claim("$consent is a list of channels without time or wording: a claim");
        if (countries is not null)
            draft.AddUnnamed(new DetailsStated(RowDraft.UnknownWhen, "") { Countries = countries }, "klaviyo");
    }

    static void AddConsent(RowDraft draft, When? when)
    {
        if (when is not { } day)
        {
            draft.Claim("SUBSCRIBED without a time: a status, not a consent");
            return;
        }
        draft.AddUnnamed(new ConsentAnswered(day, "") { Channels = NameSet.Of("email"), Point = draft.Options.Point }, "klaviyo");
        if (draft.Options.Point is null)
            draft.Claim(
                "SUBSCRIBED with a time says when, not to what wording or by what act: name the form it came through (a collection point)"
            );
    }

    static ContactEntry OfSuppression(RowDraft draft, string word) =>
        word switch
        {
            "HARD_BOUNCE" or "INVALID_EMAIL" => new AddressFailed(RowDraft.UnknownWhen, "", IsPermanent: true) { Class = word },
            "SPAM_COMPLAINT" => draft.Refusal(null, "complaint", "objection", bindsAll: true),
            "USER_SUPPRESSED" => draft.Refusal(null, "import: suppressed by hand"),
            "UNSUBSCRIBED" => draft.Refusal(null, "link"),
            _ => draft.Refusal(null, "import: suppressed for a reason not known here", bindsAll: true),
        };

    /// <summary>The words of a cell such as <c>['UNSUBSCRIBED', 'SPAM_COMPLAINT']</c>.</summary>
    static IEnumerable<string> Words(string cell) =>
        cell.Split([' ', ',', ';', '[', ']', '\'', '"'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.ToUpperInvariant())
            .Where(word => word is not ("NONE" or "NULL"))
            .Distinct();
}
