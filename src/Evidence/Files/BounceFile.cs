using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Files;

/// <summary>The file of addresses that do not work. A bounce is no request to stop, and no reason to think that there was none.</summary>
public static class BounceFile
{
    /// <summary>Addresses that do not work.</summary>
    public static readonly CompanionFile Bounces = new(
        "bounces",
        "addresses that do not work; never a request to stop",
        [
            new("address", "an email address or phone number", "whom the row is about", IsRequired: true),
            new("id", "text", "names it for people; made up from the row when blank"),
            new("when", "a day or a time", "when it failed"),
            new("permanent", "yes, no or blank", "it will not work again; blank counts as yes"),
        ],
        row => new AddressFailed(
            row.When("when", isRequired: false) ?? When.Of(DateOnly.MinValue),
            row.Optional("id") ?? $"row {row.Row}",
            row.Flag("permanent") ?? true
        )
    );
}
