using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Decisions;

/// <summary>
/// Whether a campaign's channel can get to an address at all. No email arrives at a telephone number, and no call or text message at an
/// email address. The law may permit the message all the same: this stands beside the verdict.
/// </summary>
public static class ChannelReach
{
    /// <summary>Whether a channel can reach an address of a kind; post, push notices and adverts do not travel by either kind.</summary>
    /// <param name="channel">The channel in law.</param>
    /// <param name="kind">What the address is for.</param>
    public static bool Reaches(string channel, AddressKind kind) =>
        channel switch
        {
            "email" => kind == AddressKind.Email,
            "sms" or "automated-call" or "live-call" or "artificial-voice-call" or "fax" => kind == AddressKind.Telephone,
            _ => true,
        };

    /// <summary>The same for an address as it is matched: only one for mail has an <c>@</c>.</summary>
    /// <param name="channel">The channel in law.</param>
    /// <param name="matching">The address as matched.</param>
    public static bool Reaches(string channel, string matching) =>
        Reaches(channel, matching.Contains('@', StringComparison.Ordinal) ? AddressKind.Email : AddressKind.Telephone);
}
