using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Assessments.Readiness;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Records.Assessing;

/// <summary>A version of an assessment as it stands on record.</summary>
/// <param name="Document">What it says and what happened to it.</param>
/// <param name="Revision">How often it was written; a writing on an older one is refused.</param>
public sealed record Draft(AssessmentDocument Document, int Revision);

/// <summary>
/// Where assessments are written, reviewed, signed and ended, in the console and over the API. Documents are the server's records, in the
/// ledger; the entry that decisions rest on goes into the same commit, so that there is never a signature without its effect, or an end
/// without one. Whoever acts is the account that is signed in, or the key.
/// </summary>
public sealed class AssessmentDesk(EvidenceStore store, ServerRecords records, LawBook law)
{
    const string Meanwhile = "Somebody else changed it in the meantime.";

    /// <summary>Today, UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime);

    /// <summary>Every version, by name and number.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer, or a document cannot be read.</exception>
    public async ValueTask<IReadOnlyList<Draft>> AllAsync() =>
        [
            .. (await records.ReadAsync())
                .Assessments.Values.Select(Read)
                .OrderBy(one => one.Document.Id.Length)
                .ThenBy(one => one.Document.Id, StringComparer.Ordinal)
                .ThenBy(one => one.Document.Version),
        ];

    /// <summary>One version by its name; null when there is none.</summary>
    public async ValueTask<Draft?> FindAsync(string versionId) =>
        (await records.ReadAsync()).Assessments.TryGetValue(versionId, out var written) ? Read(written) : null;

    /// <summary>Begins an assessment under the next free name.</summary>
    public async ValueTask<Draft> BeginAsync(AssessmentContent content, Actor by, string reason = "started in the console")
    {
        var recorded = (await store.ControllerAsync())
            .Assessments.Select(one => one.Id)
            .Concat((await AllAsync()).Select(one => one.Document.Id));
        var number = recorded.Select(NumberOf).DefaultIfEmpty().Max();
        while (true)
        {
            var draft = new Draft(
                new AssessmentDocument($"LIA-{++number}", 1, content, [new LifeEvent(LifeEventKind.Drafted, by.Name, Today, reason)]),
                1
            );
            if (await AppendAsync([draft], [], by))
                return draft;
        }
    }

    /// <summary>Begins the next version: the same words as a draft.</summary>
    /// <returns>The draft; the one that is being written already, if there is one.</returns>
    public async ValueTask<Draft> ReviseAsync(AssessmentDocument document, Actor by)
    {
        var latest = (await AllAsync()).Last(one => one.Document.Id == document.Id);
        if (latest.Document.Life.State is AssessmentState.Draft or AssessmentState.InReview)
            return latest;
        var next = document with { Version = latest.Document.Version };
        var draft = new Draft(next.NextVersion(by.Name, Today, $"after {document.VersionId}"), 1);
        return await AppendAsync([draft], [], by) ? draft : (await FindAsync(draft.Document.VersionId))!;
    }

    /// <summary>Writes what a draft says. Whoever does is one of its writers from then on, and can neither review nor sign it.</summary>
    /// <returns>Why it was not written; null when it was.</returns>
    public async ValueTask<string?> WriteAsync(Draft read, AssessmentContent content, Actor by)
    {
        var outcome = LifeCycle.Answer(read.Document, new LifeCommand.Edit(by.Name, Today, "changed what it says"), Today);
        if (outcome.Event is not { } edited)
            return $"{outcome.Refusal}.";
        var isWriter = read.Document.Life.Writers.Any(writer => string.Equals(writer, by.Name, StringComparison.OrdinalIgnoreCase));
        var changed = (isWriter ? read.Document : read.Document.After(edited)) with { Content = content };
        if (ContentDigest.Of(changed) == ContentDigest.Of(read.Document))
            return null;
        return await AppendAsync([new(changed, read.Revision + 1)], [], by) ? null : Meanwhile;
    }

    /// <summary>Moves a version through its life. Signing one ends the versions before it, in the same commit.</summary>
    /// <returns>Why it did not happen; null when it did.</returns>
    public async ValueTask<string?> DoAsync(Draft read, LifeCommand command, Actor by)
    {
        var all = (await AllAsync())
            .Where(one => one.Document.Id == read.Document.Id && one.Document.Version != read.Document.Version)
            .ToList();
        if (
            command is LifeCommand.Sign
            && all.FirstOrDefault(one => one.Document.Version > read.Document.Version && one.Document.Life.SignedBy is not null)
                is { } later
        )
            return $"{later.Document.VersionId} is already signed, so this version would never apply.";
        var outcome = LifeCycle.Answer(read.Document, command, Today);
        if (outcome.Event is not { } happened)
            return $"{outcome.Refusal}.";
        List<Draft> changed = [new(read.Document.After(happened), read.Revision + 1)];
        if (happened.Kind == LifeEventKind.Signed)
            foreach (var earlier in all.Where(one => one.Document.Version < read.Document.Version))
                if (
                    LifeCycle
                        .Answer(
                            earlier.Document,
                            new LifeCommand.Supersede(command.By, Today, $"{read.Document.VersionId} was signed"),
                            Today
                        )
                        .Event is
                    { } superseded
                )
                    changed.Add(new(earlier.Document.After(superseded), earlier.Revision + 1));
        // What was never signed carries nothing and is no evidence.
        var entries = changed
            .Where(one => one.Document.Life.SignedBy is not null)
            .Select(one => AssessmentEntries.Of(one.Document))
            .ToList();
        return await AppendAsync(changed, entries, by) ? null : Meanwhile;
    }

