using System.Collections.Immutable;
using System.Globalization;
using MaySend.Cli.Commands;
using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Screening;
using MaySend.Screening.Audiences;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary>
/// <c>maysend screen --data</c>: screens everybody on record, or a list joined with what is on record, and keeps one manifest of it.
/// </summary>
sealed class StoreScreening(OpenStore store, Decider decider)
{
    static readonly string[] Outputs = ["permitted.csv", "refused.csv", "not-shown.csv", "report.html"];

    /// <summary>A folder whose entries about the sender are used instead of the store's.</summary>
    public string? SenderFolder { get; init; }

    /// <summary>The list to screen; null for everybody on record whom the channel can reach.</summary>
    public AudienceList? List { get; init; }

    /// <summary>Evidence and readings of law as known by the end of a day; null for now.</summary>
    public DateOnly? KnownAt { get; init; }

    public required Actor By { get; init; }

    public async Task RunAsync(string campaignName, string output, CancellationToken cancellation)
    {
        var folder = SenderFolder is null ? null : Inputs.ReadController(SenderFolder);
        var campaign = Inputs.ReadCampaign(
            folder ?? await store.Evidence.ControllerAsync(cancellation: cancellation),
            SenderFolder,
            campaignName
        );
        if (KnownAt is null)
            await new DecisionLog(store.Evidence).RegisterAsync(campaign, By, cancellation);
        var readFrom = store.Evidence.Clock.GetUtcNow();
        var known = KnownAt is { } day ? AsKnown.At(Replayer.EndOf(day)) : AsKnown.Now;
        var seq = (await store.Evidence.Ledger.PositionAsync(Partition.Controller, cancellation)).Seq;
        var onRecord = await store.Evidence.ControllerAsync(KnownAt is null ? AsKnown.UpTo(seq) : known, cancellation);
        var controller = folder is null ? onRecord : onRecord.Over(folder);
        ScreeningSummary? summary = null;
        ScreenCommand.Progress(advance =>
        {
            using var audience = List is null ? null : Inputs.OpenAudience(List.Files, (file, rows) => advance($"reading {file}", rows));
            var people = audience is null ? OnRecord(campaign, known) : JoinedWith(audience, known);
            summary = ScreenCommand.Screen(
                decider,
                controller,
                campaign,
                people with
                {
                    Notes = Notes(audience, controller, campaign).Concat(people.Notes),
                },
                KnownAt ?? campaign.Day,
                output,
                advance
            );
        });
        ScreeningText.Write(summary!, output);
        List?.WriteDelta(summary!);
        if (KnownAt is not null)
        {
            Console.WriteLine("what if: not kept");
            return;
        }
        var manifest = Manifest(campaign, controller, summary!, seq, readFrom, output);
        await store.Evidence.RecordAsync(manifest, By.AsSystem(), cancellation: cancellation);
        AnsiConsole.MarkupLineInterpolated($"[grey]screening {manifest.Id}, kept at ledger 256:{seq + 1} or after[/]");
    }

    /// <summary>Everybody on record whom the channel can reach, by address.</summary>
    Listed OnRecord(Campaign campaign, AsKnown known)
    {
        var rows = 0;
        IEnumerable<Person> All()
        {
            foreach (var dossier in store.Evidence.DossiersAsync(known).ToBlockingEnumerable())
            {
                if (!Reaches(campaign.Channel, dossier.Address.Kind))
                    continue;
                rows++;
                yield return new Person(dossier.Address.Matching, Cell(dossier.Address.Verbatim), dossier.ForDecision);
            }
        }
        return new(All(), "address", ',', () => (rows, 0), ["everybody on record was screened; people who were erased are not among them"]);
    }

