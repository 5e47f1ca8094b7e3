using System.Reflection;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>Where nobody can tell which form somebody saw, or which was first, nothing is shown that either alone does not.</summary>
public class WhichFormTests
{
    // In London the day before: the form changed in between, by one of the two clocks.
    static readonly When Between = When.Of(new DateTimeOffset(2025, 5, 2, 0, 30, 0, TimeSpan.FromHours(2)));
    static readonly DateOnly Change = new(2025, 5, 2);

    public static TheoryData<string, bool?> Changes =>
        [
            .. from property in Properties
            from value in new bool?[] { true, false, null }
            select new TheoryDataRow<string, bool?>(property.Name, value),
        ];

    static IEnumerable<PropertyInfo> Properties =>
        typeof(Shown).GetProperties().Where(property => property.PropertyType == typeof(bool?) && property.CanWrite);

    static Shown With(string name, bool? value)
    {
        var shown = Shop.Box with { };
        typeof(Shown).GetProperty(name)!.SetValue(shown, value);
        return shown;
    }

    static CollectionPointVersion Form(string id, string point, Shown shown, DateOnly from, DateOnly? until = null) =>
        new(id, point)
        {
            From = from,
            Until = until,
            Shown = shown,
            Signature = Shop.Signed,
        };

    static bool MayBeSent(IEnumerable<ControllerEntry> forms, params ContactEntry[] entries) =>
        Shop.Decide(
            [Shop.InBritain, .. entries],
            controller: [.. Shop.Entries.Where(entry => entry is not CollectionPointVersion), .. forms]
        ).Verdict == Verdict.Permitted;

