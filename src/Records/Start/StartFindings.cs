using System.Globalization;
using MaySend.Evidence.Countries;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>
/// What the files somebody brought hold that a question can show: never an answer by itself. Read from the audience's folder.
/// </summary>
public sealed class StartFindings
{
    readonly SortedDictionary<string, int> countries = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> products = new(StringComparer.Ordinal);
    readonly SortedDictionary<(string Point, int Year), (int Ticked, int Left)> ticks = [];
    readonly Dictionary<string, SortedDictionary<DateOnly, int>> days = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> cameBy = new(StringComparer.Ordinal);

    readonly HashSet<string> people = new(StringComparer.Ordinal);
    readonly HashSet<string> located = new(StringComparer.Ordinal);
    readonly HashSet<string> taskMailboxes = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> placed = new(StringComparer.Ordinal);

    /// <summary>People in the list; whoever stands in it twice, as where two files speak of her, is one.</summary>
    public int People => people.Count;

    /// <summary>Those of whom a file says where they are.</summary>
    public IReadOnlySet<string> Located => located;

    /// <summary>People of whom no file says where they are.</summary>
    public int Unlocated => people.Count(person => !located.Contains(person));

    /// <summary>Mailboxes that are for a task, such as info@, and of which no file says whose they are.</summary>
    public int TaskMailboxes => taskMailboxes.Count;

    /// <summary>Their domains, those of public mailboxes apart, the most frequent first.</summary>
    public IEnumerable<string> TaskDomains => DomainsOf(taskMailboxes);

    /// <summary>The domains of all people, those of public mailboxes apart, the most frequent first.</summary>
    public IEnumerable<string> Domains => DomainsOf(people);

    /// <summary>People of whom a file says that they are, or may be, in a country.</summary>
    public IReadOnlySet<string> PeopleIn(string country) => placed.GetValueOrDefault(country) ?? [];

    /// <summary>Consents and sign-ups with a time of confirmation.</summary>
    public int Confirmed { get; private set; }

    /// <summary>Messages in the files.</summary>
    public int Sends { get; private set; }

    /// <summary>Occasions on which people gave, helped or showed that they support a cause.</summary>
    public int Supported { get; private set; }

    /// <summary>The registers that the law of these people's countries asks to be looked up before they are mailed, in order.</summary>
    public IReadOnlyList<string> Registers { get; private set; } = [];

