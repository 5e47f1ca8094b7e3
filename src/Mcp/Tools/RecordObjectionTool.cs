using System.ComponentModel;
using System.Globalization;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Reading;
using ModelContextProtocol.Server;

namespace MaySend.Mcp.Tools;

/// <summary>What became of an objection.</summary>
/// <param name="Outcome">added, already-there or suppressed; each means that nothing is sent.</param>
/// <param name="Says">The same as a sentence.</param>
/// <param name="NotUnderstood">Names nobody on record bears: because of them the objection is recorded wider than its words.</param>
sealed record ObjectionRecorded(string Outcome, string Says, IReadOnlyList<string> NotUnderstood);

/// <summary><c>record_objection</c>: somebody asked not to be contacted. The store's one door settles its width.</summary>
sealed class RecordObjectionTool(EvidenceStore store, Actor by)
{
    /// <summary>What assistants call it by.</summary>
    public const string Name = "record_objection";

    [McpServerTool(
        Name = Name,
        Title = "Record that somebody asked not to be contacted",
        ReadOnly = false,
        Destructive = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true
    )]
    [Description(
        "Records that a person objected to marketing, from the next message on. It cannot be taken back from here: only the person can "
            + "come back, on their own page. Whatever you leave out stays wide: it applies to every sender, channel and topic. Narrow it "
            + "only if the person did."
    )]
    public async Task<ObjectionRecorded> RecordAsync(
        [Description("Whose: an email address, or a telephone number with + and country code")] string address,
        [Description("How it reached the sender: reply, phone, letter, chat")] string how,
        [Description("The senders it names; all if left out")] string[]? senders = null,
        [Description("The channels it names: email, sms, live-call and so on; all if left out")] string[]? channels = null,
        [Description("The topics it names; all if left out")] string[]? topics = null,
        CancellationToken cancellation = default
    )
    {
        var reading = Address.Read(address);
        var wrong = ArgumentFaults.Of(
            reading.Fault is { } fault ? $"address {fault}" : null,
            string.IsNullOrWhiteSpace(how) || how.Length > 100 ? "how is blank or longer than 100 characters" : null,
            ArgumentFaults.List(senders, nameof(senders)),
            ArgumentFaults.List(channels, nameof(channels)),
            ArgumentFaults.List(topics, nameof(topics))
        );
        if (reading.Address is not { } whom || wrong.Any())
            throw new ToolException(wrong);
        var now = store.Clock.GetUtcNow();
        // An assistant that is not sure whether it was heard says it again: of one day and one scope it is the same objection, unless the
        // person came back between the two.
        var dossier = await store.FindAsync(whom, cancellation: cancellation);
        var returns = dossier.ForDecision.OfType<ConsentAnswered>().Count(act => act.ServedHere);
        var words = string.Join('\n', whom.Matching, how, All(senders), All(channels), All(topics), returns);
        var name = Digest.Of($"{by.Name}\n{words}\n{now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        var objection = new RefusalMade(When.Of(now), $"objection {name}")
        {
            Senders = Names(senders),
            Channels = Names(channels),
            Topics = Names(topics),
            Kind = "objection",
            How = how,
        };
        var entry = new NewEntry(whom, objection, by) { IdempotencyKey = $"assistant {name}", IsDatedByTheDoor = true };
        var appended = (await store.RecordKeyedAsync(entry, cancellation)).Appended;
        var names = await store.NotUnderstoodAsync(objection, cancellation);
        return new(
            appended.Outcome switch
            {
                AppendOutcome.Added => "added",
                AppendOutcome.AlreadyThere => "already-there",
                _ => "suppressed",
            },
            appended.Outcome switch
            {
                AppendOutcome.Added => "It is recorded, and counts from the next message on.",
                AppendOutcome.AlreadyThere => "It was already recorded, and counts.",
                _ => "This address is already suppressed: nothing is sent to it.",
            },
            [.. names.Select(each => each.Says)]
        );
    }

    static NameSet Names(string[]? names) => names is null or [] ? NameSet.Everything : NameSet.Of(names);

    static string All(string[]? names) => names is null or [] ? "*" : string.Join('|', names.Order(StringComparer.Ordinal));
}
