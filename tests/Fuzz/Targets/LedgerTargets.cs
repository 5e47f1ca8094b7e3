using System.Text;
using System.Text.Json;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Records.OptOuts;

namespace MaySend.Fuzz.Targets;

/// <summary>What lies in the store and beside it: damaged, it is said to be damaged, and never read as if nothing had happened.</summary>
static class LedgerTargets
{
    const string Kind = "order";

    static readonly ContactKey Key = ContactKey.FromSecret(new byte[ContactKey.SecretSize]);
    static readonly ContactId Owner = ContactId.TryParse("00000000000000000000000000000001", out var id) ? id : default;
    static readonly byte[] Bound = [.. Convert.FromHexString(Owner.ToString()), .. Encoding.ASCII.GetBytes(Kind)];
    static readonly byte[] Sealed = EntrySeal.Seal(
        new AppendRequest
        {
            Subject = new EntrySubject.Controller(),
            Kind = Kind,
            HappenedAt = new(2025, 5, 2, 9, 30, 0, TimeSpan.FromHours(1)),
            By = "import",
            Rights = Rights.Record,
            Source = new EntrySource(new string('a', 64), 7),
            Payload = """{"order":"1"}"""u8.ToArray(),
        },
        Owner,
        Key.Sealing(),
        new byte[IndexState.Size]
    );

    public static readonly Target[] All =
    [
        new(
            "row-sealed",
            "an entry's content as it lies in the store",
            () => [Sealed],
            octets => Open(octets, mayOpen: octets.AsSpan().SequenceEqual(Sealed))
        )
        {
            InTests = 2000,
        },
        new(
            "row-content",
            "an entry's content under its own key",
            () => [Key.Open(Sealed, Bound)!],
            octets => Open(Key.Seal(octets, Bound), mayOpen: true)
        )
        {
            InTests = 2000,
        },
        new(
            "row-address",
            "an address as it lies in the index",
            () =>
                [
                    [(byte)AddressKind.Email, .. "anna@example.com"u8],
                    [(byte)AddressKind.Telephone, .. "+441632960123"u8],
                ],
            AnAddress
        ),
        Json(
            "row-contact",
            "what an entry about somebody says",
            """{"kind":"refusal-made","id":"r1","when":"2025-05-02","senders":["lantern-ltd"],"channels":"all","topics":"all"}""",
            octets => EntryJson.ReadContact(octets)
        ),
        Json(
            "row-controller",
            "what an entry of the sender's says",
            """{"kind":"policy-set","id":"p1","when":"2025-05-02"}""",
            octets => EntryJson.ReadController(octets)
        ),
        new("erasure-list", "the list of erasures", () => Corpus.Files("tests/Fuzz/corpus/erasure-list"), Erasures),
        new("key-file", "the file of keys", () => [KeyFile()], Keys),
        new("spool", "opt-outs that wait on the disk", () => Corpus.Files("tests/Fuzz/corpus/spool"), Waiting),
    ];

    static Target Json(string name, string what, string seed, Action<byte[]> read) =>
        new(
            name,
            what,
            () => [Encoding.UTF8.GetBytes(seed)],
            octets =>
            {
                try
                {
                    read(octets);
                }
                catch (JsonException)
                {
                    // Whoever reads the ledger turns this into "damaged", with the position.
                }
            }
        )
        {
            Words = ["\"kind\":", "\"refusal-made\"", "\"all\"", "null", "\"id\":", "\"when\":", "{", "[", "\"\\ud800\"", "\"signature\":"],
        };

    static void Open(byte[] octets, bool mayOpen)
    {
        try
        {
            using var opening = Key.Opening();
            EntrySeal.Open(octets, Owner, Kind, opening, new(Partition.Controller, 1));
            if (!mayOpen)
                throw new InvalidOperationException("an altered entry was opened");
        }
        catch (LedgerUnavailableException)
        {
            // Damaged, and said so.
        }
    }

    static void AnAddress(byte[] octets)
    {
        try
        {
            _ = AddressSeal.Open(Key.Seal(octets, "maysend/address/1"u8), Owner, Key);
        }
        catch (LedgerUnavailableException)
        {
            // Damaged, and said so.
        }
    }

    static byte[] KeyFile()
    {
        var path = Path.Combine(Scratch.Folder, "made.json");
        KeyRing.Create().Save(path);
        return File.ReadAllBytes(path);
    }

    static void Keys(byte[] octets)
    {
        try
        {
            _ = KeyRing.Load(Scratch.File("keys.json", octets));
        }
        catch (LedgerKeyException)
        {
            // That is what it is for.
        }
    }

    static void Erasures(byte[] octets)
    {
        try
        {
            Scratch.File("keys.erasures", octets);
            _ = ErasureList.Beside(Path.Combine(Scratch.Folder, "keys")).Read();
        }
        catch (LedgerUnavailableException)
        {
            // Damaged, and said so.
        }
    }

    static void Waiting(byte[] octets)
    {
        Scratch.File("spool/opt-outs.spool", octets);
        try
        {
            _ = Spool.Read(Path.Combine(Scratch.Folder, "spool"));
        }
        catch (LedgerUnavailableException)
        {
            // Damaged, and said so.
        }
    }
}