    static IEnumerable<string> DomainsOf(IEnumerable<string> addresses) =>
        addresses
            .Where(address => address.Contains('@', StringComparison.Ordinal))
            .Select(address => address[(address.LastIndexOf('@') + 1)..])
            .Where(domain => !MailDomains.IsPublic(domain))
            .CountBy(domain => domain, StringComparer.Ordinal)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key);

    /// <summary>Orders, sign-ups and other occasions on which people gave their address.</summary>
    public int Occasions { get; private set; }

    /// <summary>Requests to stop.</summary>
    public int Stops { get; private set; }

    /// <summary>People whom a two-valued column says not to have subscribed.</summary>
    public int StatusNo { get; private set; }

    /// <summary>The first and the last day of an occasion; null where there is none.</summary>
    public (DateOnly First, DateOnly Last)? Days { get; private set; }

    /// <summary>The ways in through which the people came, the way of most people first.</summary>
    public IReadOnlyList<StartWay> Ways =>
        [.. StartWay.All.Where(way => cameBy.ContainsKey(way.Point)).OrderByDescending(way => cameBy[way.Point].Count)];

    /// <summary>How many people came by a way.</summary>
    public int PeopleBy(StartWay way) => cameBy.GetValueOrDefault(way.Point)?.Count ?? 0;

    /// <summary>The first and the last day on which somebody came by a way; null where nobody did.</summary>
    public (DateOnly First, DateOnly Last)? DaysOf(StartWay way) =>
        days.TryGetValue(way.Point, out var on) ? (on.Keys.First(), on.Keys.Last()) : null;

    /// <summary>How many orders or sign-ups came by a way before a day.</summary>
    public int CameBefore(StartWay way, DateOnly day) =>
        days.TryGetValue(way.Point, out var on) ? on.TakeWhile(pair => pair.Key < day).Sum(pair => pair.Value) : 0;

    /// <summary>The product codes, the most often bought first.</summary>
    public IReadOnlyList<string> Products =>
        [.. products.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key)];

    /// <summary>Countries with how many people or occasions name each.</summary>
    public IReadOnlyDictionary<string, int> Countries => countries;

    /// <summary>Reads what stands in the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="law">The law that says which registers are looked up; null where nobody asks that.</param>
    public static StartFindings In(string folder, LawBook? law = null)
    {
        var found = new StartFindings();
        foreach (var (address, entry) in Entries<DetailsStated>(folder, StartPeople.NameIn(folder), CompanionFiles.People))
        {
            found.people.Add(address);
            found.Place(address, entry.Countries);
            if (entry.Subscriber is null && StartPeople.IsForATask(address))
                found.taskMailboxes.Add(address);
        }
        foreach (var (address, entry) in Entries<DetailsCollected>(folder, "collections.csv", CompanionFiles.Collections))
        {
            // Ticks of a row that cannot be read: nobody came by it on any day.
            if (TickedBoxes.IsOnlyTicks(entry))
                continue;
            found.Look(entry);
            found.Came(address, entry.Point, entry.When.Day);
            found.Place(address, entry.Countries);
        }
        foreach (var (address, entry) in Entries<ConsentAnswered>(folder, StartRows.NameIn(folder, "consents"), CompanionFiles.Consents))
        {
            found.Occasions++;
            found.Confirmed += entry.Confirmed is null ? 0 : 1;
            found.Saw(entry.When.Day);
            found.Came(address, entry.Point, entry.When.Day);
        }
        foreach (var (_, entry) in Entries<RefusalMade>(folder, "refusals.csv", CompanionFiles.Refusals))
        {
            found.Stops++;
            if (entry.Kind == "at-collection")
                found.StatusNo++;
        }
        found.Sends = Entries<MessageSent>(folder, "sends.csv", CompanionFiles.Sends).Count();
        if (law is not null)
            found.Registers = StartRegisters.AskedFor(law, found.countries.Keys);
        return found;
    }

    /// <summary>The countries as a line: <c>United Kingdom 24, Ireland 3</c>.</summary>
    public string CountryLine =>
        string.Join(
            ", ",
            countries
                .OrderByDescending(pair => pair.Value)
                .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{CountryNames.NameOf(pair.Key)} {pair.Value:N0}"))
        );

    /// <summary>How many of each hundred boxes of a way in were ticked, by year: a jump may be a change of form.</summary>
    public IReadOnlyList<string> TickLines(StartWay way) =>
        [
            .. ticks
                .Where(pair => pair.Key.Point == way.Point)
                .Select(pair =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{pair.Key.Year}: {pair.Value.Ticked:N0} of {pair.Value.Ticked + pair.Value.Left:N0} boxes ticked "
                            + $"({100 * pair.Value.Ticked / (pair.Value.Ticked + pair.Value.Left)} in 100)"
                    )
                ),
        ];

    void Look(DetailsCollected occasion)
    {
        Occasions++;
        Supported += occasion.Context is { } context && StartRows.Support.Contains(context) ? 1 : 0;
        foreach (var product in occasion.Products)
            products[product] = products.GetValueOrDefault(product) + 1;
        var day = occasion.When.Day;
        Saw(day);
        if (occasion.ConsentTicked is not { } ticked)
            return;
        var at = (occasion.Point ?? "", day.Year);
        var (yes, no) = ticks.GetValueOrDefault(at);
        ticks[at] = ticked ? (yes + 1, no) : (yes, no + 1);
    }

    void Came(string address, string? point, DateOnly day)
    {
        if (point is null)
            return;
        if (!cameBy.TryGetValue(point, out var there))
            cameBy[point] = there = new(StringComparer.Ordinal);
        there.Add(address);
        if (!days.TryGetValue(point, out var on))
            days[point] = on = [];
        on[day] = on.GetValueOrDefault(day) + 1;
    }

    void Saw(DateOnly day) => Days = Days is { } so ? (day < so.First ? day : so.First, day > so.Last ? day : so.Last) : (day, day);

    void Place(string address, MaySend.Law.Facts.NameSet? named)
    {
        if (named is null || named.IsEmpty)
            return;
        located.Add(address);
        foreach (var country in named.Names)
        {
            countries[country] = countries.GetValueOrDefault(country) + 1;
            if (!placed.TryGetValue(country, out var there))
                placed[country] = there = new(StringComparer.Ordinal);
            there.Add(address);
        }
    }

    static IEnumerable<(string Address, TEntry Entry)> Entries<TEntry>(string folder, string name, CompanionFile kind)
        where TEntry : ContactEntry
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            yield break;
        var problems = new Problems();
        using var rows = CsvRows.Open(path, kind.Columns, null, problems);
        while (rows?.Read() == true)
            if (kind.Read(rows) is TEntry entry)
                yield return (Address.Read(rows.Text("address")).Address?.Matching ?? rows.Text("address"), entry);
        problems.ThrowIfAny();
    }
}
