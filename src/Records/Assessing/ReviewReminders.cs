using System.Globalization;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records.Outbox;

namespace MaySend.Records.Assessing;

/// <summary>
/// Reminds the addresses that <c>mail-out.json</c> names of reviews that fall due: 30 days before, 7 days before, and once the day has
/// come, for each signed assessment that stands. What was reminded of is kept beside the store, so that a restart reminds nobody twice.
/// </summary>
public sealed partial class ReviewReminders : PeriodicService
{
    const string Name = "reminders.json";

    /// <summary>Days before the review, the last first.</summary>
    static readonly int[] Steps = [0, 7, 30];

    readonly EvidenceStore store;
    readonly MailOutbox outbox;
    readonly RecordsOptions options;
    readonly ILogger log;
    readonly Lock writing = new();

    /// <summary>Looks every hour.</summary>
    public ReviewReminders(EvidenceStore store, MailOutbox outbox, RecordsOptions options, TimeProvider clock, ILogger<ReviewReminders> log)
        : base(TimeSpan.FromHours(1), clock) => (this.store, this.outbox, this.options, this.log) = (store, outbox, options, log);

    string FilePath => Path.Combine(options.DataFolder, Name);

    /// <summary>Reminds of whatever is due and has not been reminded of.</summary>
    /// <returns>How many mails were handed to the outbox.</returns>
    public async Task<int> RemindAsync(CancellationToken cancellation = default)
    {
        if (outbox.Reminded.IsEmpty)
            return 0;
        var today = DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime);
        var controller = await store.ControllerAsync(cancellation: cancellation);
        var sent = 0;
        foreach (var one in controller.Assessments)
        {
            if (one is not { Signature: not null, EndedOn: null, ReviewDue: { } due } || StepOf(due, today) is not { } step)
                continue;
            var mark = string.Create(CultureInfo.InvariantCulture, $"{one.Id} {due:yyyy-MM-dd} {step}");
            foreach (var to in outbox.Reminded)
                sent += Post(one, due, today, $"{mark} {to}", to) ? 1 : 0;
        }
        return sent;
    }

    /// <inheritdoc />
    protected override Task RunOnceAsync(CancellationToken stopping) => RemindAsync(stopping);

    /// <inheritdoc />
    protected override void WentWrong(Exception fault) => NotReminded(fault.GetType().Name);

    static int? StepOf(DateOnly due, DateOnly today)
    {
        var left = due.DayNumber - today.DayNumber;
        var step = Array.Find(Steps, step => left <= step);
        return left <= Steps[^1] ? step : null;
    }

    bool Post(AssessmentRecorded one, DateOnly due, DateOnly today, string mark, string to)
    {
        // On disk before it goes: of two mails and none, none for an hour is the lesser evil only where it is tried again.
        if (!Mark(mark, isSent: true))
            return false;
        if (outbox.TryPost(MailOf(one, due, today, to), () => Mark(mark, isSent: false)))
            return true;
        Mark(mark, isSent: false);
        return false;
    }

    OutgoingMail MailOf(AssessmentRecorded one, DateOnly due, DateOnly today, string to)
    {
        var day = due.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var left = due.DayNumber - today.DayNumber;
        var link = options.PublicUrl is { } url ? new Uri(url, $"/console/assessments/{Uri.EscapeDataString(one.Id)}").AbsoluteUri : "";
        var follows =
            left > 0
                ? "From that day on, no message can rest on it unless it was reviewed and signed anew."
                : "No message can rest on it any more until it is reviewed and signed anew.";
        return new(
            "review-due",
            to,
            one.Sender,
            one.Sender,
            "en",
            left > 0 ? $"Review of {one.Id} is due on {day}" : $"Review of {one.Id} was due on {day}",
            $"The assessment {one.Id} ({one.Title}) is to be reviewed by {day}.\n{follows}\n{(link.Length > 0 ? $"\n{link}\n" : "")}",
            link
        );
    }

    /// <summary>Notes that something was reminded of, or was not after all; false where that was noted already.</summary>
    bool Mark(string mark, bool isSent)
    {
        lock (writing)
        {
            var marks = Read();
            if (!(isSent ? marks.Add(mark) : marks.Remove(mark)))
                return false;
            OwnerOnly.WriteText(FilePath, JsonSerializer.Serialize(marks));
            return true;
        }
    }

    SortedSet<string> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<SortedSet<string>>(File.ReadAllBytes(FilePath)) is { } read
                ? new(read, StringComparer.Ordinal)
                : new(StringComparer.Ordinal);
        }
        catch (Exception fault) when (fault is FileNotFoundException or JsonException)
        {
            // The first start, or a file that somebody spoilt: somebody is reminded once more.
            return new(StringComparer.Ordinal);
        }
    }

    [LoggerMessage(LogLevel.Warning, "nobody could be reminded of reviews ({Fault}); tried again in an hour")]
    partial void NotReminded(string fault);
}
