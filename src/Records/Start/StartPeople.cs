using MaySend.Evidence.Countries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>
/// The list of people with what the interview was told about them beside what the files say: a cell that a file fills stays as it is, and
/// what nobody has signed fills none.
/// </summary>
public static class StartPeople
{
    /// <summary>The people as the exports gave them; <c>people.csv</c> is written from it.</summary>
    public const string AsRead = "people-as-read.csv";

    const string FileName = "people.csv";

    /// <summary>Mailboxes that firms keep for a task rather than for somebody: those of RFC 2142, and words for the same.</summary>
    static readonly HashSet<string> Tasks = new(
        (
            "info sales support marketing webmaster postmaster office contact hello mail enquiries service accounts admin orders kontakt "
            + "buero vertrieb verkauf contacto ventas commercial contatti vendite kantoor verkoop biuro"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Keeps the people as they were read.</summary>
    internal static void Keep(string folder) => File.Copy(Path.Combine(folder, FileName), Path.Combine(folder, AsRead), overwrite: true);

    /// <summary>The file with the people as they were read.</summary>
    internal static string NameIn(string folder) => File.Exists(Path.Combine(folder, AsRead)) ? AsRead : FileName;

    /// <summary>True for a mailbox that a firm keeps for a task: a reason to ask, and never by itself an answer.</summary>
    internal static bool IsForATask(string address) => address.IndexOf('@') is > 0 and var at && Tasks.Contains(address[..at]);

    /// <summary>The one country that was named, where it is one; null otherwise.</summary>
    internal static string? CountryOf(StartRecord record) =>
        record["country", "why"] is not null
        && CountryNames.TryRead(record["country", "country"] ?? "", out var named)
        && named?.Names is [var one]
            ? one
            : null;

    /// <summary>
    /// Numbers in a company register by address or domain, as they were typed. A domain at which the public has mailboxes shows nobody to
    /// be a company, and neither does what cannot be read.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> NumbersOf(StartRecord record)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in record["company", "numbers"]?.Split([' ', ';', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? [])
            if (part.Split('=') is [var whose, { Length: > 0 } number])
                if (whose.Contains('@', StringComparison.Ordinal) && Address.Read(whose).Address is { } address)
                    found[address.Matching] = number;
                else if (MailDomains.Of(whose) is { } domain && !MailDomains.IsPublic(domain))
                    found[domain] = number;
        return found;
    }

    /// <summary>Domains whose addresses are used for work, as they were typed; one at which the public has mailboxes is none.</summary>
    internal static IReadOnlySet<string> WorkDomainsOf(StartRecord record) =>
        (record["job", "domains"]?.Split([' ', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? [])
            .Select(MailDomains.Of)
            .OfType<string>()
            .Where(domain => !MailDomains.IsPublic(domain))
            .ToHashSet(StringComparer.Ordinal);

    static string DomainOf(Dictionary<string, string> cells) =>
        (Address.Read(cells["address"]).Address?.Matching ?? cells["address"]) is var address
            ? address[(address.LastIndexOf('@') + 1)..]
            : "";

    /// <summary>Writes <c>people.csv</c>.</summary>
    /// <param name="read">The folder in which the people are as they were read; without that file nothing is written.</param>
    /// <param name="target">The folder to write to.</param>
    /// <param name="record">What was answered.</param>
    /// <param name="isSigned">Whether the sentence of a question is signed.</param>
    public static void Write(string read, string target, StartRecord record, Func<string, bool> isSigned)
    {
        var source = Path.Combine(read, AsRead);
        if (!File.Exists(source))
            return;
        var country = isSigned("country") ? CountryOf(record) : null;
        var numbers = isSigned("company") ? NumbersOf(record) : new Dictionary<string, string>();
        var atWork = isSigned("job") ? WorkDomainsOf(record) : new HashSet<string>();
        if (country is null && numbers.Count == 0 && atWork.Count == 0)
        {
            File.Copy(source, Path.Combine(target, FileName), overwrite: true);
            return;
        }
        var located = StartFindings.In(read).Located;
        var problems = new Problems();
        using var text = new DraftedText(Path.Combine(target, FileName));
        using (var rows = CsvRows.Open(source, CompanionFiles.People.Columns, null, problems))
        {
            string[] columns = [.. CompanionFiles.People.Columns.Select(column => column.Name)];
            using var table = new CsvTable(text.Writer, columns);
            while (rows?.Read() == true)
            {
                var cells = columns.ToDictionary(name => name, rows.Text, StringComparer.Ordinal);
                if (atWork.Contains(DomainOf(cells)) && cells["business_capacity"].Length == 0)
                    cells["business_capacity"] = "yes";
                Fill(cells, country, numbers, located);
                table.Add(columns.Select(name => cells[name]));
            }
        }
        problems.ThrowIfAny();
        text.Commit();
    }

    static void Fill(
        Dictionary<string, string> cells,
        string? country,
        IReadOnlyDictionary<string, string> numbers,
        IReadOnlySet<string> located
    )
    {
        var address = Address.Read(cells["address"]).Address?.Matching ?? cells["address"];
        if (country is not null && cells["country"].Length == 0 && !located.Contains(address))
            cells["country"] = country;
        var domain = address[(address.LastIndexOf('@') + 1)..];
        // What a file says of the person outranks what somebody says of the firm.
        if (
            !numbers.TryGetValue(address, out var number) && !numbers.TryGetValue(domain, out number)
            || cells["subscriber"] == "individual"
        )
            return;
        SetWhereBlank("subscriber", "corporate");
        SetWhereBlank("register_number", number!);
        var isForATask = IsForATask(address);
        SetWhereBlank("address_kind", isForATask ? "role" : "named");
        SetWhereBlank("personal_data", isForATask ? "no" : "yes");

        void SetWhereBlank(string name, string value)
        {
            if (cells[name].Length == 0)
                cells[name] = value;
        }
    }
}
