using System.Globalization;
using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>The questions about one way in: what people saw there, since when, and what the small print said.</summary>
static class StartWayQuestions
{
    static readonly (string, string)[] YesNo = [("yes", ""), ("no", "")];

    /// <summary>The questions of a form of a way, in the order in which they are asked.</summary>
    public static IEnumerable<StartQuestion> Of(StartWay form, StartRecord record, StartFindings found)
    {
        // Of a form that was replaced people know until when it stood: it is asked about by that day.
        var way = LastDay(form, record) is { } last
            ? form with
            {
                When = string.Create(CultureInfo.InvariantCulture, $"{Now(form).When}, until {last:d MMM yyyy}"),
            }
            : form;
        return [Box(way, record, found), Since(way, record, found), Notice(way)];
    }

    /// <summary>The last day on which a form stood; null for the one of now, and where nobody said since when the next one has.</summary>
    internal static DateOnly? LastDay(StartWay form, StartRecord record) =>
        form.Later is { } later ? record.Day(later.Since, "from")?.AddDays(-1) : null;

    static StartWay Now(StartWay form)
    {
        while (form.Later is { } later)
            form = later;
        return form;
    }

    static StartQuestion Box(StartWay way, StartRecord record, StartFindings found) =>
        new(
            way.Box,
            $"What did people see about marketing {way.When}?",
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
            Found =
            [
                .. LastDay(way, record) is { } last
                    ?
                    [
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{Amount.Of(found.CameBefore(way, last.AddDays(1)), "order or sign-up", "orders or sign-ups")} came by then."
                        ),
                    ]
                : found.Ways.Count > 1 ? [$"{Amount.Of(found.PeopleBy(way), "person", "people")} came this way."]
                : Array.Empty<string>(),
                .. found.TickLines(way),
                .. record[way.Box, "kind"] is "B" ? ["A box that was already ticked never counts as a yes."] : Array.Empty<string>(),
            ],
        };

    static StartQuestion Since(StartWay way, StartRecord record, StartFindings found) =>
        new(
            way.Since,
            way.Later is null
                ? $"Since when has what people saw {way.When} looked like this, and what shows it?"
                : $"From which day did people see that {way.When}, and what shows it?",
            "Which orders and sign-ups saw that form.",
            "No order or sign-up can be matched to the form.",
            StartSigner.Signer,
            [
                new("from", "From this day") { IsDay = true },
                new("shown_by", "What shows it: a screenshot, release note, theme backup or archived page"),
            ]
        )
        {
            Found =
            [
                .. found.DaysOf(way) is { } days
                    ? [string.Create(CultureInfo.InvariantCulture, $"They came from {days.First:d MMM yyyy} to {days.Last:d MMM yyyy}.")]
                    : Array.Empty<string>(),
                .. record.HasAnswered(way.Since)
                    ? Array.Empty<string>()
                    : ["If it changed, give the day of the last change: what people saw before is asked next."],
            ],
        };

    static StartQuestion Notice(StartWay way) =>
        new(
            way.Notice,
            $"What did the small print say {way.When}?",
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
}