    /// <summary>Ends an assessment of which there is only the record, because it was written elsewhere.</summary>
    /// <returns>Why it did not happen; null when it did.</returns>
    public async ValueTask<string?> EndRecordedAsync(AssessmentRecorded recorded, Actor by)
    {
        if (recorded.EndedOn is { } ended && ended <= Today)
            return "it has already ended.";
        await store.RecordAsync(recorded with { EndedOn = Today }, by);
        return null;
    }

    /// <summary>What the check finds in a draft while it is being written; of the rest, what it finds for good.</summary>
    public IReadOnlyList<Finding> Check(AssessmentDocument document) =>
        document.Life.State == AssessmentState.Draft
            ? ReadinessCheck.Foresee(document, law, Today)
            : ReadinessCheck.Run(document, law, Today);

    /// <summary>What the check finds for good: what handing in and signing go by.</summary>
    public IReadOnlyList<Finding> CheckForGood(AssessmentDocument document) => ReadinessCheck.Run(document, law, Today);

    /// <summary>What a document that says this could not be read back for; nothing of it is ever written.</summary>
    public static IReadOnlyList<Problem> Unreadable(AssessmentContent content)
    {
        var problems = new Problems();
        var document = new AssessmentDocument(
            "LIA-1",
            1,
            content,
            [new LifeEvent(LifeEventKind.Drafted, "writer", DateOnly.MinValue, "to see whether it can be read back")]
        );
        AssessmentFile.Parse(DocumentWriter.Write(document), document.VersionId, problems);
        return problems.List;
    }

    /// <summary>A blank assessment for a sender.</summary>
    public static AssessmentContent Blank(string title, SenderDeclared? sender) =>
        new()
        {
            Title = title,
            Scope = new()
            {
                Sender = sender?.Id ?? "",
                Establishment = sender?.Establishment,
                Purposes = NameSet.Of("direct-marketing"),
            },
            Review = new() { Triggers = NameSet.Of(ReviewTriggers.All.Where(trigger => trigger != ReviewTriggers.ObjectionRate)) },
        };

    /// <summary>All of it or nothing; false when one of the documents was written by somebody else meanwhile.</summary>
    async ValueTask<bool> AppendAsync(IReadOnlyList<Draft> drafts, IReadOnlyList<AssessmentRecorded> entries, Actor by)
    {
        var requests = drafts
            .Select(draft => records.ToAppend(ToRecord(draft), by, Key("document", draft.Document, draft.Revision)))
            .Concat(
                entries.Select(entry =>
                {
                    var draft = drafts.First(draft => draft.Document.VersionId == entry.Id);
                    return store.ToAppend(entry, by, null, Key("effect", draft.Document, draft.Revision));
                })
            )
            .ToList();
        // The key of a writing is its number, so that of two people who read the same version only the first adds anything.
        foreach (var draft in drafts)
            if ((await FindAsync(draft.Document.VersionId))?.Revision >= draft.Revision)
                return false;
        return (await store.Ledger.AppendAsync(requests)).All(appended => appended.Outcome == AppendOutcome.Added);
    }

    static string Key(string what, AssessmentDocument document, int revision) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"assessment {what} {document.VersionId} {revision}");

    static AssessmentWritten ToRecord(Draft draft)
    {
        var written = new AssessmentWritten(draft.Document.VersionId, draft.Revision, DocumentWriter.Write(draft.Document));
        _ = Read(written);
        return written;
    }

    static Draft Read(AssessmentWritten written)
    {
        var problems = new Problems();
        var file = AssessmentFile.Parse(written.Document, written.Id, problems);
        return file is not null && problems.IsEmpty
            ? new(file.Document, written.Revision)
            : throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"the document of {written.Id} cannot be read: {string.Join("; ", problems.List)}"
            );
    }

    static int NumberOf(string id) =>
        id.StartsWith("LIA-", StringComparison.Ordinal) && int.TryParse(id["LIA-".Length..].Split('.')[0], out var number) ? number : 0;
}
