using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>
/// What happened when the people of a list gave their address. A list that no platform wrote says at most on which day; what happened then
/// somebody says of the whole file, and each row is an occasion of its own.
/// </summary>
public static class StartOccasions
{
    /// <summary>The fields of <c>file:NAME</c> in which it is said.</summary>
    public const string Happened = "happened",
        When = "when",
        Products = "products",
        GivenBy = "given_by",
        ObtainedBy = "obtained_by";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> Fields = [Happened, When, Products, GivenBy, ObtainedBy];

    const string Themselves = "recipient",
        SomebodyElse = "third-party",
        SignUp = "newsletter",
        Met = "business-contact";

    /// <summary>What may have happened, as people say it: events of the law's, and a meeting, which the law calls another event.</summary>
    public static readonly IReadOnlyList<(string Word, string Says)> Choices =
    [
        ("sale", "they bought something"),
        ("quote", "they asked for a quote"),
        ("buying-enquiry", "they asked about something they may buy"),
        ("other-enquiry", "they asked about something else"),
        ("trial", "they began a trial"),
        ("donation", "they gave money or goods"),
        ("volunteering", "they helped"),
        ("membership", "they became members"),
        (Met, "they gave a business card or had a badge scanned"),
        (SignUp, "they signed up for your mailings"),
    ];

    /// <summary>From whom the addresses came.</summary>
    public static readonly IReadOnlyList<(string Word, string Says)> Givers =
    [
        (Themselves, "from these people themselves"),
        (SomebodyElse, "from somebody else (bought, rented, passed on, or from a platform)"),
    ];

    /// <summary>The question about a file, with the columns that may say when and what.</summary>
    public static StartQuestion Question(StartFile file)
    {
        IReadOnlyList<(string, string)> columns = [.. file.Columns.Select(name => (name, ""))];
        return new(
            StartIntake.About(file.Path),
            $"What happened when the people of {Path.GetFileName(file.Path)} gave their address?",
            "How each of them came to you, and on which day. Nobody is a customer because a list says so.",
            "They stand in the list, and nothing shows how they came.",
            StartSigner.Nobody,
            [
                new(Happened, "What happened?") { Choices = Choices },
                new(When, "Which column has the day?") { Choices = columns },
                new(GivenBy, "From whom did you get the addresses?") { Choices = Givers },
                new(Products, "Which column has the products, if any?") { Choices = columns, IsNeeded = false },
                new(ObtainedBy, "If another business of yours got them: its name") { IsNeeded = false },
            ]
        );
    }

    /// <summary>
    /// The way through which the people of such a file came; null unless somebody said that they gave their address themselves, and to no
    /// other business.
    /// </summary>
    internal static StartWay? WayOf(StartRecord record, string about) =>
        record[about, GivenBy] != Themselves || record[about, ObtainedBy] is not null
            ? null
            : record[about, Happened] switch
            {
                "sale" => StartWay.Checkout,
                "quote" or "buying-enquiry" or "other-enquiry" or "trial" => StartWay.Enquiry,
                Met => StartWay.Meeting,
                SignUp => StartWay.SignUp,
                _ => StartWay.Support,
            };

    /// <summary>The choices for what happened: whoever got the addresses obtained them, and only this sender's own forms are asked
    /// about.</summary>
    internal static ImportOptions Chosen(ImportOptions occasions, ImportOptions people, StartRecord record, string about) =>
        occasions with
        {
            Sender = record[about, ObtainedBy] is { } other ? StartFolder.SenderId(other) : people.Sender,
            Point = WayOf(record, about)?.Point,
        };

