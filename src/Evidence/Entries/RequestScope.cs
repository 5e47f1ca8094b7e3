using MaySend.Law.Facts;

namespace MaySend.Evidence.Entries;

/// <summary>
/// What a request to stop names, or reaches: senders, channels and topics. A dimension that is null names nothing, and then everything is
/// meant.
/// </summary>
/// <param name="Senders">The senders.</param>
/// <param name="Channels">The channels.</param>
/// <param name="Topics">The topics.</param>
public sealed record RequestScope(NameSet? Senders = null, NameSet? Channels = null, NameSet? Topics = null)
{
    /// <summary>Every sender, channel and topic.</summary>
    public static readonly RequestScope Everything = new(NameSet.Everything, NameSet.Everything, NameSet.Everything);
}
