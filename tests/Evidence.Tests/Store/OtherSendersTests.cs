using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Tests.Store;

/// <summary>Two senders that call their forms, templates and statements the same are kept apart in one store.</summary>
public class OtherSendersTests
{
    static readonly DateOnly Day = new(2026, 9, 14);
    static readonly Signature Signed = new("officer", new DateOnly(2026, 2, 3), "kept with its picture");

    static SenderDeclared Sender(string id) => new(id) { Establishment = "gb", Signature = Signed };

    static StatementSigned Complete(string sender, bool answer = true) =>
        new("refusals-complete", sender, StatementKind.RefusalsComplete)
        {
            Answer = answer,
            Since = new DateOnly(2025, 1, 1),
            Signature = Signed,
        };

    static CollectionPointVersion Till(bool offered, string id = "till@1") =>
        new(id, "till")
        {
            From = new DateOnly(2025, 1, 1),
            Shown = new Shown { RefusalOffered = offered },
            Signature = Signed,
        };

    static ProductMapSigned Map(string id, params string[] codes) =>
        new(id, [.. codes.Select(code => new MappedProduct(code, "lamps", "homeware"))], Signed);

    static readonly ControllerEntry[] Quill =
    [
        Sender("quill-ltd"),
        Complete("quill-ltd"),
        Till(offered: false),
        new TemplateVersion("letter@1", "letter") { Sender = "quill-ltd", Signature = Signed },
        new AssessmentRecorded("LIA-1") { Sender = "quill-ltd", Signature = Signed },
        new CampaignRegistered("1", new Campaign("autumn", "quill-ltd", "email", Day)),
        Map("map-1", "Q1", "Q2"),
    ];

    static (IReadOnlyList<ControllerEntry> Entries, List<string> Conflicts) Apart(
        IReadOnlyList<ControllerEntry> recorded,
        params ControllerEntry[] described
    )
    {
        var conflicts = new List<string>();
        return (OtherSenders.Apart(described, recorded, conflicts), conflicts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_statement_stands_beside_another_senders_of_the_same_name(bool answer)
    {
        var (first, conflicts) = Apart(Quill, Sender("reed-ltd"), Complete("reed-ltd", answer));
        conflicts.ShouldBeEmpty();
        var record = new ControllerRecord([.. Quill, .. first]);
        record.Statement("quill-ltd", StatementKind.RefusalsComplete, Day)!.Answer.ShouldBe(true);
        record.Statement("reed-ltd", StatementKind.RefusalsComplete, Day)!.Answer.ShouldBe(answer);
        // Loaded again either finds what is its own.
        Apart([.. Quill, .. first], Sender("reed-ltd"), Complete("reed-ltd", answer)).Entries.ShouldBe(first);
        Apart([.. Quill, .. first], Quill).Entries.ShouldBe(Quill);
    }

    [Fact]
    public void Nothing_of_a_new_sender_takes_the_place_of_what_another_has_on_record()
    {
        Apart(
            Quill,
            Sender("reed-ltd"),
            Till(offered: true),
            Till(offered: true, "till@2"),
            new TemplateVersion("letter@9", "letter") { Sender = "reed-ltd", Signature = Signed },
            new AssessmentRecorded("LIA-1") { Sender = "reed-ltd", Signature = Signed },
            new CampaignRegistered("2", new Campaign("autumn", "reed-ltd", "email", Day)),
            Map("map-2", "Q1", "R1")
        )
            .Conflicts.Count.ShouldBe(6);
        Apart(Quill, Sender("reed-ltd"), Till(offered: false), Map("map-2", "Q1", "Q2", "R1"))
            .Conflicts.ShouldBeEmpty("it is all the same");
        Apart([], Quill).Conflicts.ShouldBeEmpty("there is nobody else");
    }

    [Fact]
    public void A_sender_corrects_what_is_its_own()
    {
        var (entries, conflicts) = Apart(
            Quill,
            Sender("quill-ltd"),
            Complete("quill-ltd", answer: false),
            Till(offered: true),
            Map("map-1", "Q9")
        );
        conflicts.ShouldBeEmpty();
        entries.OfType<StatementSigned>().ShouldHaveSingleItem().Id.ShouldBe("refusals-complete");
    }

    [Fact]
    public void Of_several_product_maps_only_the_one_in_force_has_to_stay()
    {
        var older = Map("map-0", "OLD") with { Signature = Signed with { On = new DateOnly(2025, 1, 1) } };
        Apart([older, .. Quill], Sender("reed-ltd"), Map("map-2", "Q1", "Q2", "R1")).Conflicts.ShouldBeEmpty();
    }
}
