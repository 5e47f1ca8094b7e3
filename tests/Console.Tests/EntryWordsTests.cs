using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Serialization;
using MaySend.Console.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;

namespace MaySend.Console.Tests;

public sealed class EntryWordsTests
{
    public static readonly TheoryData<Type> Entries =
    [
        .. typeof(ContactEntry).GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(kind => kind.DerivedType),
    ];

    [Theory, MemberData(nameof(Entries))]
    public void Every_entry_about_a_person_has_words_of_its_own_in_timelines_and_letters(Type type)
    {
        var made = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var entry = (ContactEntry)made.Invoke([.. made.GetParameters().Select(one => Some(one.ParameterType))]);
        var words = EntryWords.Of(entry);
        words.Heading.ShouldNotBe(EntryKinds.Of(entry).Replace('-', ' '), "that is the name of a kind, and no sentence");
        char.IsUpper(words.Heading[0]).ShouldBeTrue(words.Heading);
    }

    static object? Some(Type type) =>
        type == typeof(string) ? "some"
        : type == typeof(When) ? When.Of(new DateOnly(2026, 5, 1))
        : type == typeof(bool) ? false
        : type == typeof(ImmutableArray<string>) ? ImmutableArray<string>.Empty
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;
}
