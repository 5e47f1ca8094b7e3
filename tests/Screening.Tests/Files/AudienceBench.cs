using System.IO.Compression;
using System.Reflection;
using System.Text;
using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Screening.Runs;

namespace MaySend.Screening.Tests.Files;

/// <summary>
/// A made-up UK shop in a folder of its own, with everything on record that a soft opt-in and legitimate interests ask for, so that
/// whatever a test takes away or spoils is what changed the answer. The folder is both the sender's and the audience's.
/// </summary>
sealed class AudienceBench : IDisposable
{
    static readonly Lazy<LawBook> RealLaw = new(() => LawReader.Read(Path.Combine(Root, "law")));

    public AudienceBench()
    {
        Folder = Directory.CreateTempSubdirectory("maysend-test-").FullName;
        Write(
            "sender.yaml",
            """
            sender: lantern-ltd
            establishment: gb
            statutory_charity: no
            statements:
              - {says: offers-to-children, answer: no, since: 2024-01-01, signed: {by: data protection officer, on: 2025-01-05, reason: adults only}}
              - {says: refusals-complete, answer: yes, channels: [email], since: 2024-01-01, signed: {by: data protection officer, on: 2025-01-05, reason: one register}}
              - {says: marketing-only-through-templates, answer: yes, since: 2024-01-01, signed: {by: head of marketing, on: 2025-01-05, reason: log checked}}
              - {says: sends-complete, answer: yes, since: 2024-01-01, signed: {by: head of marketing, on: 2025-01-05, reason: whole log}}
            """
        );
        Write(
            "collection-points.yaml",
            """
            points:
              checkout:
                - {from: 2025-01-01, refusal_offered: yes, refusal_simple: yes, refusal_free: yes, consent_asked: no, notice_named_marketing: yes, notice_named_interest: yes, notice_given: yes,
                   right_to_object_shown: yes, lawful: yes, wording: no offers please, signed: {by: head of e-commerce, on: 2025-01-05, reason: release 1}}
            """
        );
        Write(
            "templates.yaml",
            """
            templates:
              newsletter:
                - {sender: lantern-ltd, channel: email, from: 2024-01-01, refusal_offered: yes, refusal_simple: yes, refusal_free: yes, sender_identified: yes, stop_address_valid: yes,
                   commercial_nature_clear: yes, states_right_to_object: yes, carries_privacy_notice: yes, tracking: none, signed: {by: head of marketing, on: 2025-01-05, reason: kept with its picture}}
            """
        );
        Write(
            "product-map.yaml",
            """
            map: map-1
            products: product-map.csv
            signed: {by: head of merchandising, on: 2025-01-05, reason: by aisle}
            """
        );
        Write("product-map.csv", "code,family,range\nC1,candles,homeware\nT1,tents,camping\n");
        Assess("signed: {by: data protection officer, on: 2025-01-05, reason: expected}, review_due: 2027-01-05");
        Plan("");
        Write(
            "people.csv",
            "address,country,subscriber,address_kind,personal_data,business_capacity\nanna@example.com,gb,individual,named,yes,no\n"
        );
        Write(
            "orders.csv",
            "address,id,when,obtained_by,from,context,point,products,refused\nanna@example.com,order "
                + "1,2025-06-02T10:00:00+01:00,lantern-ltd,recipient,sale,checkout,C1,no\n"
        );
        Write("refusals.csv", "address,id,when,senders,channels\n");
    }

    public static LawBook Law => RealLaw.Value;

    public static string Root =>
        typeof(AudienceBench).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>The folder of sender and audience.</summary>
    public string Folder { get; }

