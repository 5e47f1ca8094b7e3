using MaySend.Evidence.Entries;
using MaySend.Evidence.Import.Formats;

namespace MaySend.Evidence.Tests.Import;

/// <summary>An id that was made up tells no two facts apart.</summary>
public class MadeUpIdTests
{
    static readonly MessageSent Sent = new(When.Of(new DateOnly(2026, 8, 3)), "", "quill-ltd", "email", true) { Template = "letter" };

    [Fact]
    public void One_made_of_a_row_and_one_made_of_what_it_says_are_the_same_fact()
    {
        var imported = Proposal.Named(Sent, "sends");
        imported.Id.ShouldNotBe("");
        Proposal.WithoutMadeUpId(imported).ShouldBe(Sent);
        Proposal.WithoutMadeUpId(Sent with { Id = "row 12" }).ShouldBe(Sent);
    }

    [Theory]
    [InlineData("m-12")]
    [InlineData("sends 0123456789")]
    [InlineData("rows 12")]
    public void One_that_the_source_gave_stays(string id) => Proposal.WithoutMadeUpId(Sent with { Id = id }).Id.ShouldBe(id);
}
