using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Decisions.Tests.MadeUp;

/// <summary>Values for the properties of entries as chance makes them: words that mean something where the property has such.</summary>
sealed class MadeUpValues(Random random)
{
    static readonly Dictionary<string, string?[]> words = new(StringComparer.Ordinal)
    {
        ["Sender"] = [Shop.Name, Shop.Name, Shop.Name, "another-ltd"],
        ["ObtainedBy"] = [Shop.Name, Shop.Name, "another-ltd", null],
        ["Channel"] = ["email", "email", "email", "sms", "post", "live-call"],
        ["CarriedAs"] = ["email", "sms", null],
        ["Point"] = ["checkout", "boxes", "sign-up", "till", null],
        ["Template"] = ["newsletter", "newsletter", "other", null],
        ["Context"] = [.. Words.Contexts, null],
        ["From"] = Or(Collection.From),
        ["Subscriber"] = ["individual", "corporate", null],
        ["RegisterNumber"] = ["GB 01234567", "HRB 12345", "none", null],
        ["AddressKind"] = Or(Recipient.AddressKind),
        ["Act"] = Or(Consent.Act),
        ["ObtainedThrough"] = Or(Consent.ObtainedThrough),
        ["Kind"] = [.. Refusal.Kind.Words],
        ["MadeBy"] = ["person", "organisation"],
        ["How"] = ["link", "import", "letter", "reply"],
        ["Purpose"] = ["direct-marketing", "direct-marketing", .. Message.Purpose.Words],
        ["Audience"] = [.. Words.Audiences, null],
        ["RegulatedSubject"] = ["none", .. Message.RegulatedSubject.Words],
        ["Register"] = ["tps", "ctps", "robinson", "mps"],
        ["Outcome"] = ["request", "nothing", "forged"],
        ["Because"] = ["next-hop", "tried-again", "overtaken"],
        ["Campaign"] = ["spring-2026", "spring-2026", "another"],
        ["Class"] = ["5.1.1", "5.2.2", "4.2.2", "cleaned", null],
        ["Fact"] = [.. Vocabulary.All.Select(fact => fact.Name)],
        ["Value"] = ["yes", "no", "individual", "corporate"],
        ["Establishment"] = ["gb", "de", "ie", null],
        ["Trade"] = Or(Calling.Trade),
        ["Region"] = Or(Calling.Region),
        ["CallDetails.Range"] = Or(Calling.CallingRange),
        ["SenderName"] = Or(Calling.SenderNameRegistered),
        ["Directory"] = Or(Calling.Directory),
        ["Tracking"] = Or(Message.Tracking),
        ["RefusalScope"] = Or(Message.RefusalScope),
        ["RefusalMedium"] = Or(Message.RefusalMedium),
        ["BasisClaimed"] = Or(Collection.BasisClaimed),
        ["Domain"] = ["example.com", "example.org", null],
        ["Code"] = ["C1", "M1", "T1", "X9"],
        ["Family"] = ["candles", "mugs", "tents"],
        ["Range"] = ["homeware", "camping"],
        ["SenderDeclared.Id"] = [Shop.Name, Shop.Name, "another-ltd"],
        ["CollectionPointVersion.Id"] = ["checkout@1", "checkout@2", "boxes@1", "boxes@2"],
        ["TemplateVersion.Id"] = ["newsletter@1", "newsletter@2"],
        ["ProductMapSigned.Id"] = ["map-1", "map-2"],
        ["StatementSigned.Id"] = ["children", "refusals", "templates", "sends"],
        ["AssessmentRecorded.Id"] = ["LIA-1", "LIA-1", "LIA-2"],
        ["DomainRefused.Id"] = ["example.org", "example.net"],
        ["CampaignRegistered.Id"] = ["spring-2026", "another"],
        ["FileDigest"] = ["file 1", "file 2"],
    };

    static readonly string[] Ids = ["order 1", "sign-up 1", "opt-out 1", "one", "two", "three"];

    static readonly Dictionary<string, string[]> names = new(StringComparer.Ordinal)
    {
        ["Senders"] = [Shop.Name, "another-ltd", "Glow"],
        ["To"] = [Shop.Name, Shop.Name, "another-ltd"],
        ["Brands"] = ["Glow", "Lantern"],
        ["Channels"] = ["email", "email", "sms", "post", "live-call"],
        ["Topics"] = ["homeware", "homeware", "account", "offers"],
        ["RetiredTopics"] = ["offers", "homeware"],
        ["Families"] = ["candles", "mugs", "tents"],
        ["Products"] = ["C1", "M1", "T1", "X9"],
        ["Countries"] = ["gb", "gb", "ie", "de"],
        ["Audiences"] = [.. Words.Audiences],
        ["Labels"] = ["advertising", "sender"],
        ["NeededFor"] = [.. Message.NeededFor.Words],
        ["Files"] = ["file 1", "file 2"],
        ["Hours"] = ["mon-fri 09:00-18:00", "sat 10:00-16:00"],
    };

    /// <summary>Days on which something begins or ends: what is about them falls on either side.</summary>
    static readonly DateOnly[] Turns =
    [
        new(2025, 1, 1),
        new(2025, 1, 5),
        new(2025, 3, 1),
        new(2025, 5, 2),
        new(2025, 8, 1),
        new(2025, 10, 1),
        new(2026, 2, 8),
        Shop.Day,
    ];

