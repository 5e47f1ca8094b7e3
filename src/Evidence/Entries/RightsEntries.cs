namespace MaySend.Evidence.Entries;

/// <summary>
/// The person exercised one of their rights, on a page reached by a new link to their own address. It says nothing about how the address
/// came to be held, and decides nothing; what an erasure stops at once is a separate request to stop.
/// </summary>
/// <param name="When">When.</param>
/// <param name="Id">Names it.</param>
/// <param name="Right"><c>access</c>, <c>rectification</c> or <c>erasure</c>.</param>
/// <param name="Words">What they wrote; may be blank.</param>
public sealed record RightsExercised(When When, string Id, string Right, string Words) : ContactEntry(When, Id);
