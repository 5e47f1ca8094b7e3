using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Files;

/// <summary>Messages that came back, one row each.</summary>
static class BounceFile
{
    static readonly string[] Kinds = ["hard", "soft"];

    public static CompanionFile Of(CsvColumn address, CsvColumn id) =>
        new(
            "bounces",
            "messages that came back: never a request to stop, and no part of the legal answer",
            [
                address,
                id,
                new("when", "a day or a time", "when it came back", IsRequired: true),
                new("kind", string.Join(" or ", Kinds), "hard: the address failed for good; soft: for now", IsRequired: true),
                new("class", "5.1.1, mailbox full, ...", "what the other side, or the platform, said of it"),
            ],
            row =>
            {
                var (when, kind) = (row.When("when", isRequired: true), row.Word("kind", Kinds));
                if (row.Optional("kind") is null)
                    row.Problem("kind", "is missing", string.Join(" or ", Kinds));
                return when is { } day && kind is not null
                    ? new AddressFailed(day, row.Optional("id") ?? $"row {row.Row}", kind == "hard") { Class = row.Optional("class") }
                    : null;
            }
        );
}
