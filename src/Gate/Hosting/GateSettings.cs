namespace MaySend.Gate.Hosting;

/// <summary>Where the gate finds and keeps things.</summary>
public sealed record GateSettings
{
    /// <summary>The file that says where the gate listens, whose mail it takes and where permitted mail goes on to.</summary>
    public required string ConfigFile { get; init; }

    /// <summary>The folder of the store's keys, the copy of the opt-out keys, the spool and messages that were set aside.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// True where the server of the opt-out pages is this very process: it takes opt-outs while the gate runs, and knows what waits.
    /// </summary>
    public bool IsBesidePages { get; init; }

    /// <summary>
    /// Says what stands in the way of everything, a code of <see cref="MaySend.Decisions.Sending"/>, or null, where this process takes
    /// requests to stop itself; null itself where only the watch of the pages can tell.
    /// </summary>
    public Func<string?>? Hindrance { get; init; }
}
