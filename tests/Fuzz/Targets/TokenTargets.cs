using System.Text;
using MaySend.Mail.OptOut;

namespace MaySend.Fuzz.Targets;

/// <summary>Tokens of opt-out links, mailboxes, undos and notes: nothing but what was issued is ever taken.</summary>
static class TokenTargets
{
    static readonly DateTimeOffset Start = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);

    public static readonly OptOutKeyRing Ring = new([new OptOutKey(7, Start, [.. Enumerable.Range(1, 32).Select(number => (byte)number)])]);

    static readonly string Link = new OptOutToken(5, 42, 3, 99, new(2026, 3, 3)).ToLink(Ring, new Then());
    static readonly string Mailbox = new OptOutMailbox(42, 3).ToLocalPart(5, Ring, new Then());
    static readonly string Undo = new OptOutUndo(42, ["link 1"]).ToProof(Ring);
    static readonly string Note = SealedNote.Seal(Ring, default, ["anna@example.com", "lantern-ltd"]);

    public static readonly Target[] All =
    [
        Token("token-link", "the token of an opt-out link", Link, text => OptOutToken.TryReadLink(text, Ring, out _)),
        // A local part is read in any case of letters: mail servers change it.
        Token(
            "token-mailbox",
            "the token in an opt-out mailbox",
            Mailbox,
            text => OptOutMailbox.TryRead(text, 5, Ring, out _),
            StringComparison.OrdinalIgnoreCase
        ),
        Token("token-undo", "the proof with which a page takes back what it did", Undo, text => OptOutUndo.Read(text, Ring) is not null),
        Token("token-note", "what is sealed into a mail of ours", Note, text => SealedNote.Read(text, default, Ring) is not null),
        new("token-keys", "a file of opt-out keys", () => [Encoding.UTF8.GetBytes(Ring.ToText())], Keys),
    ];

    static Target Token(
        string name,
        string what,
        string issued,
        Func<string, bool> isTaken,
        StringComparison sameAs = StringComparison.Ordinal
    ) =>
        new(
            name,
            what,
            () => [Encoding.ASCII.GetBytes(issued)],
            octets =>
            {
                var text = Encoding.UTF8.GetString(octets);
                if (isTaken(text) && !text.Equals(issued, sameAs))
                    throw new InvalidOperationException($"`{text}` was taken, and never issued");
            }
        )
        {
            InTests = 2000,
        };

    static void Keys(byte[] octets)
    {
        try
        {
            _ = OptOutKeyRing.Parse(Encoding.UTF8.GetString(octets));
        }
        catch (Exception said) when (said is FormatException or ArgumentException { ParamName: "keys" })
        {
            // That is what it is for.
        }
    }

    sealed class Then : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Start;
    }
}
