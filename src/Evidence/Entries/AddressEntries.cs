namespace MaySend.Evidence.Entries;

/// <summary>The address does not work; never a withdrawal. The class: a code of RFC 3463, or the platform's word.</summary>
public sealed record AddressFailed(When When, string Id, bool IsPermanent, string? Class = null) : ContactEntry(When, Id);

/// <summary>Another address of the same person.</summary>
public sealed record AddressLinked(When When, string Id, string OtherContact) : ContactEntry(When, Id);
