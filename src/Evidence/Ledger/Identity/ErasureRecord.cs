using System.Text.Json;

namespace MaySend.Evidence.Ledger.Identity;

/// <summary>One line of the erasure list: whom a restored backup must forget again, or what must stand in it again.</summary>
public abstract record ErasureRecord
{
    ErasureRecord() { }

    /// <summary>A contact that was forgotten. The id is random and has one life: whoever comes back has another.</summary>
    public sealed record Forgotten(ContactId Contact) : ErasureRecord
    {
        /// <summary>The kind of the controller's entry that records it.</summary>
        public const string Kind = "contact-erased";

        /// <summary>What that entry says.</summary>
        public string Payload => $$"""{"contact":"{{Contact}}"}""";

        /// <summary>Reads what that entry says; null when it is none.</summary>
        public static Forgotten? In(ReadOnlyMemory<byte> payload)
        {
            using var said = JsonDocument.Parse(payload);
            return said.RootElement.TryGetProperty("contact", out var id) && ContactId.TryParse(id.GetString(), out var contact)
                ? new(contact)
                : null;
        }
    }

    /// <summary>A suppression that was put down.</summary>
    /// <param name="Generation">Its key generation.</param>
    /// <param name="Mac">The address in the suppressions' domain.</param>
    /// <param name="Covers">What it covers, encrypted.</param>
    public sealed record Suppressed(int Generation, byte[] Mac, byte[] Covers) : ErasureRecord;

    /// <summary>As older builds wrote it: the keyed hashes of the address that was forgotten.</summary>
    public sealed record ForgottenAt(IReadOnlyList<byte[]> Index) : ErasureRecord;
}
