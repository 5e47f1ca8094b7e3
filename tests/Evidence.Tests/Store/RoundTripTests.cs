using System.Collections.Immutable;
using System.Reflection;
using CsCheck;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Store;

/// <summary>Random entries of every kind, every member filled or left out at random, through JSON and through SQLite.</summary>
public sealed class RoundTripTests
{
    static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 20],
        Gen.Const("zażółć 中 🙂"),
        Gen.Const("=cmd|'/c calc'!A1")
    );
    static readonly Gen<DateOnly> Days = Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber);
    static readonly Gen<NameSet> Names = Gen.OneOf(
        Gen.Const(NameSet.Everything),
        Gen.OneOf(Gen.Const("email"), Gen.Const("sms"), Gen.Const("gb")).Array[0, 3].Select(names => NameSet.Of(names))
    );
    static readonly Gen<When> Moments = Gen.OneOf(
        Days.Select(When.Of),
        Gen.Const(When.Of(DateOnly.MinValue)),
        Gen.Select(
            Gen.Long[0, DateTime.MaxValue.Ticks / 10 / 2],
            Gen.Int[-840, 840],
            (micros, minutes) => When.Of(new DateTimeOffset((micros * 10) + TimeSpan.TicksPerDay, TimeSpan.FromMinutes(minutes)))
        )
    );

    /// <summary>Any entry about a contact.</summary>
    public static readonly Gen<ContactEntry> ContactEntries = Gen.OneOf([
        .. KindsOf(typeof(ContactEntry)).Select(kind => GenOf(kind).Select(entry => (ContactEntry)entry!)),
    ]);
    static readonly Gen<ControllerEntry> ControllerEntries = Gen.OneOf([
        .. KindsOf(typeof(ControllerEntry)).Select(kind => GenOf(kind).Select(entry => (ControllerEntry)entry!)),
    ]);

    [Fact]
    public void Every_kind_of_entry_about_a_contact_survives_json() =>
        ContactEntries.Sample(entry => Alike(entry, EntryJson.ReadContact(EntryJson.Write(entry))));

    [Fact]
    public void Every_kind_of_entry_about_the_controller_survives_json() =>
        ControllerEntries.Sample(entry => Alike(entry, EntryJson.ReadController(EntryJson.Write(entry))));

    [Fact]
    public async Task Every_kind_of_entry_survives_the_store()
    {
        await using var folder = await StoreFolder.CreateAsync();
        var number = 0;
        await ContactEntries
            .Where(entry => Takes(() => Entitlements.Check(Everything, entry, EntryKinds.Of(entry))))
            .Array[20, 40]
            .SampleAsync(
                async entries =>
                {
                    var address = Address.Email($"p{Interlocked.Increment(ref number)}@example.com").Required();
                    await folder.Store.RecordAsync([.. entries.Select(entry => new NewEntry(address, entry, Everything))]);
                    var read = (await folder.Store.FindAsync(address)).Entries;
                    return read.Length == entries.Length
                        && read.Zip(entries).All(pair => Alike(RequestWidth.AsGiven(pair.First.Entry), RequestWidth.AsGiven(pair.Second)));
                },
                iter: 40
            );
    }

    [Fact]
    public async Task Every_kind_of_entry_about_the_controller_survives_the_store()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await ControllerEntries
            .Where(entry => Takes(() => Entitlements.Check(Everything, entry, EntryKinds.Of(entry))))
            .Array[10, 20]
            .SampleAsync(
                async entries => (await folder.Store.RecordAsync(entries, Everything)).All(one => one.Position is not null),
                iter: 10,
                threads: 1
            );
        (await folder.Store.ControllerAsync()).Senders.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_kind_has_the_word_that_its_json_carries() =>
        ContactEntries.Sample(entry =>
            System.Text.Json.JsonDocument.Parse(EntryJson.Write(entry)).RootElement.GetProperty("kind").GetString() == EntryKinds.Of(entry)
        );

    static readonly Actor Everything = Actor.Runner("test").AsSystem();

    /// <summary>Signatures made up of chance may be blank, and those no store takes.</summary>
    static bool Takes(Action check)
    {
        try
        {
            check();
            return true;
        }
        catch (NotEntitledException)
        {
            return false;
        }
    }

    /// <summary>Records with lists in them do not compare by value; their JSON does.</summary>
    static bool Alike(ContactEntry left, ContactEntry right) => EntryJson.Write(left).AsSpan().SequenceEqual(EntryJson.Write(right));

    static bool Alike(ControllerEntry left, ControllerEntry right) => EntryJson.Write(left).AsSpan().SequenceEqual(EntryJson.Write(right));

    static IEnumerable<Type> KindsOf(Type root) => root.Assembly.GetTypes().Where(type => type.IsSubclassOf(root) && !type.IsAbstract);

    static Gen<object?> GenOf(Type type)
    {
        var members = type.GetProperties().Where(member => member.SetMethod is not null).ToList();
        return members
            .Aggregate(
                Gen.Const(ImmutableList<object?>.Empty),
                (all, member) => Gen.Select(all, GenOfMember(member), (list, value) => list.Add(value))
            )
            .Select(values =>
            {
                var maker = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();
                var named = members.Zip(values).ToDictionary(pair => pair.First.Name, pair => pair.Second);
                var made = maker.Invoke([.. maker.GetParameters().Select(parameter => named[parameter.Name!])]);
                foreach (var (member, value) in members.Zip(values))
                    member.SetValue(made, value);
                return (object?)made;
            });
    }

    static Gen<object?> GenOfMember(PropertyInfo member)
    {
        var isNullable = new NullabilityInfoContext().Create(member).WriteState == NullabilityState.Nullable;
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        var value = GenOfValue(type);
        return isNullable ? Gen.OneOf(Gen.Const((object?)null), value) : value;
    }

    static Gen<object?> GenOfValue(Type type)
    {
        if (type == typeof(string))
            return Texts.Select(text => (object?)text);
        if (type == typeof(bool))
            return Gen.Bool.Select(flag => (object?)flag);
        if (type == typeof(int))
            return Gen.Int.Select(number => (object?)number);
        if (type == typeof(DateOnly))
            return Days.Select(day => (object?)day);
        if (type == typeof(When))
            return Moments.Select(when => (object?)when);
        if (type == typeof(NameSet))
            return Names.Select(names => (object?)names);
        if (type == typeof(StatementKind))
            return Gen.Enum<StatementKind>().Select(kind => (object?)kind);
        if (type == typeof(ImmutableArray<string>))
            return Texts.Array[0, 3].Select(texts => (object?)texts.ToImmutableArray());
        if (type == typeof(ImmutableArray<MappedProduct>))
            return GenOf(typeof(MappedProduct))
                .Array[0, 3]
                .Select(all => (object?)all.Select(one => (MappedProduct)one!).ToImmutableArray());
        if (type == typeof(ImmutableArray<Box>))
            return GenOf(typeof(Box)).Array[0, 3].Select(all => (object?)all.Select(one => (Box)one!).ToImmutableArray());
        if (type == typeof(BoxKind))
            return Gen.Enum<BoxKind>().Select(kind => (object?)kind);
        if (type == typeof(ImmutableSortedDictionary<string, bool>))
            return Gen.Bool.Select(ticked => (object?)ImmutableSortedDictionary<string, bool>.Empty.Add("news", ticked));
        if (type == typeof(long))
            return Gen.Long.Select(number => (object?)number);
        if (type == typeof(DateTimeOffset))
            return Moments.Select(when => (object?)(when.At ?? DateTimeOffset.UnixEpoch));
        if (type == typeof(ImmutableSortedDictionary<string, int>))
            return Gen.Int.Select(count => (object?)ImmutableSortedDictionary<string, int>.Empty.Add("permitted", count));
        if (type == typeof(ImmutableSortedDictionary<string, long>))
            return Gen.Long.Select(seq => (object?)ImmutableSortedDictionary<string, long>.Empty.Add("0123", seq));
        if (type == typeof(ImmutableArray<long>))
            return Gen.Long.Array[0, 3].Select(heads => (object?)heads.ToImmutableArray());
        if (type == typeof(ImmutableSortedDictionary<string, string>))
            return Texts.Select(text => (object?)ImmutableSortedDictionary<string, string>.Empty.Add("people.csv", text));
        if (type == typeof(ImmutableDictionary<string, string>))
            return Texts.Select(text => (object?)ImmutableDictionary<string, string>.Empty.Add("zone", text));
        if (type == typeof(ImmutableDictionary<string, bool>))
            return Gen.Bool.Select(flag => (object?)ImmutableDictionary<string, bool>.Empty.Add("two-keys: strict", flag));
        return GenOf(type);
    }
}
