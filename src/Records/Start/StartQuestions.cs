using System.Globalization;
using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>The questions, in the order in which they are asked, with what the files say beside each.</summary>
public static partial class StartQuestions
{
    static readonly (string, string)[] YesNo = [("yes", ""), ("no", "")];

    /// <summary>The questions that this sender is asked, as far as they are known by now.</summary>
    public static IReadOnlyList<StartQuestion> For(StartRecord record, StartFindings found)
    {
        var questions = new List<StartQuestion> { Who(), Stops(found) };
        if (found.StatusNo > 0)
            questions.Add(MeaningOfNo(found));
        questions.AddRange([What(found), Chosen()]);
        if (found.Occasions > 0)
            questions.AddRange([Box(record, found), Since(found), Notice()]);
        questions.AddRange([Children(), Email()]);
        if (found.Products.Count > 0)
            questions.Add(Similar(found));
        questions.Add(Before(found));
        questions.AddRange(StartListQuestions.For(record, found));
        return questions;
    }

    static StartQuestion Who() =>
        new(
            "who",
            "Which business is sending this mailing?",
            "Whose customers these are, and which country's law applies. If a sister company took the orders, its customers are not yours.",
            "Without this, MaySend can't ask anything else.",
            StartSigner.Nobody,
            [
                new("name", "The legal name, as on your invoices"),
                new("country", "The country where it is established"),
                new("charity", "Is it a registered charity?") { Choices = YesNo },
            ]
        )
        {
            CanBeSkipped = false,
        };

    static StartQuestion Stops(StartFindings found) =>
        new(
            "stops",
            "Are all the opt-outs in the files you brought?",
            "That nobody on the list asked you to stop: by a link or a reply, on the phone, by letter or at the counter.",
            "Nobody may be sent anything. Ask the people who read replies and answer the phone.",
            StartSigner.Signer,
            [
                new("answer", "Your answer")
                {
                    Choices =
                    [
                        ("all", "they are all there"),
                        ("elsewhere", "some are kept somewhere else"),
                        ("none-kept", "we don't keep a list of them"),
                    ],
                },
                new("since", "Since which day is the list complete?") { IsDay = true, IsNeeded = false },
            ]
        )
        {
            Found = [string.Create(CultureInfo.InvariantCulture, $"The files hold {Amount.Of(found.Stops, "opt-out")}.")],
        };

