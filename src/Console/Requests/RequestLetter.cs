using System.Collections.Immutable;
using MaySend.Console.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Pages;
using MaySend.Evidence.Standards;
using MaySend.Evidence.Store;
using MaySend.Records.Requests;
using Scriban.Runtime;

namespace MaySend.Console.Requests;

/// <summary>What only the controller knows, and no record says.</summary>
/// <param name="Controller">Who answers, with a postal address.</param>
/// <param name="Recipients">Who receives the data: the mail platform, the host.</param>
/// <param name="Kept">How long it is kept, or by what that is decided.</param>
/// <param name="Contact">Where the person writes about it.</param>
sealed record LetterWords(string Controller, string Recipients, string Kept, string Contact);

/// <summary>
/// A letter to somebody who asked for a right of theirs, as a page to print: the receipt, or the answer to a request for access in plain
/// words (GDPR Art 15: purposes, kinds of data, recipients, retention, rights, source, automated decisions), with every entry behind it.
/// </summary>
static class RequestLetter
{
    const string Template = "MaySend.Console.Requests.letter.html";

    /// <summary>The receipt: what was asked for, when it came, by when the answer is due.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stop">What the opt-out does that came with it; null where none did, or nothing is held.</param>
    /// <param name="words">What only the controller knows.</param>
    /// <param name="today">The day of the letter.</param>
    public static string Receipt(RightsRequest request, RequestEffect? stop, LetterWords words, DateOnly today)
    {
        var clock = RequestClock.All[request.Received.Right];
        return Page(
            "We have received your request",
            words,
            today,
            request,
            [
                $"On {Format.Day(DateOnly.FromDateTime(request.Received.At.UtcDateTime))} we received your request for "
                    + $"{Called(request.Received.Right)}.",
                $"You will have our answer by {Format.Day(clock.Due(request.Received.At))} at the latest ({clock.Cite}).",
                .. request.Received.Right is "erasure" or "objection" ? new[] { Stopped(stop) } : [],
            ],
            [],
            []
        );
    }

    /// <summary>
    /// What becomes of marketing meanwhile: a letter may be older than a later act of the person, and must not promise what is not so.
    /// </summary>
    static string Stopped(RequestEffect? stop) =>
        stop is not { Freed.Count: > 0 } ? "From now on you will get no more marketing from us, whatever happens with the rest."
        : stop.Stands
            ? "From now on you will get no more marketing from us, except what you chose afterwards on a page of ours "
                + $"({ShownWidth.Days(stop)}). Every message lets you stop that too."
        : $"After that you signed up on a page of ours ({ShownWidth.Days(stop)}). Your later choice counts, so you will get what you chose "
            + "there until you stop it, with the link in any message or a letter to us.";

    /// <summary>The answer to a request for access.</summary>
    /// <param name="request">The request.</param>
    /// <param name="held">Everything held; null where nothing is.</param>
    /// <param name="record">What the controller has on record.</param>
    /// <param name="words">What only the controller knows.</param>
    /// <param name="today">The day of the letter.</param>
    public static string Access(RightsRequest request, PersonExport? held, ControllerRecord record, LetterWords words, DateOnly today)
    {
        List<ExportedEntry> entries = [.. held?.Records.SelectMany(one => one.Entries) ?? []];
        if (entries.Count == 0)
            return Page(
                "Your request for a copy of your data",
                words,
                today,
                request,
                ["You asked what we hold about you for our marketing. We looked, and hold nothing about you."],
                [("Your rights", Rights)],
                []
            );
        return Page(
            "Your request for a copy of your data",
            words,
            today,
            request,
            [
                $"On {Format.Day(DateOnly.FromDateTime(request.Received.At.UtcDateTime))} you asked what we hold about you. This letter "
                    + "covers our marketing; data we hold for orders and payments is covered in a separate letter if you asked "
                    + "for it.",
                "We enclose a copy in a machine-readable form.",
            ],
            [
                ("What we use it for", [.. Purposes([.. entries.Select(one => one.Entry)], record, today)]),
                ("What kinds of data", [.. Kinds(held!, entries)]),
                ("Where it came from", [.. Sources(entries)]),
                ("Who receives it", [words.Recipients]),
                ("How long we keep it", [words.Kept]),
                ("Automated decisions", [.. Machines(record, entries)]),
                ("Your rights", Rights),
            ],
            entries
        );
    }

    static readonly ImmutableArray<string> Rights =
    [
        "You may stop our marketing at any time, free of charge and without a reason.",
        "You may withdraw a consent at any time; what happened before stays lawful.",
        "You may have wrong data corrected, and have data erased that we no longer need.",
        "You may ask us to restrict what we do with your data, and object to it.",
        "You may have the data you gave us in a machine-readable form.",
        "You may complain to a supervisory authority, where you live, where you work, or where we are.",
    ];