    [Theory]
    [MemberData(nameof(Changes))]
    public void Of_two_versions_only_what_both_show_counts(string name, bool? value)
    {
        var other = With(name, value);
        var alone = MayBeSent([Form("checkout@1", "checkout", other, new(2025, 3, 1))], Shop.Order(Between));
        foreach (var (before, after) in new[] { (Shop.Box, other), (other, Shop.Box) })
        {
            CollectionPointVersion[] forms =
            [
                Form("checkout@1", "checkout", before, new(2025, 3, 1), Change),
                Form("checkout@2", "checkout", after, Change),
            ];
            MayBeSent(forms, Shop.Order(Between)).ShouldBe(alone, $"{name} {value}");
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Of_two_forms_of_one_day_the_stricter_may_have_been_the_first(string name, bool? value)
    {
        CollectionPointVersion[] forms =
        [
            Form("checkout@1", "checkout", Shop.Box, new(2025, 3, 1)),
            Form("till@1", "till", With(name, value), new(2025, 3, 1)),
        ];
        ContactEntry[] At(When checkout, When till) => [Shop.Order(checkout), Shop.Order(till, "order 2") with { Point = "till" }];
        var (early, late, day) = (Shop.On(2025, 5, 2, 9), Shop.On(2025, 5, 2, 18), When.Of(new DateOnly(2025, 5, 2)));
        var both = MayBeSent(forms, At(early, late)) && MayBeSent(forms, At(late, early));
        if (MayBeSent(forms, At(day, day)))
            both.ShouldBeTrue($"{name} {value}");
    }

    [Fact]
    public void A_form_that_began_between_the_two_days_shows_nothing()
    {
        MayBeSent([Form("checkout@2", "checkout", Shop.Box, Change)], Shop.Order(Between)).ShouldBeFalse();
        MayBeSent([Form("checkout@1", "checkout", Shop.Box, new(2025, 3, 1), Change)], Shop.Order(Between)).ShouldBeFalse();
        MayBeSent([Form("checkout@1", "checkout", Shop.Box, new(2025, 3, 1))], Shop.Order(Between)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    public void Two_versions_that_are_not_both_signed_show_nothing(bool first, bool second, bool isShown)
    {
        var (before, after) = (
            Form("checkout@1", "checkout", Shop.Box, new(2025, 3, 1), Change),
            Form("checkout@2", "checkout", Shop.Box, Change)
        );
        MayBeSent(
                [before with { Signature = first ? Shop.Signed : null }, after with { Signature = second ? Shop.Signed : null }],
                Shop.Order(Between)
            )
            .ShouldBe(isShown);
    }

    [Fact]
    public void Consent_on_a_form_of_two_versions_with_other_boxes_or_words_is_not_shown()
    {
        var box = Shop.News;
        bool Consents(params Box[] after)
        {
            var form = Form("sign@1", "sign", Shop.Box, new(2025, 3, 1), Change) with { Boxes = [box], Wording = "Sign up" };
            var next = Form("sign@2", "sign", Shop.Box, Change) with { Boxes = [.. after], Wording = "Sign up" };
            var order = Shop.Order(Between, refused: null) with
            {
                Point = "sign",
                Context = "newsletter",
                Boxes = System.Collections.Immutable.ImmutableSortedDictionary<string, bool>.Empty.Add("news", true),
            };
            return MayBeSent([form, next], order);
        }
        Consents(box).ShouldBeTrue();
        Consents().ShouldBeFalse();
        Consents(box with { TickedByDefault = true }).ShouldBeFalse();
        Consents(box, new Box("more", BoxKind.OptIn) { TickedByDefault = false }).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void A_message_between_two_versions_of_a_template_carried_the_one_that_offers_less(bool before, bool after, bool maySend)
    {
        var template = (TemplateVersion)Shop.Entries.Single(entry => entry is TemplateVersion);
        ControllerEntry[] controller =
        [
            .. Shop.Entries.Where(entry => entry != template),
            template with
            {
                Template = "letter",
                Id = "letter@1",
                RefusalOffered = before,
                Until = new(2025, 8, 1),
            },
            template with
            {
                Template = "letter",
                Id = "letter@2",
                RefusalOffered = after,
                From = new(2025, 8, 1),
            },
            template,
        ];
        var sent = new MessageSent(
            When.Of(new DateTimeOffset(2025, 8, 1, 0, 30, 0, TimeSpan.FromHours(2))),
            "m-1",
            Shop.Name,
            "email",
            IsMarketing: true
        )
        {
            Template = "letter",
        };
        var decision = Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), sent], controller: controller);
        (decision.Verdict == Verdict.Permitted).ShouldBe(maySend, decision.Send.Code);
    }

    [Theory]
    [InlineData(null, "consent")]
    [InlineData("consent", null)]
    [InlineData("legitimate-interests", "consent")]
    [InlineData("consent", "legitimate-interests")]
    public void What_one_of_two_versions_took_on_consent_was_taken_on_consent(string? before, string? after)
    {
        CollectionPointVersion[] Forms(string? first, string? second) =>
            [
                Form("checkout@1", "checkout", Shop.Box with { BasisClaimed = first }, new(2025, 3, 1), Change),
                Form("checkout@2", "checkout", Shop.Box with { BasisClaimed = second }, Change),
            ];
        MayBeSent(Forms(before, after), Shop.Order(Between)).ShouldBeFalse();
        MayBeSent(Forms("legitimate-interests", "legitimate-interests"), Shop.Order(Between)).ShouldBeTrue();
    }

    [Fact]
    public void Words_that_only_one_of_two_versions_showed_prove_nothing()
    {
        var box = Shop.News with { Wording = "" };
        bool Consents(string before, string after)
        {
            var order = Shop.Order(Between, refused: null) with
            {
                Point = "sign",
                Context = "newsletter",
                Boxes = System.Collections.Immutable.ImmutableSortedDictionary<string, bool>.Empty.Add("news", true),
            };
            return MayBeSent(
                [
                    Form("sign@1", "sign", Shop.Box, new(2025, 3, 1), Change) with
                    {
                        Boxes = [box],
                        Wording = before,
                    },
                    Form("sign@2", "sign", Shop.Box, Change) with
                    {
                        Boxes = [box],
                        Wording = after,
                    },
                ],
                order
            );
        }
        Consents("Sign up", "Sign up").ShouldBeTrue();
        Consents("Sign up", "Join us").ShouldBeFalse();
        Consents("Sign up", "").ShouldBeFalse();
    }

    [Fact]
    public void What_nobody_signed_and_what_is_signed_for_later_are_both_heard_against_sending()
    {
        var later = Shop.Signed with { On = Shop.Day.AddDays(5) };
        var (says, silent) = (Shop.Box with { RefusalOffered = false }, new Shown());
        var order = Shop.Order(Shop.On(2025, 5, 2)) with { Shown = Shop.Box };
        bool MaySend(Shown signedLater, Shown unsigned)
        {
            var form = Form("checkout@1", "checkout", signedLater, new(2025, 3, 1)) with { Signature = later };
            var record = ControllerRecord.Of([
                .. Shop.Entries.Where(entry => entry is not CollectionPointVersion).Select(entry => new OnRecord(entry, BySigner: true)),
                new OnRecord(form, BySigner: true, 90),
                new OnRecord(form with { Shown = unsigned, Signature = null }, BySigner: false, 91),
            ]);
            return Asking.Decide(Shop.Decider, record, Shop.Spring, [Shop.InBritain, order], "anna@example.com", Shop.Day).Verdict
                == Verdict.Permitted;
        }
        MaySend(silent, silent).ShouldBeTrue();
        MaySend(silent, says).ShouldBeFalse();
        MaySend(says, silent).ShouldBeFalse();
    }

    [Fact]
    public void What_was_said_against_sending_and_not_signed_is_silenced_by_nobody_but_who_may_sign()
    {
        var form = Form("checkout@1", "checkout", Shop.Box with { RefusalOffered = false }, new(2025, 3, 1)) with { Signature = null };
        var order = Shop.Order(Shop.On(2025, 5, 2)) with { Shown = Shop.Box };
        bool MaySend(params OnRecord[] said)
        {
            var record = ControllerRecord.Of([
                .. Shop.Entries.Where(entry => entry is not CollectionPointVersion).Select(entry => new OnRecord(entry, BySigner: true)),
                .. said,
            ]);
            return Asking.Decide(Shop.Decider, record, Shop.Spring, [Shop.InBritain, order], "anna@example.com", Shop.Day).Verdict
                == Verdict.Permitted;
        }
        var silent = form with { Shown = new Shown() };
        MaySend(new OnRecord(form, BySigner: true, 90)).ShouldBeFalse();
        MaySend(new OnRecord(form, BySigner: true, 90), new OnRecord(silent, BySigner: false, 91)).ShouldBeFalse();
        MaySend(new OnRecord(form, BySigner: true, 90), new OnRecord(silent, BySigner: true, 91)).ShouldBeTrue();
        MaySend(new OnRecord(form, BySigner: false, 90), new OnRecord(silent, BySigner: false, 91)).ShouldBeFalse();
        MaySend(new OnRecord(form, BySigner: false, 90), new OnRecord(silent, BySigner: true, 91)).ShouldBeTrue();
    }
}