    static StartQuestion MeaningOfNo(StartFindings found) =>
        new(
            "meaning-of-no",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Your export says \"no\" for {Amount.Of(found.StatusNo, "person", "people")}. Did they unsubscribe, or did they never "
                    + $"tick?"
            ),
            "Whether these people asked you to stop. The export has one word for both, and an opt-out cannot be taken back.",
            "They are held back like opt-outs until you find out.",
            StartSigner.Nobody,
            [
                new("answer", "Your answer")
                {
                    Choices =
                    [
                        ("opt-outs", "treat every \"no\" as an opt-out"),
                        ("lists", "I brought the list of those who unsubscribed as a file of its own; the others never ticked"),
                    ],
                },
            ]
        );

    static StartQuestion What(StartFindings found) =>
        new(
            "what",
            "What is the mailing about?",
            "That it shows only what its readers can expect from you.",
            "Customers without a yes of their own can't be shown; those who said yes are unaffected.",
            StartSigner.Nobody,
            [
                new("day", "The day it goes out") { IsDay = true },
                new("products", "Product codes it shows, separated by spaces")
                {
                    Proposal = found.Products.Count == 0 ? null : $"bought so far: {string.Join(' ', found.Products.Take(12))}",
                },
                new("third_party", "Does it also advertise somebody else's goods or services?") { Choices = YesNo },
                new("topic", "In one word, what people signed up for (such as news)") { IsNeeded = false },
            ]
        );

    static StartQuestion Chosen() =>
        new(
            "chosen",
            "How did you choose who gets it?",
            "Whether people are picked by what they do, or by something the law protects.",
            "Nobody may be sent anything.",
            StartSigner.Nobody,
            [
                new("answer", "Your answer")
                {
                    Choices =
                    [
                        ("everybody", "everybody on the list"),
                        ("country-or-topic", "by country, language or what they signed up for"),
                        ("behaviour", "by what they bought, opened or clicked"),
                        ("sensitive", "by something about health, belief, origin, politics or sex life"),
                    ],
                },
            ]
        );

    static StartQuestion Box(StartRecord record, StartFindings found) =>
        new(
            "box",
            "What did people see about marketing when they ordered or signed up?",
            "Whether they said yes, said no, or had a fair chance to say no; the orders and sign-ups then say what each of them did.",
            "These people can't be shown. Ask the people who built the shop, or look at theme backups or a web archive.",
            StartSigner.Signer,
            [
                new("kind", "Which of these was it?")
                {
                    Choices =
                    [
                        ("A", "an empty box: tick for yes"),
                        ("B", "a box that was already ticked: clear it for no"),
                        ("C", "an empty box: tick for no"),
                        ("D", "a line that says how to say no"),
                        ("E", "somebody asked them"),
                        ("F", "nothing"),
                    ],
                },
                new("wording", "The words beside it"),
                new("names_us", "Do the words name the business and email?") { Choices = YesNo, IsNeeded = false },
                new("says_what", "Do they say what will be sent and how often, without an end?") { Choices = YesNo, IsNeeded = false },
                new("apart", "Did it stand apart from the terms, and could people order without it?") { Choices = YesNo, IsNeeded = false },
                new("can_stop", "Do they say that people can stop at any time?") { Choices = YesNo, IsNeeded = false },
                new("easy", "Could people say no there simply and free of charge?") { Choices = YesNo, IsNeeded = false },
                new("no_goes_to_list", "For D and E: is everybody who said no there in the list of opt-outs?")
                {
                    Choices = YesNo,
                    IsNeeded = false,
                },
            ]
        )
        {
            Found = record["box", "kind"] is "B"
                ? [.. found.TickLines, "A box that was already ticked never counts as a yes."]
                : found.TickLines,
        };

    static StartQuestion Since(StartFindings found) =>
        new(
            "since",
            "Since when has it looked like this, and what shows it?",
            "Which orders and sign-ups saw that form.",
            "No order or sign-up can be matched to the form.",
            StartSigner.Signer,
            [
                new("from", "From this day") { IsDay = true },
                new("shown_by", "What shows it: a screenshot, release note, theme backup or archived page"),
            ]
        )
        {
            Found = found.Days is { } days
                ?
                [
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The orders and sign-ups run from {days.First:d MMM yyyy} to {days.Last:d MMM yyyy}."
                    ),
                ]
                : [],
        };

    static StartQuestion Notice() =>
        new(
            "notice",
            "What did the small print beside the form say?",
            "That people were told what their address is used for.",
            "Consents are mostly unaffected; customers without a yes can't be shown.",
            StartSigner.Signer,
            [
                new("marketing", "Did it say that you use the address for marketing?") { Choices = YesNo },
                new("interest", "Did it name your own interest in that?") { Choices = YesNo },
                new("object", "Was the right to object shown apart from the rest?") { Choices = YesNo },
                new("given", "Did it say who you are and how long you keep the data?") { Choices = YesNo },
                new("fair", "Was the address fairly obtained, without a trick?") { Choices = YesNo },
            ]
        );

    static StartQuestion Children() =>
        new(
            "children",
            "Do you offer anything to children?",
            "That everybody was old enough to say yes. Toys bought by adults: no. A site where children can sign up themselves: yes.",
            "Nobody may be sent anything.",
            StartSigner.Signer,
            [
                new("answer", "Your answer") { Choices = YesNo },
                new("since", "Since when has that been so?") { IsDay = true, IsNeeded = false },
            ]
        );

    static StartQuestion Email() =>
        new(
            "email",
            "What does the mailing carry?",
            "That its readers can stop, know who writes and are told of their rights. `maysend message check FILE.eml` looks for you.",
            "Nobody may be sent anything.",
            StartSigner.Signer,
            [
                new("stop", "A simple and free way to unsubscribe that works?") { Choices = YesNo },
                new("identified", "Your business's name?") { Choices = YesNo },
                new("address", "An address that takes requests to stop?") { Choices = YesNo },
                new("advert", "Is it plain that it is an advert, with its conditions clear?") { Choices = YesNo },
                new("object", "The right to object, shown apart from the rest?") { Choices = YesNo },
                new("notice", "A link to the privacy notice?") { Choices = YesNo },
                new("pixel", "An image or link that reports who opened or clicked? Take it out and send without it.") { Choices = YesNo },
            ]
        );

    static StartQuestion Similar(StartFindings found) =>
        new(
            "similar",
            "Which of your products belong together? Would somebody who bought this expect to hear about that?",
            "That the mailing is about the kind of thing people bought.",
            "Customers without a yes can't be shown.",
            StartSigner.Signer,
            [
                new(
                    "groups",
                    "Each code with its narrow and its wide group: C1=candles/homeware C2=candles/homeware; leave out "
                        + "postage and gift cards"
                )
                {
                    Proposal = $"codes: {string.Join(' ', found.Products.Take(30))}",
                },
            ]
        );

    static StartQuestion Before(StartFindings found) =>
        new(
            "before",
            "Did every marketing email so far carry a way to unsubscribe?",
            "That people could say no each time since you got their address.",
            "Customers without a yes can't be shown; those who said yes are unaffected.",
            StartSigner.Signer,
            [
                new("answer", "Your answer") { Choices = [("all", "all, with the same contents as this one"), ("some", "some did not")] },
                new("since", "Since which day?") { IsDay = true, IsNeeded = false },
            ]
        )
        {
            Found = found.Days is { } days
                ? [string.Create(CultureInfo.InvariantCulture, $"The first order or sign-up was on {days.First:d MMM yyyy}.")]
                : [],
        };
}
