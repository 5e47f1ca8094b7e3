using System.Globalization;

namespace MaySend.Records.Start;

/// <summary>The questions about people of whom the files do not say enough: where they are, and whose mailboxes these are.</summary>
static class StartListQuestions
{
    /// <summary>Of so many in a hundred the country must be missing before it is asked about.</summary>
    const int ShareWithoutCountry = 2;

    public static IEnumerable<StartQuestion> For(StartFindings found)
    {
        if (100L * found.Unlocated > (long)ShareWithoutCountry * found.People)
            yield return Country(found);
        if (found.TaskMailboxes > 0)
            yield return Company(found);
    }

    static StartQuestion Country(StartFindings found) =>
        new(
            "country",
            string.Create(CultureInfo.InvariantCulture, $"No file says where {found.Unlocated:N0} of these people are. Where are they?"),
            "Which country's law applies to them. A file with delivery countries is better: bring it beside these. The ending of an "
                + "address, a "
                + "language or a telephone code shows no country.",
            "The strictest reading of every country applies to them, and your own country's law as well.",
            StartSigner.Signer,
            [
                new("country", "The one country they are all in, if it is one"),
                new("why", "How do you know? For example: you have only ever delivered there"),
            ]
        )
        {
            Found = found.CountryLine.Length > 0 ? [$"Of the others the files say: {found.CountryLine}."] : [],
        };

    static StartQuestion Company(StartFindings found) =>
        new(
            "company",
            "Which of these mailboxes belong to companies?",
            "That the rules for individuals do not apply to a mailbox. It takes the company's number in its register; \"Ltd\" in a "
                + "name, or a "
                + "mailbox called info@, shows no company.",
            "They are treated as individuals.",
            StartSigner.Signer,
            [
                new(
                    "numbers",
                    "Each domain, or address, of a company with its number in the company register: firm.example=01234567 "
                        + "other.example=SC098765"
                ),
            ]
        )
        {
            Found =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{found.TaskMailboxes:N0} mailboxes are for a task (info@, sales@), at: "
                        + $"{string.Join(", ", found.TaskDomains.Take(12))}."
                ),
            ],
        };
}
