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
        questions.AddRange(
            found.Ways.SelectMany(way => way.FormsToAsk(record, found)).SelectMany(form => StartWayQuestions.Of(form, record, found))
        );
        questions.AddRange([Children(), Email()]);
        if (found.Products.Count > 0)
            questions.Add(Similar(found));
        questions.Add(Before(found));
        questions.AddRange(StartListQuestions.For(record, found));
        return questions;
    }

    /// <summary>
    /// The question to ask next: of those that are not answered the one on which most people's answer turns, of equals the first. What
    /// cannot be skipped and what a "no" in the files means come before all. One on which nobody's answer turns is left out; an answer
    /// given later may make it one that is asked. Null where none is left.
    /// </summary>
    /// <param name="questions">The questions of this interview.</param>
    /// <param name="record">What was answered so far.</param>
    /// <param name="worth">What each is worth as things stand; called only where it decides; null where nothing is left out, and all are
    /// asked in their order.</param>
    public static StartQuestion? Next(IReadOnlyList<StartQuestion> questions, StartRecord record, Func<StartWorth>? worth)
    {
        List<StartQuestion> left = [.. questions.Where(question => !record.HasAnswered(question.Id))];
        if (worth is null || left is [] or [{ CanBeSkipped: false }, ..])
            return left.FirstOrDefault();
        if (left.Find(question => question.Id == NoMeans) is { } first)
            return first;
        var counted = worth();
        return left.Where(question => counted[question.Id] > 0 && !IsTooEarly(question.Id, record)).MaxBy(question => counted[question.Id]);
    }

    /// <summary>Since when a form stood, and what its small print said, is asked of a form that somebody has described.</summary>
    static bool IsTooEarly(string question, StartRecord record) =>
        StartWay.EveryForm.FirstOrDefault(form => question == form.Since || question == form.Notice) is { } described
        && record[described.Box, "kind"] is null;

    const string NoMeans = "meaning-of-no";

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
            NoMeans,
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
