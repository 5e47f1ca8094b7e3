using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Fold;

/// <summary>A mailbox that relates to no identifiable person is the organisation's, and so is a request made for it.</summary>
public class MailboxOfNobodyTests
{
    static readonly Campaign Letters = new("catalogue", "quill-ltd", "post", new DateOnly(2026, 9, 14));

    [Theory]
    [InlineData(false, "organisation")]
    [InlineData(true, "person")]
    [InlineData(null, "person")]
    public void Whoever_asks_for_it_asks_for_the_organisation(bool? isPersonalData, string madeBy)
    {
        RefusalMade asked = new(When.Of(new DateOnly(2026, 4, 2)), "by telephone");
        ConsentAnswered withdrawn = new(When.Of(new DateOnly(2026, 1, 2)), "sign-up")
        {
            To = NameSet.Of("quill-ltd"),
            Withdrawn = When.Of(new DateOnly(2027, 1, 2)),
        };
        foreach (var request in new ContactEntry[] { asked, withdrawn })
        {
            var facts = new FactFinder(new ControllerRecord([new SenderDeclared("quill-ltd")]), Letters, LegalDays.AsWritten).Find(
                [new DetailsStated(When.Of(DateOnly.MinValue), "row 2") { PersonalData = isPersonalData }, request],
                "info@firm.example"
            );
            facts.Of(Scope.Refusal).ShouldHaveSingleItem()[Refusal.MadeBy].ShouldBe(Refusal.MadeBy.Of(madeBy));
        }
    }
}
