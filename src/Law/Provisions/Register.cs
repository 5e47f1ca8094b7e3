using System.Collections.Immutable;

namespace MaySend.Law.Provisions;

/// <summary>A register kept by somebody else that a law asks to be looked up, as <c>law/registers.yaml</c> describes it.</summary>
/// <param name="Id">As law files and checks name it: <c>gb/tps</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="KeptBy">Who keeps it.</param>
/// <param name="Url">Where it is asked.</param>
/// <param name="Channels">The channels it is about.</param>
/// <param name="Until">The first day on which it no longer exists; null while it does.</param>
public sealed record Register(string Id, string Name, string KeptBy, string Url, ImmutableArray<string> Channels, DateOnly? Until);
