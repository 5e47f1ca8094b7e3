using System.Text.Json;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Reading;

namespace MaySend.Decisions.Packs;

/// <summary>What checking a pack gave.</summary>
/// <param name="Files">Files whose digest was compared.</param>
/// <param name="Decisions">Decisions that were made again from the pack alone.</param>
/// <param name="Faults">What is wrong; empty when the pack is sound.</param>
public sealed record PackReport(int Files, int Decisions, IReadOnlyList<string> Faults);

/// <summary>
/// Checks a pack offline: every file against the manifest, the law against its digest, and every decision by making it again from the
/// entries and the law in the pack. That the entries are the ledger's own is shown by the ledger: their hashes lie under the signed
/// checkpoint.
/// </summary>
public static class PackCheck
{
    /// <summary>Checks a folder.</summary>
    public static PackReport Run(string folder)
    {
        var faults = new List<string>();
        var manifest = Path.Combine(folder, EvidencePack.Manifest);
        if (!File.Exists(manifest))
            return new(0, 0, [$"{folder} holds no {EvidencePack.Manifest}: it is not an evidence pack"]);
        var listed = File.ReadAllLines(manifest)
            .Select(line => line.Split("  ", 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[1], parts => parts[0], StringComparer.Ordinal);
        var there = EvidencePack.FilesIn(folder).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(listed.Keys.Where(name => !there.Contains(name)).Select(name => $"{name} is missing"));
        faults.AddRange(there.Where(name => !listed.ContainsKey(name)).Select(name => $"{name} is not in the manifest"));
        faults.AddRange(
            there
                .Where(name => listed.TryGetValue(name, out var digest) && digest != EvidencePack.DigestOf(Path.Combine(folder, name)))
                .Select(name => $"{name} was changed after it was packed")
        );
        if (faults.Count > 0)
            return new(listed.Count, 0, faults);
        try
        {
            var content = PackContent.Read(File.ReadAllText(Path.Combine(folder, "pack.json")));
            var deciders = new Dictionary<string, Decider>(StringComparer.Ordinal);
            var decided = content.Decisions.Where(decision => decision.Explanation is not null).ToList();
            foreach (var decision in decided)
                Decide(folder, content, decision, deciders, faults);
            return new(listed.Count, decided.Count, faults);
        }
        catch (Exception error) when (error is JsonException or BadInputException or FileNotFoundException)
        {
            return new(listed.Count, 0, [error.Message]);
        }
    }

    static void Decide(string folder, PackContent content, PackedDecision packed, Dictionary<string, Decider> deciders, List<string> faults)
    {
        if (DecisionId.Parse(packed.Id) is not { } id)
        {
            faults.Add($"{packed.Id} is not a decision's id");
            return;
        }
        if (!deciders.TryGetValue(id.Law, out var decider))
            deciders[id.Law] = decider = new Decider(new LawArchive(Path.Combine(folder, "law")).Read(id.Law));
        var controller = ControllerRecord.Of(
            content.ControllerEntries.Where(entry => entry.Seq <= id.Position.ControllerSeq).Select(entry => entry.OnRecord)
        );
        if (ControllerRecord.Of(content.ControllerEntries.Select(entry => entry.OnRecord)).Campaign(id.Campaign) is not { } campaign)
        {
            faults.Add($"{packed.Id}: its campaign is not in the pack");
            return;
        }
        var suppressions = content.Suppressions.Where(suppression =>
            packed.DecidedAt is not { } then || suppression.When.At is not { } made || made <= then
        );
        ContactEntry[] entries =
        [
            .. suppressions,
            .. content.Entries.Where(entry => entry.Seq <= id.Position.Contact.Seq).Select(entry => entry.ForDecision),
        ];
        var again = Asking.Decide(decider, controller, campaign.OnDay(id.Day), entries, content.About, id.KnownAt);
        if ((again.Verdict.Word(), again.Send.Code, again.Process.Code) != (packed.Verdict, packed.Send, packed.Process))
            faults.Add($"{packed.Id}: {packed.Verdict} was answered, {again.Verdict.Word()} follows from the pack ({again.Reason.Code})");
    }
}
