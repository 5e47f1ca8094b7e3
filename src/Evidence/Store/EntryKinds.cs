using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Store;

/// <summary>
/// The word a ledger keeps in clear text for each kind of entry: the same word that the entry's JSON carries as <c>kind</c>.
/// </summary>
public static class EntryKinds
{
    static readonly FrozenDictionary<Type, string> ByType = Words(typeof(ContactEntry))
        .Concat(Words(typeof(ControllerEntry)))
        .ToFrozenDictionary();

    /// <summary>The kinds of entries about contacts.</summary>
    public static readonly FrozenSet<string> OfContacts = Words(typeof(ContactEntry))
        .Select(pair => pair.Value)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The kinds of entries about the controller that the fold reads; its chain holds other records too, such as manifests and
    /// notes of the ledger.</summary>
    public static readonly FrozenSet<string> OfTheController = Words(typeof(ControllerEntry))
        .Select(pair => pair.Value)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The word for an entry.</summary>
    public static string Of(ContactEntry entry) => ByType[entry.GetType()];

    /// <summary>The word for an entry.</summary>
    public static string Of(ControllerEntry entry) => ByType[entry.GetType()];

    static IEnumerable<KeyValuePair<Type, string>> Words(Type root) =>
        root.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .Select(kind => KeyValuePair.Create(kind.DerivedType, (string)kind.TypeDiscriminator!));
}
