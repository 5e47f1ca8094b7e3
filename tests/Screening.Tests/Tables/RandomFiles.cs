using System.Globalization;

namespace MaySend.Screening.Tests.Tables;

/// <summary>
/// Good files of every kind, made up by chance: the same seed makes the same. Addresses in several spellings, people twice in the list and
/// such as are not in it, times in every form, cells in quotes, blank lines, columns that nobody reads.
/// </summary>
sealed class RandomFiles(int seed, int people = 40)
{
    readonly Random random = new(seed);
    readonly bool hasQuotes = seed % 3 == 0;
    readonly bool hasOtherColumns = seed % 2 == 0;
    readonly string lineEnd = seed % 5 == 0 ? "\r\n" : "\n";

    public IEnumerable<(string Name, string Text)> All()
    {
        yield return (
            "people.csv",
            Table(
                "address,country,subscriber,register_number,address_kind,personal_data,minor" + (hasOtherColumns ? ",Notes,Marketing" : ""),
                people,
                () =>
                    Address(people * 3 / 4)
                    + Cells(
                        Of("", "gb", "Germany", "gb;fr", "United Kingdom"),
                        Of("", "individual", "corporate"),
                        Of("", "SC1234"),
                        Of("", "named", "role"),
                        Of("", "yes", "no", "TRUE"),
                        Of("", "", "", "no", "yes")
                    )
                    + (hasOtherColumns ? Cells(Of("", "likes lamps", "unsubscribed"), Of("", "yes", "no")) : "")
            )
        );
        yield return (
            "collections.csv",
            Table(
                "address,id,when,obtained_by,from,context,point,products,refused,consent_ticked,boxes,refusal_offered",
                people * 9 / 4,
                () =>
                    Address(people * 9 / 8)
                    + Cells(
                        Of("", "", "order 1", "order 2", $"o-{random.Next(9)}"),
                        When(),
                        Of("lantern-ltd", "lantern-ltd", "", "other-ltd"),
                        Of("recipient", "recipient", "", "third-party"),
                        Of("sale", "sale", "quote", "cancelled-sale", "newsletter", ""),
                        Of("checkout", "checkout", "", "till", "boxed"),
                        Of("C1", "C1 T1", "T1;T1", "", "unknown C1", " C1  |T1 "),
                        Of("", "", "no", "yes"),
                        Of("", "", "yes", "no"),
                        Of("", "", "", "news=yes", "news=no stop=yes"),
                        Of("", "", "yes", "no")
                    )
            )
        );
        // The same kind twice: other columns, whose cells look like those of the first.
        yield return (
            "orders.csv",
            Table(
                "address,id,when,obtained_by,from,context,point,products," + (seed % 2 == 0 ? "consent_ticked" : "refused"),
                people,
                () =>
                    Address(people * 9 / 8)
                    + Cells(
                        Of("", "order 1", $"o-{random.Next(9)}"),
                        When(),
                        Of("lantern-ltd", ""),
                        "recipient",
                        Of("sale", "quote"),
                        Of("checkout", "till"),
                        Of("C1", "T1"),
                        Of("yes", "no", "")
                    )
            )
        );
        yield return (
            "consents.csv",
            Table(
                "address,id,when,to,channels,topics,act,condition_of_service,informed,wording,point,confirmed,withdrawn,age"
                    + (hasOtherColumns ? ",State" : ""),
                people * 5 / 4,
                () =>
                    Address(people * 9 / 8)
                    + Cells(
                        Of("", "c-1", "c-2"),
                        When(),
                        Of("lantern-ltd", "", "other-ltd lantern-ltd", "all"),
                        Of("email", "", "email sms", "whatsapp"),
                        Of("homeware", "", "all", "news;homeware"),
                        Of("unticked-box", "declined", "", "pre-ticked"),
                        Of("", "no", "yes"),
                        Of("", "yes"),
                        Of("", "I want news"),
                        Of("", "checkout", "boxed"),
                        Of("", "", When()),
                        Of("", "", "", When()),
                        Of("", "", "17", "40")
                    )
                    + (hasOtherColumns ? Cells(Of("", "", "", "opted out", "hard bounce")) : "")
            )
        );
        yield return (
            "refusals.csv",
            Table(
                "address,id,when,senders,channels,topics,kind,how,made_by",
                people / 2,
                () =>
                    Address(people * 9 / 8)
                    + Cells(
                        Of("", "stop 1"),
                        Of("", When()),
                        Of("", "lantern-ltd", "all", "nobody-ltd"),
                        Of("", "email", "sms", "all", "whatsapp"),
                        Of("", "homeware", "all", "whatever"),
                        Of("", "refusal", "objection"),
                        Of("", "link", "phone"),
                        Of("", "person", "organisation")
                    )
            )
        );
        yield return (
            "sends.csv",
            Table(
                "address,id,when,sender,channel,marketing,template",
                people * 9 / 4,
                () =>
                    Address(people * 9 / 8)
                    + Cells(
                        Of("", "m-1", "m-2"),
                        When(),
                        Of("lantern-ltd", "lantern-ltd", "other-ltd"),
                        Of("email", "email", "sms", "post"),
                        Of("", "yes", "no"),
                        Of("newsletter", "newsletter", "", "unknown")
                    )
            )
        );
        yield return (
            "checks.csv",
            Table(
                "address,id,when,register,listed,entered",
                people / 2,
                () =>
                    Address(people * 9 / 8)
                    + Cells(Of("", "k-1"), Day(), Of("gb/tps", "GB/CTPS ", "es/robinson"), Of("yes", "no"), Of("", Day()))
            )
        );
        yield return (
            "bounces.csv",
            Table(
                "address,id,when,kind,class",
                12,
                () => Address(people * 9 / 8) + Cells(Of("", "b-1"), Of("", When()), Of("", "hard", "soft"), Of("", "5.1.1"))
            )
        );
    }

    string Table(string header, int rows, Func<string> row)
    {
        var lines = Enumerable.Range(0, rows).Select(_ => (random.Next(25) == 0 ? lineEnd : "") + row() + lineEnd);
        return header + lineEnd + string.Concat(lines);
    }

    string Address(int people)
    {
        var number = random.Next(people);
        return number % 10 == 9
            ? $"+44 (0)20 7946 00{number:00}"
            : random.Next(6) switch
            {
                0 => $"P{number}@Example.com",
                1 => $" p{number}@example.com ",
                _ => $"p{number}@example.com",
            };
    }

    string Day() => new DateOnly(2025, 1, 1).AddDays(random.Next(460)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    string When() =>
        Day()
        + Of("", "", "T10:15Z", "T10:15:30Z", "T23:59+01:00", "T00:10:05-05:30", "T10:15:00.250+01:00", " 10:15:00", "T10:15", "T24:00Z")
            .Replace("T24:00Z", "T14:00:00+14:00", StringComparison.Ordinal);

    string Of(params string[] words) => words[random.Next(words.Length)];

    string Cells(params string[] cells) =>
        string.Concat(cells.Select(cell => "," + (hasQuotes && random.Next(8) == 0 ? $"\"{cell}\"" : cell)));
}