    /// <summary>
    /// The file with what happened, where somebody said it; else with the columns that hold a day, so that they can be asked about.
    /// </summary>
    /// <param name="file">A list of people as it was read.</param>
    /// <param name="record">What was answered about it.</param>
    /// <param name="read">Reads it in the best way for a format.</param>
    /// <exception cref="BadInputException">What was said of it cannot be so.</exception>
    internal static StartFile Of(StartFile file, StartRecord record, Func<string, ImportOptions, StartFile> read)
    {
        var about = StartIntake.About(file.Path);
        if (file.Options.FileIs == NamedFile.OptOuts)
            return file;
        if (record[about, Happened] is not { } happened)
            return file.Summary.Format != "contacts"
                ? file
                : file with
                {
                    Days =
                    [
                        .. file
                            .Summary.Unread.Where(column => column.HoldsDays && ColumnNames.MaySayWhen(column.Name))
                            .Select(column => column.Name),
                    ],
                };
        Check(file, record, about);
        var rows = read(file.Path, AsOccasions(file, happened, record[about, When]!, record, about));
        return file with { Occasions = rows, Proposed = [.. file.Proposed, Says(happened, record[about, When]!)] };
    }

    static string Says(string happened, string day) =>
        $"with what happened on the day in `{day}`: {Choices.First(choice => choice.Word == happened).Says}";

    /// <summary>The columns that may be named: of a list with a state everybody's, since the state is read with the people.</summary>
    static IReadOnlyList<string> ColumnsOf(StartFile file) =>
        file.Summary.Format == WithAState ? ImportSource.HeaderOf(file.Path, file.Options) : file.Columns;

    const string WithAState = "subscribers";

    static void Check(StartFile file, StartRecord record, string about)
    {
        var problems = new Problems();
        var place = new Place(Path.GetFileName(file.Path));
        if (file.Summary.Format is not ("contacts" or WithAState))
            problems.Add(
                place,
                $"`{Happened}` is about a list that nobody's format fits, and this file is read as {file.Summary.Format}",
                $"leave `{Happened}` out, or write `format: contacts` beside it"
            );
        var columns = ColumnsOf(file);
        foreach (var (field, choices) in new[] { (Happened, Choices), (GivenBy, Givers) })
            if (record[about, field] is { } word && choices.All(choice => choice.Word != word))
                problems.Add(place, $"`{field}: {word}` is unknown", $"one of {string.Join(", ", choices.Select(choice => choice.Word))}");
        if (record[about, When] is null)
            problems.Add(place, $"`{Happened}` is said and not when", $"{When}: one of {string.Join(", ", columns)}");
        foreach (var field in new[] { When, Products })
            if (record[about, field] is { } column && !columns.Contains(column, StringComparer.OrdinalIgnoreCase))
                problems.Add(place, $"there is no column `{column}` for `{field}`", $"one of {string.Join(", ", columns)}");
        problems.ThrowIfAny();
    }

    static string AddressesIn(StartFile file) =>
        file.Summary.Format == WithAState && ColumnsOf(file).FirstOrDefault(ColumnNames.IsAddress) is { } name
            ? name
            : file.Options.Layout.NameInFile("address");

    static IEnumerable<string> StatesIn(StartFile file) => file.Summary.Format == WithAState ? ColumnsOf(file) : [];

    static ImportOptions AsOccasions(StartFile file, string happened, string day, StartRecord record, string about)
    {
        var isSignUp = happened == SignUp;
        var columns = ImmutableDictionary
            .Create<string, string>(StringComparer.OrdinalIgnoreCase)
            .Add("address", AddressesIn(file))
            .Add("when", day);
        if (!isSignUp && record[about, Products] is { } products)
            columns = columns.Add("products", products);
        // From whom the addresses came is left blank where nobody said it: then nothing is shown by it.
        var constants = CsvLayout.Plain.Constants;
        if (isSignUp)
            constants = constants.Add("channels", "email").Add("signed_up", "yes");
        else
            constants = constants.Add("context", happened == Met ? "other" : happened);
        if (happened == Met)
            constants = constants.Add("audience", "business-contacts");
        if (record[about, GivenBy] is { } giver && (!isSignUp || giver == SomebodyElse))
            constants = constants.Add(isSignUp ? "obtained_through" : "from", giver);
        return file.Options with
        {
            Format = isSignUp ? "consents" : "orders",
            Layout = file.Options.Layout with { Columns = columns, Constants = constants },
            // Who asked to stop is read with the people.
            Ignored = file.Options.Ignored.Union(file.Options.Stops.Keys).Union(StatesIn(file).Except(columns.Values)),
            Stops = file.Options.Stops.Clear(),
        };
    }
}
