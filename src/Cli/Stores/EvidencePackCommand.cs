using System.CommandLine;
using MaySend.Cli.Commands;
using MaySend.Decisions.Packs;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Attaching;
using MaySend.Records.Auditing;
using MaySend.Stores;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary>
/// <c>maysend evidence-pack</c>: what a regulator asks for about one person or one campaign, in one folder that can be checked offline.
/// </summary>
static class EvidencePackCommand
{
    public static Command Make()
    {
        var address = new Argument<string?>("address") { Description = "the address of the person", Arity = ArgumentArity.ZeroOrOne };
        var campaign = new Option<string?>("--campaign") { Description = "a campaign on record instead of a person" };
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var output = new Option<string?>("--out") { Description = "an empty or new folder" };
        var command = new Command(
            "evidence-pack",
            "What a regulator asks for about one person or one campaign: evidence, decisions, law, in one folder that "
                + "can be checked offline."
        )
        {
            address,
            campaign,
            output,
            data,
            keys,
        };
        command.Add(Check());
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var (whom, what) = (parsed.GetValue(address), parsed.GetValue(campaign));
                if (whom is null == what is null || parsed.GetValue(output) is not { } folder)
                    throw new BadInputException(
                        new Place("evidence-pack"),
                        "give --out, and an address or --campaign",
                        "evidence-pack anna@example.com --out DIR"
                    );
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var location = parsed.GetValue(data)!;
                if (whom is null)
                    await store.ShownAsync(Viewed.Pack, about: $"campaign {what}");
                else
                    await store.ShownAsync(
                        Viewed.Pack,
                        (await store.Evidence.FindAsync(StoreOptions.ReadAddress(whom), cancellation: cancellation)).Contact
                    );
                var pack = new EvidencePack(store.Evidence, store.Archive)
                {
                    Screenshot = new Attachments(
                        new ServerRecords(store.Evidence),
                        store.Evidence.Clock,
                        EvidenceStores.FolderBeside(location, parsed.GetValue(keys))
                    ).ScreenshotAsync,
                    Proof = (chain, seq, checkpoint) => PackProofs.MakeAsync(location, chain, seq, checkpoint),
                };
                var content = whom is not null
                    ? await pack.OfPersonAsync(StoreOptions.ReadAddress(whom), folder, cancellation)
                    : await pack.OfCampaignAsync(what!, folder, cancellation);
                Console.WriteLine(
                    $"written to {Home.Shown(folder)}/: index.html, pack.json, law/, {EvidencePack.Proofs}/, {EvidencePack.Manifest}; "
                        + $"{Amount.Of(content.Entries.Length, "entry", "entries")} about the person, "
                        + $"{content.ControllerEntries.Length} about the sender, {Amount.Of(content.Decisions.Length, "decision")}"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Check()
    {
        var folder = new Argument<string>("folder") { Description = "the pack" };
        var verifiers = new Option<string[]>("--verifier-key")
        {
            Description =
                "a key that may have signed the checkpoint: checks that the ledger holds an entry of that kind and time at every place the "
                + "pack names; may be repeated",
        };
        var command = new Command(
            "check",
            "Check a pack offline: every file, the law, and every decision made again from the pack alone. Exit status: 0 sound, 1 not."
        )
        {
            folder,
            verifiers,
        };
        command.SetAction(parsed =>
        {
            var report = PackCheck.Run(parsed.GetValue(folder)!);
            var keys = parsed.GetValue(verifiers) ?? [];
            var faults = report.Faults.ToList();
            var counts = FormattableString.Invariant(
                $"{Amount.Of(report.Files, "file")}, {Amount.Of(report.Decisions, "decision")} made again"
            );
            if (keys.Length > 0 && faults.Count == 0)
            {
                var (proven, wrong) = PackProofs.Check(parsed.GetValue(folder)!, keys);
                faults.AddRange(wrong);
                counts += FormattableString.Invariant($", {proven} places in the ledger proven by kind and time");
            }
            foreach (var fault in faults)
                AnsiConsole.MarkupLineInterpolated($"[red]{fault}[/]");
            AnsiConsole.MarkupLineInterpolated(
                faults.Count == 0 ? (FormattableString)$"[green]sound[/]: {counts}" : $"[red]not sound[/]: {counts}"
            );
            if (keys.Length == 0)
                AnsiConsole.MarkupLine("[grey]no verifier key was given, so MaySend did not check that the ledger holds these entries[/]");
            return faults.Count == 0 ? ExitCode.Done : ExitCode.CheckFailed;
        });
        return command;
    }
}