    /// <summary>A file's text, UTF-8.</summary>
    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text, new UTF8Encoding(false));

    /// <summary>A file's bytes.</summary>
    public void WriteBytes(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, name), bytes);

    /// <summary>Text, packed with gzip.</summary>
    public static byte[] Packed(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    public void Delete(string name) => File.Delete(Path.Combine(Folder, name));

    /// <summary>The assessment, with this signature and life.</summary>
    public void Assess(string life) =>
        Write(
            "assessments.yaml",
            $"assessments:\n  LIA-1: {{sender: lantern-ltd, purpose_test: passed, necessity_test: passed, "
                + "balancing_test: passed, channels: [email], audiences: [customers], families: all, countries: all, "
                + $"covers_profiling: no, covers_children: no{(life.Length > 0 ? ", " : "")}{life}}}\n"
        );

    /// <summary>The campaign: the usual one, with lines replaced by their key or, where they begin with a minus, taken out.</summary>
    public void Plan(params string[] changes)
    {
        string[] lines =
        [
            "campaign: spring-2026",
            "sender: lantern-ltd",
            "channel: email",
            "day: 2026-03-10",
            "template: newsletter",
            "topics: [homeware]",
            "families: [candles]",
            "third_party_content: no",
            "sole_purpose_charitable: no",
            "profiling: no",
            "special_category_targeting: no",
        ];
        static string KeyOf(string line) => line.TrimStart('-').Split(':')[0];
        Write(
            "campaign.yaml",
            string.Join(
                '\n',
                lines
                    .Select(line => changes.FirstOrDefault(change => KeyOf(change) == KeyOf(line)) ?? line)
                    .Where(line => !line.StartsWith('-'))
            ) + "\n"
        );
    }

    /// <summary>What reading the audience notes; empty when it is good.</summary>
    public IReadOnlyList<string> Problems(TimeZoneInfo? zone = null)
    {
        var problems = new Problems();
        using var audience = Audience.Open(AudienceFiles.InFolder(Folder, zone), problems);
        (audience is null).ShouldBe(!problems.IsEmpty);
        return Said(problems);
    }

    /// <summary>What reading sender and campaign notes.</summary>
    public IReadOnlyList<string> SenderProblems()
    {
        var problems = new Problems();
        CampaignFile.Read(Path.Combine(Folder, "campaign.yaml"), new ControllerRecord(SenderFolder.Read(Folder, problems)), problems);
        return Said(problems);
    }

    /// <summary>Screens, in shares of at most this many bytes.</summary>
    public Outcome Screen(
        long shareBytes = 128L << 20,
        TimeZoneInfo? zone = null,
        string? shareFolder = null,
        Func<AudienceFiles, AudienceFiles>? with = null
    )
    {
        var problems = new Problems();
        var controller = new ControllerRecord(SenderFolder.Read(Folder, problems));
        var campaign = CampaignFile.Read(Path.Combine(Folder, "campaign.yaml"), controller, problems);
        problems.ThrowIfAny();
        var files = AudienceFiles.InFolder(Folder, zone);
        using var audience = Audience.Open(with is null ? files : with(files), problems, shareBytes: shareBytes, shareFolder: shareFolder);
        problems.ThrowIfAny();
        var rows = new List<Screened>();
        var summary = new Screener(new Decider(RealLaw.Value), audience!.BorneOut(controller), campaign!, campaign!.Day).Screen(
            audience.People(),
            rows.Add
        );
        return new Outcome(summary with { Rows = audience.Rows, Duplicates = audience.Duplicates, Notes = audience.Notes }, rows);
    }

    /// <summary>Screens the folder as the command does, with every list written beside it.</summary>
    public ScreeningSummary ScreenFiles()
    {
        var problems = new Problems();
        var controller = new ControllerRecord(SenderFolder.Read(Folder, problems));
        var campaign = CampaignFile.Read(Path.Combine(Folder, "campaign.yaml"), controller, problems)!;
        problems.ThrowIfAny();
        return FileScreening.Run(
            new Decider(RealLaw.Value),
            controller,
            campaign,
            AudienceFiles.InFolder(Folder, null),
            campaign.Day,
            Path.Combine(Folder, "lists")
        );
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    IReadOnlyList<string> Said(Problems problems) =>
        [
            .. problems.List.Select(problem =>
                $"{problem.Place}: {problem.Text}".Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            ),
        ];
}

/// <summary>What came out, and each person's answer.</summary>
sealed record Outcome(ScreeningSummary Summary, IReadOnlyList<Screened> Rows)
{
    public Verdict Of(string address) => Rows.Single(row => row.Person.Address == address).Verdict;

    public Screened Only => Rows.ShouldHaveSingleItem();
}
