using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// Klaviyo profiles of a list or segment. <c>NEVER_SUBSCRIBED</c> is neither yes nor no. A suppression outranks any consent in the row; a
/// suppression word that is not known is read as a request to stop. <c>HARD_BOUNCE</c> and <c>INVALID_EMAIL</c> are no refusals.
/// </summary>
static class KlaviyoExport
{
    const string Consent = "Email Marketing Consent";
    const string SmsConsent = "SMS Marketing Consent";
    const string SmsTime = "SMS Marketing Consent Timestamp";
    static readonly string[] Answers = ["SUBSCRIBED", "UNSUBSCRIBED", "NEVER_SUBSCRIBED"];

    public static readonly ImportFormat Profiles = new("klaviyo", "Klaviyo list or segment export")
    {
        Headers =
        [
            ["Email", "Klaviyo ID"],
            ["Email", Consent, "Email Suppressions"],
        ],
        Optional = [SmsConsent, SmsTime, "Phone Number", "SMS Suppressions", "Country", "Email Suppressions Timestamp"],
        Aliases = new Dictionary<string, ImmutableArray<string>>
        {
            [SmsConsent] = ["SMS Consent", "Sms Consent", "SMS Marketing"],
            [SmsTime] = ["SMS Consent Timestamp"],
            ["Email Suppressions Timestamp"] = ["Email Suppression Timestamp", "Email Unsubscribe Timestamp", "Unsubscribed At"],
            ["Phone Number"] = ["Phone"],
        }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
        Layout = new CsvLayout { Dates = ["yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mm:ss zzz"] },
        Row = Read,
    };

    static void Read(RowDraft draft)
    {
        var row = draft.Cells;
        var (answer, sms) = (Answer(row, Consent), Answer(row, SmsConsent));
        var when = row.When("Email Marketing Consent Timestamp", isRequired: false);
        // The consent's own time is when it was given, or when it was last changed: never surely when somebody stopped.
        var stopped = row.When("Email Suppressions Timestamp", isRequired: false);
        var countries = row.Countries("Country");
        AddSms(draft, sms);
        if (!draft.ReadAddress("Email"))
            return;
        var suppressions = Words(row.Text("Email Suppressions")).ToList();
        foreach (var word in suppressions)
            draft.AddUnnamed(OfSuppression(draft, word, stopped), "klaviyo");
        // The day of a stop is one, whatever the consent beside it says; a bounce has its day there too.
        if (answer == "UNSUBSCRIBED" || (stopped is not null && suppressions.Count == 0))
            draft.AddUnnamed(draft.Refusal(stopped, "link"), "klaviyo");
        if (answer == "SUBSCRIBED")
            AddConsent(draft, when);
        if (answer == "NEVER_SUBSCRIBED")
            draft.Claim("NEVER_SUBSCRIBED: nobody asked, or nobody answered; neither yes nor no");
        if (row.Optional("$consent") is not null)
            draft.Claim("$consent is a list of channels without time or wording: a claim");
        if (countries is not null)
            draft.AddUnnamed(new DetailsStated(RowDraft.UnknownWhen, "") { Countries = countries }, "klaviyo");
    }

    static string? Answer(CsvRows row, string column)
    {
        var answer = row.Optional(column)?.ToUpperInvariant().Replace(' ', '_');
        if (answer is not null && !Answers.Contains(answer))
            row.Problem(column, "is not one of " + string.Join(", ", Answers));
        return answer;
    }

    /// <summary>
    /// What was said about text messages, for the number. A number without its country code cannot be told from another country's: a stop
    /// then holds at the email address.
    /// </summary>
    static void AddSms(RowDraft draft, string? answer)
    {
        var row = draft.Cells;
        var suppressions = Words(row.Text("SMS Suppressions")).ToList();
        var time = row.When(SmsTime, isRequired: false);
        if (answer is not "UNSUBSCRIBED" and not "SUBSCRIBED" && suppressions.Count == 0)
            return;
        var number = row.Optional("Phone Number") is { } phone ? Address.Telephone(phone).Address : null;
        if ((number ?? Address.Read(row.Text("Email")).Address) is not { } to)
            return;
        if (answer == "UNSUBSCRIBED")
            draft.AddUnnamed(draft.Refusal(null, "import: unsubscribed from text messages", channel: "sms"), "klaviyo", to);
        foreach (var word in suppressions)
            draft.AddUnnamed(OfSuppression(draft, word, null, "sms"), "klaviyo", to);
        if (answer == "SUBSCRIBED" && number is not null && time is { } when)
            draft.AddUnnamed(
                new ConsentAnswered(when, "")
                {
                    Channels = NameSet.Of("sms"),
                    Point = draft.Options.Point,
                    SignedUp = true,
                },
                "klaviyo",
                number
            );
        else if (answer == "SUBSCRIBED")
            draft.Claim("SUBSCRIBED to text messages without a time, or for a number without its country code: a status, not a consent");
    }

    static void AddConsent(RowDraft draft, When? when)
    {
        if (when is not { } day)
        {
            draft.Claim("SUBSCRIBED without a time: a status, not a consent");
            return;
        }
        draft.AddUnnamed(
            new ConsentAnswered(day, "")
            {
                Channels = NameSet.Of("email"),
                Point = draft.Options.Point,
                SignedUp = true,
            },
            "klaviyo"
        );
        if (draft.Options.Point is null)
            draft.Claim(
                "SUBSCRIBED with a time says when, not to what wording or by what act: name the form it came through (a collection point)"
            );
    }

    static ContactEntry OfSuppression(RowDraft draft, string word, When? when, string channel = "email") =>
        word switch
        {
            "HARD_BOUNCE" or "INVALID_EMAIL" => new AddressFailed(RowDraft.UnknownWhen, "", IsPermanent: true) { Class = word },
            "SPAM_COMPLAINT" => draft.Refusal(when, "complaint", "objection", bindsAll: true, channel: channel),
            "USER_SUPPRESSED" => draft.Refusal(when, "import: suppressed by hand", channel: channel),
            "UNSUBSCRIBED" => draft.Refusal(when, "link", channel: channel),
            _ => draft.Refusal(when, "import: suppressed for a reason that MaySend does not know", bindsAll: true, channel: channel),
        };

    /// <summary>The words of a cell such as <c>['UNSUBSCRIBED', 'SPAM_COMPLAINT']</c>.</summary>
    static IEnumerable<string> Words(string cell) =>
        cell.Split([' ', ',', ';', '[', ']', '\'', '"'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.ToUpperInvariant())
            .Where(word => word is not ("NONE" or "NULL"))
            .Distinct();
}