    /// <summary>
    /// A time in the year and a half around what the shop has on record, often near a day on which something changes, and there written in
    /// a zone where it is another day.
    /// </summary>
    public DateTimeOffset Time =>
        random.Next(3) == 0
            ? new DateTimeOffset(Turn.ToDateTime(new TimeOnly(Pick(0, 1, 12, 23), 30)), TimeSpan.FromHours(Pick(-9, 0, 1, 9)))
            : new DateTimeOffset(2025, 1, 20, random.Next(24), random.Next(60), 0, TimeSpan.FromHours(random.Next(-2, 3))).AddDays(
                random.Next(440)
            );

    DateOnly Turn => Pick(Turns).AddDays(random.Next(-1, 2));

    DateOnly Day => random.Next(2) == 0 ? Turn : DateOnly.FromDateTime(Time.DateTime);

    /// <summary>A word for a property of that name.</summary>
    public string? Word(string property) =>
        words.TryGetValue(property, out var own) ? own[random.Next(own.Length)]
        : property.EndsWith("Id", StringComparison.Ordinal) ? Ids[random.Next(Ids.Length)]
        : random.Next(6) == 0 ? ""
        : "as made up";

    /// <summary>A shallow copy of a record.</summary>
    public object Copy(object record) =>
        record.GetType().GetMethod("<Clone>$", BindingFlags.Instance | BindingFlags.Public)!.Invoke(record, null)!;

    /// <summary>Sets one property of a record anew: itself, or one of a record in it.</summary>
    public void SetOne(object record)
    {
        var properties = Settable(record.GetType());
        var chosen = properties[random.Next(properties.Length)];
        var held = chosen.GetValue(record);
        if (held is Shown or CallDetails or Campaign or Signature && random.Next(3) > 0)
        {
            var inner = Copy(held);
            SetOne(inner);
            chosen.SetValue(record, inner);
            return;
        }
        chosen.SetValue(record, Made(chosen));
    }

    object? Made(PropertyInfo property)
    {
        var own = $"{property.ReflectedType!.Name}.{property.Name}";
        var name = words.ContainsKey(own) ? own : property.Name;
        var made = Made(property.PropertyType, name);
        return made is null && !MayBeNull(property)
            ? property.PropertyType == typeof(string)
                ? ""
                : Made(property.PropertyType, name) ?? NameSet.Everything
            : made;
    }

    static bool MayBeNull(PropertyInfo property) =>
        nullable.GetOrAdd(property, each => new NullabilityInfoContext().Create(each).WriteState != NullabilityState.NotNull);

    static readonly ConcurrentDictionary<PropertyInfo, bool> nullable = [];

    /// <summary>A value of a type for a property of a name.</summary>
    public object? Made(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return random.Next(4) == 0 ? null : Made(inner, name);
        if (type == typeof(string))
            return Word(name);
        if (type == typeof(bool))
            return random.Next(2) == 0;
        if (type == typeof(int))
            return name == "Age" ? Pick(12, 15, 17, 40) : random.Next(6);
        if (type == typeof(long))
            return (long)random.Next(100);
        if (type == typeof(DateOnly))
            return random.Next(9) == 0 ? DateOnly.MinValue : Day;
        if (type == typeof(DateTimeOffset))
            return Time;
        if (type == typeof(When))
            return random.Next(12) == 0 ? When.Of(DateOnly.MinValue)
                : random.Next(3) == 0 ? When.Of(Day)
                : When.Of(Time);
        if (type == typeof(NameSet))
            return Set(name);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length));
        if (type == typeof(Signature))
            return random.Next(5) == 0 ? null : Shop.Signed with { On = Day };
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return Many(type.GetGenericArguments()[0], name);
        if (type == typeof(ImmutableSortedDictionary<string, bool>))
            return ImmutableSortedDictionary<string, bool>.Empty.Add("news", random.Next(2) == 0).Add("no", random.Next(2) == 0);
        if (type == typeof(ImmutableDictionary<string, bool>))
            return ImmutableDictionary<string, bool>.Empty.Add(Pick([.. HousePolicy.Switches]).Name, random.Next(2) == 0);
        if (type.IsGenericType)
            return type.GetField("Empty")!.GetValue(null);
        return Record(type);
    }

    static string?[] Or(WordFact fact) => [.. fact.Words, null];

    object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        var record = constructor.Invoke([.. constructor.GetParameters().Select(each => Made(type.GetProperty(each.Name!)!))]);
        foreach (var property in Settable(type))
            if (random.Next(3) == 0)
                property.SetValue(record, Made(property));
        return record;
    }

    object Many(Type of, string name)
    {
        var made = Array.CreateInstance(of, random.Next(1, 3));
        for (var at = 0; at < made.Length; at++)
            made.SetValue(of == typeof(string) && names.TryGetValue(name, out var own) ? Pick(own) : Made(of, name), at);
        return typeof(ImmutableArray)
            .GetMethods()
            .Single(method => method.Name == "Create" && method.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(of)
            .Invoke(null, [made])!;
    }

    NameSet? Set(string name) =>
        random.Next(8) switch
        {
            0 => null,
            1 => NameSet.Everything,
            2 => NameSet.None,
            3 => NameSet.Of([.. Own(name).Distinct().Take(2)]),
            4 => NameSet.Of([Pick(Own(name))], isComplete: false),
            _ => NameSet.Of(Pick(Own(name))),
        };

    static string[] Own(string name) => names.GetValueOrDefault(name) ?? ["one", "two"];

    static PropertyInfo[] Settable(Type type) =>
        [
            .. type.GetProperties()
                .Where(property => property.CanWrite && property.Name is not ("FirstSeen" or "FromFile" or "Decision"))
                .OrderBy(property => property.Name, StringComparer.Ordinal),
        ];

    T Pick<T>(params T[] among) => among[random.Next(among.Length)];
}
