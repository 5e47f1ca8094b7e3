using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Console.Evidence;

/// <summary>Entries in words, for a timeline: a heading, what it says, and whether it speaks for or against sending.</summary>
/// <param name="Heading">What happened.</param>
/// <param name="Says">What is recorded of it; blank is not said.</param>
/// <param name="Colour">permitted, refused or all: for the eye only, the words say it too.</param>
sealed record EntryWords(string Heading, string Says, string Colour)
{
    /// <summary>The words of an entry.</summary>
    public static EntryWords Of(ContactEntry entry) =>
        entry switch
        {
            RefusalMade refusal => new(
                refusal.Kind == "objection" ? "Objected" : "Asked to stop",
                Join(
                    $"by {Format.Words(refusal.How)}",
                    Scope("senders", refusal.Senders ?? NameSet.Everything),
                    Scope("channels", refusal.Channels ?? NameSet.Everything),
                    Scope("topics", refusal.Topics ?? NameSet.Everything)
                ),
                "refused"
            ),
            RefusalRetracted retracted => new(
                "Took a request to stop back",
                $"the request {retracted.RefusalId}, on the page where it was made",
                "all"
            ),
            ConsentAnswered { Act: "declined" } consent => new("Said no to a request for consent", Consent(consent), "refused"),
            ConsentAnswered consent => new("Answered a request for consent", Consent(consent), "permitted"),
            DetailsCollected ticks when TickedBoxes.IsOnlyTicks(ticks) => new(
                "Boxes ticked, kept for the case that one asks to stop",
                Join(
                    ticks.Boxes is not { IsEmpty: false } boxes
                        ? null
                        : string.Join(", ", boxes.Where(box => box.Value).Select(box => box.Key)),
                    ticks.Point is { } at ? $"at {at}" : null
                ),
                "all"
            ),
            DetailsCollected collected => new(
                $"Details collected: {Format.Words(collected.Context ?? "context not recorded")}",
                Join(
                    collected.ObtainedBy is { } by ? $"by {by}" : null,
                    collected.From is { } from ? $"from the {from}" : "from whom is not recorded",
                    collected.Point is { } point ? $"at {point}" : null,
                    collected.Refused is { } refused ? (refused ? "used the chance to refuse" : "did not use the chance to refuse") : null,
                    collected.ConsentTicked is { } ticked
                        ? (ticked ? "ticked the request for consent" : "left the request for consent unticked")
                        : null,
                    collected.Products.IsEmpty ? null : Format.Count(collected.Products.Length, "product"),
                    Scope("country", collected.Countries)
                ),
                "all"
            ),
            DetailsStated stated => new(
                "Details on record",
                Join(
                    Scope("country", stated.Countries),
                    stated.Subscriber is { } subscriber ? $"{subscriber} subscriber" : null,
                    stated.AddressKind is { } kind ? $"{kind} address" : null,
                    stated.BusinessCapacity is { } business ? $"business capacity: {Format.YesNo(business)}" : null,
                    stated.Directory is { } directory ? $"in the directory: {Format.Words(directory)}" : null,
                    stated.Region is { } region ? $"region {region}" : null,
                    stated.Minor == true ? "a child" : null
                ),
                "all"
            ),
            MessageSent sent => new(
                sent.IsMarketing ? "Marketing message sent" : "Service message sent",
                Join($"by {sent.Sender}", sent.Channel, sent.Template is { } template ? $"template {template}" : null),
                "all"
            ),
            SendIntended intended => new("Marketing message about to be sent", Join(intended.Campaign, $"by {intended.Sender}"), "all"),
            SendAbandoned abandoned => new("A message did not go out", Format.Words(abandoned.Because), "all"),
            NoticeServed notice => new(
                "Privacy notice served",
                Join(notice.ShowsRightToObject ? "shows the right to object" : null, notice.NamesInterest ? "names the interest" : null),
                "all"
            ),
            MessageRequested requested => new("Asked for this message", $"campaign {requested.Campaign}", "permitted"),
            RegisterChecked check => new(
                check.Listed ? "Found on a register" : "Looked up in a register",
                Join(
                    check.Register,
                    check.Listed ? "listed" : "not listed",
                    check.Entered is { } entered ? $"since {entered:d MMM yyyy}" : null
                ),
                check.Listed ? "refused" : "all"
            ),
            ContractEnded ended => new("Contract ended", $"of {ended.CollectionId}", "all"),
            AddressFailed failed => new("The address did not work", Join(failed.IsPermanent ? "for good" : "for now", failed.Class), "all"),
            MessageWaiting waiting => new(
                "A message waits for a person",
                Join(
                    $"by {waiting.Source}",
                    waiting.Holds ? "may be an opt-out: MaySend sends nothing until it is settled" : "holds nobody"
                ),
                waiting.Holds ? "refused" : "all"
            ),
            MessageSettled settled => new("A message was settled", settled.Outcome, "all"),
            AddressLinked => new("Linked with another address", "requests to stop apply to both", "all"),
            DecisionMade made => new(
                "A decision was made",
                Join(made.Campaign, Format.Verdict(made.Verdict).ToLowerInvariant()),
                made.Verdict == "permitted" ? "permitted"
                    : made.Verdict == "refused" ? "refused"
                    : "all"
            ),
            FactJudged judged => new(
                "A person judged a fact",
                Join(
                    $"{judged.Fact} is {judged.Value}",
                    $"by {judged.By}",
                    judged.Reason,
                    judged.Until is { } until ? $"until {Format.Day(until)}" : null
                ),
                "all"
            ),
            JudgementWithdrawn withdrawn => new(
                "A judgement was withdrawn",
                Join(withdrawn.JudgementId, $"by {withdrawn.By}", withdrawn.Reason),
                "all"
            ),
            RightsExercised asked => new(
                asked.Right switch
                {
                    "access" => "Asked for a copy of their data",
                    "rectification" => "Asked for a correction",
                    "erasure" => "Asked to be erased",
                    _ => "Objected to marketing",
                },
                asked.Words.Length == 0 ? "" : $"in their words: {asked.Words}",
                asked.Right is "erasure" or "objection" ? "refused" : "all"
            ),
            _ => new(EntryKindWord(entry), "", "all"),
        };

    static string EntryKindWord(ContactEntry entry) => Format.Words(MaySend.Evidence.Store.EntryKinds.Of(entry));

    static string Consent(ConsentAnswered consent) =>
        Join(
            Scope("to", consent.To),
            Scope("channels", consent.Channels),
            Scope("topics", consent.Topics),
            consent.Act is { } act ? $"by {Format.Words(act)}" : null,
            consent.Confirmed is { } confirmed ? $"confirmed {Format.Day(confirmed.Day)}" : null,
            consent.Withdrawn is { } withdrawn ? $"withdrawn {Format.Day(withdrawn.Day)}" : null
        );

    static string? Scope(string what, NameSet? names) => names is null ? null : $"{what}: {names}";

    static string Join(params string?[] parts) => string.Join(" · ", parts.Where(part => part is not null));
}
