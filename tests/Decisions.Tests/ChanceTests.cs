using System.Collections.Immutable;
using CsCheck;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>What must hold of any entries about a person, in any number and order. A failing seed is printed.</summary>
public class ChanceTests
{
    static readonly IReadOnlyList<ControllerEntry> Controller =
    [
        .. Shop.Entries,
        new CollectionPointVersion("phone@1", "phone")
        {
            From = new DateOnly(2025, 1, 1),
            Shown = new Shown
            {
                RefusalOffered = false,
                ConsentAsked = false,
                NoticeNamedInterest = true,
            },
            Signature = Shop.Signed,
        },
        new CollectionPointVersion("boxes@1", "boxes")
        {
            From = new DateOnly(2025, 1, 1),
            Shown = Shop.Box with { ConsentAsked = null, RefusalOffered = null },
            Boxes =
            [
                Shop.News,
                new Box("texts", BoxKind.OptIn) { TickedByDefault = true, Channels = NameSet.Of("sms") },
                new Box("no", BoxKind.OptOut) { TickedByDefault = false, Channels = NameSet.Of("email") },
            ],
            Signature = Shop.Signed,
        },
    ];

    static readonly Gen<When> Times =
        from day in Gen.Int[0, 400]
        from hour in Gen.Int[0, 23]
        from offset in Gen.Int[-11, 13]
        from isDay in Gen.Bool
        select isDay
            ? When.Of(new DateOnly(2025, 2, 20).AddDays(day))
            : When.Of(new DateTimeOffset(2025, 2, 20, hour, 0, 0, TimeSpan.FromHours(offset)).AddDays(day));

    static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    static Gen<bool?> Maybe => OneOf<bool?>(true, false, null);

    static readonly Gen<NameSet?> Topics = OneOf<NameSet?>(null, NameSet.Of("homeware"), NameSet.Of("partner-offers"), NameSet.Everything);

    static readonly Gen<ContactEntry> Collections =
        from when in Times
        from id in Gen.Int[1, 4]
        from context in OneOf("sale", "sale", "sale", "cancelled-sale", "free-account", "started-checkout")
        from point in OneOf<string?>("checkout", "checkout", "phone", "boxes", "sign-up", null)
        from refused in OneOf<bool?>(false, false, null, true)
        from news in Maybe
        from no in Maybe
        from sender in OneOf(Shop.Name, Shop.Name, Shop.Name, "other-ltd")
        from product in OneOf("C1", "C1", "T1", "X9")
        select (ContactEntry)
            new DetailsCollected(when, $"order {id}")
            {
                ObtainedBy = sender,
                From = "recipient",
                Context = context,
                Point = point,
                Refused = refused,
                Products = [product],
                ConsentTicked = news,
                Boxes = Ticks(news, no),
            };

    static readonly Gen<ContactEntry> Answers =
        from when in Times
        from hours in Gen.Int[-2, 30]
        from act in OneOf<string?>("declined", "unticked-box", "pre-ticked", null)
        from channel in OneOf("email", "email", "sms")
        from topics in Topics
        from age in OneOf<int?>(null, 40, 12)
        select (ContactEntry)(
            Shop.DoubleOptIn(when, $"answer {hours}") with
            {
                Act = act,
                Channels = NameSet.Of(channel),
                Topics = topics,
                Age = age,
                Confirmed = when.At is { } at ? When.Of(at.AddHours(hours)) : null,
            }
        );

    static readonly Gen<ContactEntry> Messages =
        from when in Times
        from channel in OneOf("email", "post")
        from template in OneOf<string?>("newsletter", null)
        select (ContactEntry)new MessageSent(when, $"message {when}", Shop.Name, channel, IsMarketing: true) { Template = template };

    static readonly Gen<ContactEntry[]> People = Gen.Frequency((5, Collections), (2, Answers), (2, Messages)).Array[0, 6];

    static ImmutableSortedDictionary<string, bool> Ticks(bool? news, bool? no)
    {
        var ticks = ImmutableSortedDictionary<string, bool>.Empty;
        if (news is { } yes)
            ticks = ticks.Add("news", yes).Add("texts", yes);
        return no is { } refused ? ticks.Add("no", refused) : ticks;
    }

    static Decision Decide(params IEnumerable<ContactEntry> entries) => Shop.Decide([Shop.InBritain, .. entries], controller: Controller);

    static readonly Gen<(ContactEntry[] Entries, int Seed)> InAnyOrder = Gen.Select(People, Gen.Int[1, 1000]);

    [Fact]
    public void The_order_in_which_entries_about_people_were_recorded_never_matters() =>
        InAnyOrder.Sample(each =>
        {
            var random = new Random(each.Seed);
            var (asMade, shuffled) = (Decide(each.Entries), Decide([.. each.Entries.OrderBy(_ => random.Next())]));
            return asMade.Verdict == shuffled.Verdict
                && asMade.Send.Code == shuffled.Send.Code
                && asMade.Process.Code == shuffled.Process.Code;
        });

    [Fact]
    public void Asking_in_vain_never_permits() =>
        Gen.Select(People, Times, Topics)
            .Sample(
                (entries, when, topics) =>
                {
                    var declined = Shop.DoubleOptIn(when, "no") with { Act = "declined", Topics = topics, Confirmed = null };
                    return Decide(entries).Verdict == Verdict.Permitted || Decide([.. entries, declined]).Verdict != Verdict.Permitted;
                }
            );

    [Fact]
    public void A_message_before_everything_else_never_permits() =>
        People.Sample(entries =>
        {
            var message = new MessageSent(When.Of(new DateOnly(2025, 1, 2)), "first", Shop.Name, "email", IsMarketing: true)
            {
                Template = "newsletter",
            };
            return Decide(entries).Verdict == Verdict.Permitted || Decide([.. entries, message]).Verdict != Verdict.Permitted;
        });

    [Fact]
    public void A_tick_in_an_opt_out_box_never_permits() =>
        Gen.Select(People, Times)
            .Sample(
                (entries, when) =>
                {
                    var order = Shop.Order(when, "the last", refused: null) with { Point = "boxes", Boxes = Ticks(null, no: true) };
                    return when.Day > Shop.Day || Decide([.. entries, order]).Verdict == Verdict.Refused;
                }
            );
}
