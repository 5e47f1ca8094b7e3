using System.CommandLine;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Exports;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Assessing;
using MaySend.Records.Attaching;
using MaySend.Stores;

namespace MaySend.Cli.Commands;

/// <summary>
/// <c>maysend assess export</c>: a document file for people or programs, or a version that a server keeps, with what was remarked on it and
/// attached to it.
/// </summary>
static class AssessExport
{
    public static Command Make(TimeProvider clock)
    {
        var (file, on) = (AssessCommand.File(), AssessCommand.On());
        file.Description = "a document file, such as assessments/LIA-3.v1.yaml; with --data the name of a version, such as LIA-3.v1";
        var format = new Option<string>("--format")
        {
            Description = "md, html or json",
            DefaultValueFactory = _ => "md",
        }.AcceptOnlyFromAmong("md", "html", "json");
        var to = new Option<string?>("--out") { Description = "the file to write; standard output if left out" };
        var data = new Option<string?>("--data")
        {
            Description = "take the version from this evidence store, with its remarks and a list of its attachments",
            HelpName = "DIR|CONNECTION",
        };
        var keys = StoreOptions.Keys();
        var attachments = new Option<string?>("--attachments")
        {
            Description = "write the attached files into this folder",
            HelpName = "DIR",
        };
        var command = new Command("export", "Write out the whole assessment, for people or for programs.")
        {
            file,
            format,
            to,
            on,
            data,
            keys,
            attachments,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(data) is null && (result.GetValue(attachments) ?? result.GetValue(keys)) is not null)
                result.AddError("--attachments and --keys need --data");
        });
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var (named, day) = (parsed.GetValue(file)!, parsed.GetValue(on) ?? AssessCommand.Today(clock));
                var (document, beside) = parsed.GetValue(data) is { } store
                    ? await FromStoreAsync(store, parsed.GetValue(keys), named, parsed.GetValue(attachments), cancellation)
                    : (AssessCommand.Read(named).Document, null);
                var text = parsed.GetValue(format) switch
                {
                    "html" => AssessmentExport.ToHtml(document, day, beside),
                    "json" => AssessmentExport.ToJson(document, day, beside),
                    _ => AssessmentExport.ToMarkdown(document, day, beside),
                };
                if (parsed.GetValue(to) is { } path)
                    await File.WriteAllTextAsync(path, text, cancellation);
                else
                    Console.WriteLine(text);
                return ExitCode.Done;
            }
        );
        return command;
    }

    static async Task<(AssessmentDocument Document, BesideDocument Beside)> FromStoreAsync(
        string location,
        string? keys,
        string version,
        string? folder,
        CancellationToken cancellation
    )
    {
        await using var store = await OpenStore.OpenAsync(location, keys);
        var records = new ServerRecords(store.Evidence);
        if (await new AssessmentDesk(store.Evidence, records, Home.ReadLaw(null)).FindAsync(version) is not { } draft)
            throw new BadInputException(
                new Place("file"),
                $"`{version}` is not a version that is written in this store",
                "such as LIA-3.v1; GET /v1/assessments and the console list them"
            );
        var files = new Attachments(records, store.Evidence.Clock, EvidenceStores.FolderBeside(location, keys));
        var beside = await new AssessmentComments(records, store.Evidence.Clock).BesideAsync(version, files, cancellation);
        if (folder is not null)
            await WriteAsync(files, version, folder, cancellation);
        return (draft.Document, beside);
    }

    /// <summary>Writes each file under its name; of two of one name the later with the beginning of its digest in front.</summary>
    static async Task WriteAsync(Attachments files, string version, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var written = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in await files.OfAsync(Attachments.ToAssessment(version), cancellation))
        {
            var octets =
                files.Read(file)
                ?? throw new BadInputException(
                    new Place("--attachments"),
                    $"{file.Name} is not kept on this machine, or was changed",
                    "run it where the server's folder is"
                );
            var name = written.Add(file.Name) ? file.Name : $"{file.Digest[..Digest.ShortLength]} {file.Name}";
            await File.WriteAllBytesAsync(Path.Combine(folder, name), octets, cancellation);
        }
    }
}