    static IEnumerable<string> Purposes(IReadOnlyList<ContactEntry> entries, ControllerRecord record, DateOnly today)
    {
        var isNamed = false;
        foreach (var consent in entries.OfType<ConsentAnswered>().Where(one => ConsentStatuses.Stands(one, entries.OfType<RefusalMade>())))
        {
            isNamed = true;
            yield return $"Marketing, with the consent you gave on {Format.Day(consent.When.Day)}"
                + $"{(consent.Channels is { } channels ? $" for {channels}" : "")}"
                + $"{(consent.Topics is { } topics ? $", about {topics}" : "")}.";
        }
        if (entries.OfType<DetailsCollected>().Any())
            foreach (
                var assessment in record.Assessments.Where(one =>
                    one.Signature?.StoodOn(today) == true && one.EndedOn is null && one.Sender.Length > 0
                )
            )
            {
                isNamed = true;
                yield return "Marketing to people who dealt with us, in our own legitimate interest, where the law allows it: "
                    + $"{assessment.Title} ({assessment.Sender}).";
            }
        foreach (var stop in entries.OfType<RefusalMade>())
        {
            isNamed = true;
            yield return $"You asked us to stop on {Format.Day(stop.When.Day)}. We keep that so that nobody here writes to you again.";
        }
        // GDPR Art 15(1)(a): an answer names a purpose, also where nothing on record lets us write.
        if (!isNamed)
            yield return "To know whether we may write to you. Nothing we hold allows us to send you marketing.";
    }

    static IEnumerable<string> Kinds(PersonExport held, IReadOnlyList<ExportedEntry> entries)
    {
        yield return $"Your address{(held.Records.Length > 1 ? "es" : "")}: {string.Join(", ", held.Records.Select(one => one.Address))}.";
        foreach (var kind in entries.GroupBy(one => EntryKinds.Of(one.Entry)).OrderBy(group => group.Key, StringComparer.Ordinal))
            yield return $"{Format.Sentence(Format.Words(kind.Key))}: {Format.Count(kind.Count())}.";
    }

    static IEnumerable<string> Sources(IReadOnlyList<ExportedEntry> entries)
    {
        var from = entries
            .Select(one => one.Entry)
            .OfType<DetailsCollected>()
            .Where(collected => !TickedBoxes.IsOnlyTicks(collected))
            .ToList();
        foreach (var collected in from.OrderBy(one => one.When, When.Order).Take(20))
            yield return $"{Format.Day(collected.When.Day)}: "
                + $"{(collected.From is null or "recipient" ? "from you" : $"from a {Format.Words(collected.From)}")}"
                + $"{(collected.Context is { } context ? $", with a {Format.Words(context)}" : "")}"
                + $"{(collected.Point is { } point ? $", at {point}" : "")}.";
        if (from.Count > 20)
            yield return $"And on {Format.Count(from.Count - 20)} later occasions, in the list below.";
        if (from.Count == 0)
            yield return "From you, or from a file that one of our shops or mail platforms exported; the list below names each.";
    }

    static IEnumerable<string> Machines(ControllerRecord record, IReadOnlyList<ExportedEntry> entries)
    {
        yield return "Before each mailing a program checks by fixed rules whether we may write to you. The only effect is whether you "
            + "get the mailing.";
        var sent = entries.Select(one => one.Entry).OfType<DecisionMade>().Select(one => one.Campaign).ToHashSet(StringComparer.Ordinal);
        if (record.Campaigns.Any(one => one.Campaign.Profiling == true && sent.Contains(one.Campaign.Id)))
            yield return "For some mailings we chose people by what they bought or opened.";
    }

    static string Page(
        string title,
        LetterWords words,
        DateOnly today,
        RightsRequest request,
        IReadOnlyList<string> opening,
        IReadOnlyList<(string Title, IReadOnlyList<string> Lines)> parts,
        IReadOnlyList<ExportedEntry> rows
    ) =>
        PageTemplate.Render(
            typeof(RequestLetter),
            Template,
            new ScriptObject
            {
                ["title"] = title,
                ["controller"] = words.Controller,
                ["today"] = Format.Day(today),
                ["opening"] = opening.ToList(),
                ["parts"] = parts
                    .Where(part => part.Lines.Any(line => line.Length > 0))
                    .Select(part => new ScriptObject { ["title"] = part.Title, ["lines"] = part.Lines.ToList() })
                    .ToList(),
                ["rows"] = rows.OrderBy(one => one.Entry.When, When.Order)
                    .Select(one => new ScriptObject
                    {
                        ["when"] = one.Entry.When.Day == DateOnly.MinValue ? "not known" : Format.Day(one.Entry.When.Day),
                        ["what"] = Said(EntryWords.Of(one.Entry)),
                        ["source"] = one.File is { } file
                            ? $"row {one.Row} of the file {file[..Math.Min(12, file.Length)]}"
                            : $"recorded by {one.By}",
                    })
                    .ToList(),
                ["contact"] = words.Contact,
                ["reference"] = $"Reference {request.Received.Id}",
            }
        );

    static string Said(EntryWords words) => words.Says.Length == 0 ? words.Heading : $"{words.Heading}: {words.Says}";

    /// <summary>A right in everyday words.</summary>
    public static string Called(string right) =>
        right switch
        {
            "access" => "a copy of your data",
            "rectification" => "a correction of your data",
            "erasure" => "the erasure of your data",
            _ => "an end to our marketing",
        };
}
