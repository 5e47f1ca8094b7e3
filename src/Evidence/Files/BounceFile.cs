using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Files;

/// <summary>Messages that came back, one row each.</summary>
static class BounceFile
{
    static readonly string[] Kinds = ["hard", "soft"];

    public static CompanionFile Of(CsvColumn address, CsvColumn id) =>
        new(
            "bounces",
            "messages that came back: never a request to stop, and not part of the legal answer",
            [
                address,
                id,
                new("when", "a day or a time", "when it came back"),
                new("kind", string.Join(" or ", Kinds), "hard: the address failed for good; soft: for now; blank counts as hard"),
                new("class", "5.1.1, mailbox full, ...", "what the other side, or the platform, said about it"),
            ],
            row => new AddressFailed(
                row.When("when", isRequired: false) ?? When.Of(DateOnly.MinValue),
                row.Optional("id") ?? $"row {row.Row}",
                IsPermanent: row.Word("kind", Kinds) != "soft"
            )
            {
                Class = row.Optional("class"),
            }
        );
}