    /// <summary>A list, each person with what the store holds as well: its requests to stop always count.</summary>
    Listed JoinedWith(Audience audience, AsKnown known)
    {
        var unknown = 0;
        // Read only where somebody has another address on record: what the files say of that one counts as well.
        var requests = new Lazy<IReadOnlyDictionary<string, IReadOnlyList<ContactEntry>>>(audience.Requests);
        IEnumerable<ContactEntry> AtOtherAddresses(Dossier dossier) =>
            dossier.Entries.Any(recorded => recorded.Entry is AddressLinked)
                ? store
                    .Evidence.LinkedAsync(dossier.Address)
                    .AsTask()
                    .GetAwaiter()
                    .GetResult()
                    .SelectMany(other => requests.Value.GetValueOrDefault(other.Matching, []))
                : [];
        IEnumerable<Person> All()
        {
            foreach (var person in audience.People())
            {
                var dossier = store.Evidence.FindAsync(Address.Read(person.Address).Required(), known).AsTask().GetAwaiter().GetResult();
                if (dossier.State == Evidence.Store.DossierState.Unknown)
                    unknown++;
                yield return person with
                {
                    Entries = DecisionLog.Joined(dossier.ForDecision, [.. person.Entries, .. AtOtherAddresses(dossier)]),
                };
            }
        }
        IEnumerable<string> Unknown()
        {
            if (unknown > 0)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{unknown:N0} people of the list are not in the store; what the files say is all there is of them"
                );
        }
        return new(All(), audience.HeaderLine, audience.Delimiter, () => (audience.Rows, audience.Duplicates), Unknown());
    }

    /// <summary>The store is the register of refusals, so a list without one says nothing worth noting.</summary>
    static IEnumerable<string> Notes(Audience? audience, ControllerRecord controller, Campaign campaign)
    {
        if (controller.Statement(campaign.Sender, StatementKind.RefusalsComplete, campaign.Day, campaign.Channel) is null)
            yield return $"no signed statement that the register of refusals of {campaign.Sender} for {campaign.Channel} is "
                + "complete: silence of the register shows nothing";
        foreach (var note in audience?.Notes.Concat(audience.AboutRequests(controller, campaign)) ?? [])
            yield return note;
    }

    AudienceScreened Manifest(
        Campaign campaign,
        ControllerRecord controller,
        ScreeningSummary summary,
        long seq,
        DateTimeOffset readFrom,
        string output
    ) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{campaign.Id}-{readFrom.UtcDateTime:yyyyMMdd'T'HHmmss'.'fff'Z'}"))
        {
            Campaign = campaign.Id,
            CampaignDigest = campaign.Digest,
            Day = campaign.Day,
            KnownAt = summary.KnownAt,
            Law = decider.Law.Digest,
            Policy = controller.PolicyOn(campaign.Day).Digest,
            ControllerSeq = seq,
            ReadFrom = readFrom,
            Counts = summary.Counts.ToImmutableSortedDictionary(pair => pair.Key.Word(), pair => pair.Value, StringComparer.Ordinal),
            FilesIn = List is null
                ? ImmutableSortedDictionary<string, string>.Empty
                : Digests(List.Files.Companions.Select(companion => companion.Path).Prepend(List.Files.People).Concat(SenderFiles())),
            FilesOut = Digests(Outputs.Select(name => Path.Combine(output, name))),
        };

    IEnumerable<string> SenderFiles() => SenderFolder is null ? [] : Directory.EnumerateFiles(SenderFolder, "*.yaml");

    static ImmutableSortedDictionary<string, string> Digests(IEnumerable<string> paths) =>
        paths
            .Where(File.Exists)
            .DistinctBy(Path.GetFileName)
            .ToImmutableSortedDictionary(path => Path.GetFileName(path), FileDigests.Of, StringComparer.Ordinal);

    static bool Reaches(string channel, AddressKind kind) =>
        channel switch
        {
            "email" => kind == AddressKind.Email,
            "sms" or "automated-call" or "live-call" => kind == AddressKind.Telephone,
            _ => true,
        };

    /// <summary>A quoted local part may hold commas and quotes.</summary>
    static string Cell(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
