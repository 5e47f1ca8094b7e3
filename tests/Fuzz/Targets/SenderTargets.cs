using MaySend.Assessments.Documents;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import;
using MaySend.Gate.Configuration;
using MaySend.Reading;
using MaySend.Records.Inbound;
using MaySend.Records.Outbox;

namespace MaySend.Fuzz.Targets;

/// <summary>The files of a sender, and of whoever sets the program up.</summary>
static class SenderTargets
{
    static readonly string[] Words =
    [
        "sender: ",
        "statements:",
        "says: ",
        "answer: yes",
        "since: 2024-01-01",
        "signed: {by: dpo, on: 2025-01-05, reason: seen}",
        "points:",
        "version: ",
        "boxes: ",
        "templates:",
        "assessments:",
        "channels: [email]",
        "topics: all",
        "from: 2024-01-01",
        "wording: |",
        "refusal_offered: yes",
        "tracking: none",
        "map: ",
        "products: ",
        "columns:",
        "constants:",
        "values:",
        "stops:",
        "only:",
        "format: orders",
        "zone: Europe/London",
    ];

    public static readonly Target[] All =
    [
        Folder("sender-file", "sender.yaml", "what a sender is and states"),
        Folder("collection-points", "collection-points.yaml", "forms and their versions"),
        Folder("templates", "templates.yaml", "templates and their versions"),
        Folder("assessments-file", "assessments.yaml", "assessments in short"),
        Folder("product-map", "product-map.yaml", "what belongs to which family"),
        new("campaign-file", "a campaign", () => Corpus.Files("samples", "*.yaml").Where(IsCampaign), Campaign) { Words = Words },
        new("assessment-document", "an assessment with its answers", () => Corpus.Files("samples/assessments", "*.yaml"), Document)
        {
            Words = Words,
        },
        new(
            "mapping-file",
            "how the columns of a file are called",
            () => Corpus.Files("samples/imports", "*.yaml"),
            octets => Doors.OrRefused(() => MappingFile.Read(Scratch.File("m.yaml", octets)))
        )
        {
            Words = Words,
        },
        new(
            "gate-file",
            "the configuration of the gate",
            () => Corpus.Files("tests/Fuzz/corpus/gate-file"),
            octets => Doors.OrRefused(() => GateFile.Read(Scratch.File("gate.yaml", octets)))
        )
        {
            Words = Words,
        },
        new(
            "inbound-file",
            "which hooks and mailboxes are read",
            () => Corpus.Files("tests/Fuzz/corpus/inbound-file"),
            octets => Doors.OrRefused(() => InboundFile.Read(Scratch.File("inbound.json", octets)))
        ),
        new("mail-out-file", "how mail of our own leaves", () => Corpus.Files("tests/Fuzz/corpus/mail-out-file"), MailOut),
    ];

    static Target Folder(string target, string name, string what) =>
        new(target, $"{name}: {what}", () => Corpus.Files("samples", name, 8), octets => Read(name, octets)) { Words = Words };

    static bool IsCampaign(byte[] file) => file.AsSpan().StartsWith("campaign:"u8);

    static void Read(string name, byte[] octets)
    {
        var folder = Path.Combine(Scratch.Folder, "sender");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Scratch.File("sender/product-map.csv", "code,family,range\nC1,candles,homeware\n"u8.ToArray());
        if (name != "sender.yaml")
            Scratch.File("sender/sender.yaml", "sender: lantern-ltd\nestablishment: gb\n"u8.ToArray());
        Scratch.File($"sender/{name}", octets);
        var problems = new Problems();
        Doors.Said(SenderFolder.Read(folder, problems), problems);
    }

    static void Campaign(byte[] octets)
    {
        var problems = new Problems();
        Doors.Said(
            CampaignFile.Read(Scratch.File("campaign.yaml", octets), new ControllerRecord(Array.Empty<ControllerEntry>()), problems),
            problems
        );
    }

    static void Document(byte[] octets)
    {
        var problems = new Problems();
        Doors.Said(AssessmentFile.Read(Scratch.File("lia.yaml", octets), "lia.yaml", problems), problems);
    }

    static void MailOut(byte[] octets)
    {
        Scratch.File($"out/{MailOutFile.Name}", octets);
        Doors.OrRefused(() => MailOutFile.Read(Path.Combine(Scratch.Folder, "out"), TimeProvider.System));
    }
}
