using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Records.Start;

/// <summary>The folder of an interview as it stands, or as it would stand: what is screened to say where the interview is.</summary>
sealed class StartStanding : IDisposable
{
    readonly string? temporary;

    StartStanding(string sender, AudienceFiles people, string? temporary)
    {
        (People, this.temporary) = (people, temporary);
        try
        {
            var problems = new Problems();
            Controller = new ControllerRecord(SenderFolder.Read(sender, problems, Assessments.Documents.AssessmentFolder.Read));
            problems.ThrowIfAny();
            var campaign = CampaignFile.Read(Path.Combine(sender, "campaigns", $"{StartFolder.Campaign}.yaml"), Controller, problems);
            problems.ThrowIfAny();
            Campaign = campaign!;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What is on record about the sender.</summary>
    public ControllerRecord Controller { get; }

    /// <summary>The mailing.</summary>
    public Campaign Campaign { get; }

    AudienceFiles People { get; }

    /// <summary>As it stands, with the signatures there are.</summary>
    /// <exception cref="BadInputException">Something in the folder cannot be used.</exception>
    public static StartStanding AsItIs(string folder) => new(folder, AudienceFiles.InFolder(folder, null), null);

    /// <summary>As it would stand if every sentence that nobody has signed were signed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="record">What was answered.</param>
    /// <param name="on">The day of those signatures.</param>
    /// <exception cref="BadInputException">Something in the folder cannot be used.</exception>
    public static StartStanding Signed(string folder, StartRecord record, DateOnly on)
    {
        var supposed = Directory.CreateTempSubdirectory("maysend-").FullName;
        StartFolder.Write(
            supposed,
            record,
            sentence => record.SignatureOf(sentence) ?? new Signature("nobody yet", on, "supposed"),
            audience: folder
        );
        // What was weighed beside the interview counts as it is: it is signed elsewhere, or not at all.
        if (File.Exists(Path.Combine(folder, "assessments.yaml")))
            File.Copy(Path.Combine(folder, "assessments.yaml"), Path.Combine(supposed, "assessments.yaml"));
        if (Directory.Exists(Path.Combine(folder, "assessments")))
            foreach (var document in Directory.EnumerateFiles(Path.Combine(folder, "assessments"), "*.yaml"))
                File.Copy(
                    document,
                    Path.Combine(Directory.CreateDirectory(Path.Combine(supposed, "assessments")).FullName, Path.GetFileName(document))
                );
        var people = AudienceFiles.InFolder(folder, null);
        if (Path.Combine(supposed, "people.csv") is var told && File.Exists(told))
            people = people with { People = told };
        foreach (var kind in CompanionFiles.All)
            if (Path.Combine(supposed, $"{kind.Name}.csv") is var answered && File.Exists(answered))
                people = people with
                {
                    Companions = [.. people.Companions.Where(companion => !IsReplaced(companion, folder, kind)), (kind, answered)],
                };
        if (!people.HasRefusals && record["stops", "answer"] == "all")
        {
            var register = Path.Combine(supposed, "refusals.csv");
            StartIntake.WriteEmptyRegister(register);
            people = people with { Companions = [.. people.Companions, (CompanionFiles.Refusals, register)] };
        }
        return new(supposed, people, supposed);
    }

    static bool IsReplaced((CompanionFile Kind, string Path) companion, string folder, CompanionFile kind) =>
        companion.Kind == kind && companion.Path == Path.Combine(folder, $"{kind.Name}.csv");

    /// <summary>The people.</summary>
    /// <exception cref="BadInputException">Something in their files cannot be used.</exception>
    public Audience OpenAudience()
    {
        var problems = new Problems();
        var audience = Audience.Open(People, problems);
        problems.ThrowIfAny();
        return audience!;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (temporary is not null && Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
    }
}
