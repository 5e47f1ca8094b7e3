namespace MaySend.Ledger.Verify;

/// <summary>What a verification with keys needs: then it opens every entry and walks every table.</summary>
/// <param name="KeyFile">The ledger's key file.</param>
/// <param name="Matching">
/// The form of an address under which it is found again, given its kind (the number the ledger keeps) and the address as it was recorded;
/// null where it is no address. The one thing that is asked of the writers: what counts as the same mailbox is not the verifier's to say.
/// </param>
public sealed record KeyedCheck(string KeyFile, Func<byte, string, string?> Matching);
