using MaySend.Evidence.Entries;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;

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

    [Fact]
    public void Two_rows_of_one_file_that_say_the_same_are_two_messages_to_one_address_and_one_to_each_of_two()
    {
        var repeated = new RepeatedMessages();
        var (anna, ben) = (Address.Read("anna@example.com").Required(), Address.Read("ben@example.com").Required());
        var named = Proposal.Named(Sent, "sends");
        var ids = new[] { anna, anna, ben, anna }.Select(to => repeated.Told(named, to)).ToList();
        ids[0].ShouldBe(named);
        ids[2].ShouldBe(named);
        ids.Select(entry => entry.Id).Distinct().Count().ShouldBe(3);
        ids.ShouldAllBe(entry => Proposal.WithoutMadeUpId(entry) == Sent);
        new RepeatedMessages().Told(named, anna).ShouldBe(named, "in another file it is the first again");
    }

    [Theory]
    [InlineData("m-12")]
    [InlineData("m-12 again 1")]
    [InlineData("sends 0123456789 again 2")]
    [InlineData("sends 0123456789")]
    [InlineData("rows 12")]
    public void One_that_the_source_gave_stays(string id) => Proposal.WithoutMadeUpId(Sent with { Id = id }).Id.ShouldBe(id);
}
