using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>
/// The questions about what the files do not say of people: where they are, whose mailboxes these are, and what some countries ask beside.
/// </summary>
static class StartListQuestions
{
    /// <summary>Of so many in a hundred the country must be missing before it is asked about.</summary>
    const int ShareWithoutCountry = 2;

    public static IEnumerable<StartQuestion> For(StartRecord record, StartFindings found)
    {
        if (100L * found.Unlocated > (long)ShareWithoutCountry * found.People)
            yield return Country(found);
        if (found.TaskMailboxes > 0)
            yield return Company(found);
        if (found.Domains.Any())
            yield return Job(found);
        if (record.Flag("who", "charity") == true && found.Supported > 0)
            yield return Charity(found);
        if (found.Confirmed > 0)
            yield return Confirmed(found);
        if (found.Registers.Count > 0)
            yield return Registers(found);
        yield return History(found);
    }

    /// <summary>Each of them, whatever the files hold. Which fields <c>registers</c> has is up to the law and the list.</summary>
    public static StartQuestion[] All(StartFindings found) =>
        [Country(found), Company(found), Job(found), Charity(found), Confirmed(found), Registers(found), History(found)];

    static StartQuestion Job(StartFindings found) =>
        new(
            "job",
            "Is the mailing about the recipients' work?",
            "That you may write to people at their work address about their work, which some countries allow until they say no.",
            "They are treated as everybody else.",
            StartSigner.Signer,
            [
                new("answer", "Your answer") { Choices = [("yes", ""), ("no", "")] },
                new("why", "What in it is about their work?") { IsNeeded = false },
                new("domains", "The domains whose addresses people use for work, separated by spaces")
                {
                    IsNeeded = false,
                    Proposal = $"domains in the files: {string.Join(' ', found.Domains.Take(12))}",
                },
            ]
        );

    static StartQuestion Charity(StartFindings found) =>
        new(
            "charity",
            "What did people support, and is the mailing only about that?",
            "That you may write to supporters about the cause they supported, where a country's law says so for charities.",
            "Supporters without a yes of their own can't be shown.",
            StartSigner.Signer,
            [
                new("number", "Your number in the register of charities"),
                new("purposes", "What did their gifts or help go to?")
                {
                    Choices = [("ours", "our own purposes"), ("other", "something else")],
                },
                new("only", "What is the mailing about?")
                {
                    Choices = [("cause", "only our cause"), ("more", "also goods, raffles or partners")],
                },
            ]
        )
        {
            Found = [$"The files hold {Amount.Of(found.Supported, "gift or other act of support", "gifts or other acts of support")}."],
        };

    static StartQuestion Confirmed(StartFindings found) =>
        new(
            "confirmed",
            "What is the time of confirmation in your export?",
            "That the person who signed up reads that mailbox, which some countries want shown.",
            "The times are not used.",
            StartSigner.Signer,
            [
                new("answer", "Your answer")
                {
                    Choices = [("clicked", "the moment at which they clicked a link in a mail"), ("imported", "we imported them then")],
                },
            ]
        )
        {
            Found = [$"{Amount.Of(found.Confirmed, "sign-up has", "sign-ups have")} one."],
        };

    static StartQuestion Registers(StartFindings found) =>
        new(
            "registers",
            "Have you looked the list up in the registers that these countries ask for?",
            "That nobody on the list asked a register to keep advertising away. `maysend law registers` says who keeps each, and where.",
            "People who would have to be looked up can't be shown.",
            StartSigner.Nobody,
            [.. found.Registers.SelectMany(StartRegisters.Fields)]
        )
        {
            Found =
            [
                .. found.Registers.Select(register =>
                    $"{register}: {Amount.Of(found.PeopleIn(register[..2]).Count, "person", "people")} may be in its country."
                ),
            ],
        };

    static StartQuestion History(StartFindings found) =>
        new(
            "history",
            "Do the files you brought hold every marketing email that you sent?",
            "How many messages people had, and when the last was: needed for a weighing of interests with a cap, and where an exception or "
                + "a consent stays alive only if you keep writing.",
            "You can't show that you keep such a cap, so weigh your interests without it. Some customers can't be shown a year after they "
                + "bought.",
            StartSigner.Signer,
            [
                new("answer", "Your answer") { Choices = [("all", "all of them"), ("some", "some are missing")] },
                new("since", "Since which day?") { IsDay = true, IsNeeded = false },
            ]
        )
        {
            Found = [$"The files hold {Amount.Of(found.Sends, "message")}."],
        };

    static StartQuestion Country(StartFindings found) =>
        new(
            "country",
            $"No file says where {Amount.Of(found.Unlocated, "of these people is", "of these people are")}. Where are they?",
            "Which country's law applies to them. A file with delivery countries is better: bring it beside these. The domain ending of an "
                + "address, a language or a telephone code does not show a country.",
            "The strictest reading of every country applies to them, and your own country's law as well.",
            StartSigner.Signer,
            [
                new("country", "The one country they are all in, if it is one"),
                new("why", "How do you know? For example: you have only ever delivered there"),
            ]
        )
        {
            Found = found.CountryLine.Length > 0 ? [$"For the others, the files say: {found.CountryLine}."] : [],
        };

    static StartQuestion Company(StartFindings found) =>
        new(
            "company",
            "Which of these mailboxes belong to companies?",
            "That the rules for individuals do not apply to a mailbox. This takes the company's number in its register; \"Ltd\" in a "
                + "name, or a "
                + "mailbox called info@, does not show a company.",
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
                $"{Amount.Of(found.TaskMailboxes, "mailbox is", "mailboxes are")} for a task (info@, sales@), at: "
                    + $"{string.Join(", ", found.TaskDomains.Take(12))}.",
            ],
        };
}
