using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MaySend.Ledger.Verify;

/// <summary>
/// What can be seen with the keys: every entry opens; each contact's row is found under its own address and is, with its links and holds,
/// what the chain states last; whoever has entries and no row was erased; the heads are sealed, and the rows add up to what they state.
/// </summary>
sealed class KeyedVerification(IStoredLedger ledger, KeyedCheck check, Action<VerificationFinding> found)
{
    const string NoState = "is in the index, but the chain never made it";
    readonly Dictionary<UInt128, (StoredContact Row, byte[] Secret)> contacts = [];
    readonly Dictionary<UInt128, byte[]?> stated = [];
    readonly Dictionary<UInt128, int> gone = [];
    readonly HashSet<UInt128> erased = [];
    readonly Dictionary<int, BigInteger> sums = [];

    internal async Task RunAsync()
    {
        if (Secrets.Read(check.KeyFile) is not { } secrets)
        {
            Say($"{check.KeyFile} is not a key file that MaySend can read: nothing was checked with keys");
            return;
        }

        foreach (var (generation, value) in await ledger.GenerationsAsync())
            if (!secrets.Knows(generation, value))
                Say($"the key file does not have generation {generation} of this ledger");
        var self = await ledger.SelfAsync();
        if (secrets.Unwrap(self.Generation, self.Key, new byte[16]) is not { } controller)
        {
            Say("the controller's key does not open with this key file: nothing else was checked with keys");
            return;
        }

        await ReadContacts(secrets);
        await WalkEntries(controller);
        await CompareRows();
        await AddUpSuppressions(controller);
        await CompareHeads(self.StoreId, controller);
    }

    async Task ReadContacts(Secrets secrets)
    {
        await foreach (var row in ledger.ContactsAsync())
        {
            if (secrets.Unwrap(row.Generation, row.Wrapped, row.Id) is { } secret)
                contacts[Id(row.Id)] = (row, secret);
            else
                Say($"the key of contact {Name(row.Id)} does not open");
            if (contacts.TryGetValue(Id(row.Id), out var known) && AddressOf(known) is var (kind, verbatim))
            {
                if (check.Matching(kind, verbatim) is not { } matching)
                    Say($"the address of contact {Name(row.Id)} is not an address");
                else if (!row.Mac.AsSpan().SequenceEqual(secrets.AddressMac(row.Generation, kind, matching)))
                    Say($"contact {Name(row.Id)} is found under the hash of an address that is not its own");
            }
        }
    }

    async Task WalkEntries(byte[] controller)
    {
        await foreach (var entry in ledger.EntriesAsync())
        {
            var (id, isController) = (Id(entry.Contact), entry.Partition == Hashes.ControllerChain);
            if (!isController && !contacts.ContainsKey(id))
            {
                gone.TryAdd(id, entry.Partition);
                continue;
            }

            var secret = isController ? controller : contacts[id].Secret;
            var text = Secrets.Open(secret[..32], entry.Content, [.. entry.Contact, .. Encoding.ASCII.GetBytes(entry.Kind)]);
            if (text is null)
                found(new(entry.Partition, entry.Seq, "does not open with the key of its contact"));
            else if (!isController && StateIn(text) is { } state)
                stated[id] = state;
            else if (!isController)
                stated.TryAdd(id, null);
            else if (entry.Kind == "contact-erased" && ErasedIn(text) is { } forgotten)
                erased.Add(forgotten);
            if (!isController && contacts[id].Row.Partition != entry.Partition)
                found(
                    new(entry.Partition, entry.Seq, $"belongs to contact {Name(entry.Contact)}, which is in {contacts[id].Row.Partition}")
                );
        }
    }

    async Task CompareRows()
    {
        var holds = new List<StoredHold>();
        await foreach (var hold in ledger.HoldsAsync())
            holds.Add(hold);
        foreach (var hold in holds.Where(hold => !contacts.ContainsKey(Id(hold.Contact))))
            Say($"hold {hold.Number} belongs to nobody: contact {Name(hold.Contact)} has no row");
        foreach (var (id, partition) in gone.Where(one => !erased.Contains(one.Key)).OrderBy(one => one.Key))
            found(new(partition, 0, $"contact {id:x32} has entries and was never erased, but its row is gone"));
        foreach (var (id, known) in contacts.OrderBy(one => one.Key))
        {
            if (erased.Contains(id))
                Say($"contact {id:x32} is in the index, but the chain says that it was erased");
            if (stated.GetValueOrDefault(id) is not { } state)
                Say($"contact {id:x32} {NoState}");
            else if (!state.AsSpan().SequenceEqual(StateOf(known, holds)))
                Say($"the address, links or holds of contact {id:x32} are not those that the chain states");
        }
    }

    async Task AddUpSuppressions(byte[] controller)
    {
        var sum = BigInteger.Zero;
        await foreach (var one in ledger.SuppressionsAsync())
            sum += Number(
                Secrets.Mac(controller, "maysend/suppressed/1\n", Hashes.Big(one.Generation, 4), one.Mac, SHA256.HashData(one.Covers))
            );
        sums[Hashes.SuppressionChain] = sum;
        foreach (var (row, _) in contacts.Values)
            sums[row.Partition] = sums.GetValueOrDefault(row.Partition) + Number(Secrets.Mac(controller, "maysend/contact/1\n", row.Id));
    }

    async Task CompareHeads(byte[] storeId, byte[] controller)
    {
        var heads = await ledger.SealedHeadsAsync();
        if (heads is null)
        {
            Say("the store has the layout of an older build, whose heads have no seals: run `maysend ledger upgrade`");
            return;
        }

        foreach (var head in heads)
        {
            var seal = Secrets.Mac(
                controller,
                "maysend/head/1\n",
                storeId,
                Hashes.Big(head.Chain, 2),
                Hashes.Big(head.Seq, 8),
                head.Hash,
                Hashes.Big(head.RecordedAt, 8),
                head.Sum
            );
            if (!seal.AsSpan().SequenceEqual(head.Seal))
                Say($"the head of chain {head.Chain} is not as it was sealed");
            else if (Number(head.Sum) != sums.GetValueOrDefault(head.Chain) % BigInteger.Pow(2, 256))
                Say($"the rows of the index do not add up to what the head of chain {head.Chain} states");
        }
    }

    static (byte Kind, string Verbatim)? AddressOf((StoredContact Row, byte[] Secret) known) =>
        Secrets.Open(known.Secret[..32], known.Row.Address, "maysend/address/1"u8.ToArray()) is { Length: > 1 } text
            ? (text[0], Encoding.UTF8.GetString(text, 1, text.Length - 1))
            : null;

    /// <summary>The keyed hash over a contact's rows, as the chain should state it; empty when its address does not open.</summary>
    static byte[] StateOf((StoredContact Row, byte[] Secret) known, IEnumerable<StoredHold> holds)
    {
        if (AddressOf(known) is not var (kind, verbatim))
            return [];
        var address = Encoding.UTF8.GetBytes(verbatim);
        var person = known.Row.Person ?? [];
        List<StoredHold> own = [.. holds.Where(hold => hold.Contact.AsSpan().SequenceEqual(known.Row.Id)).OrderBy(hold => hold.Number)];
        List<byte[]> parts =
        [
            [kind],
            Hashes.Big(address.Length, 2),
            address,
            [(byte)person.Length],
            person,
            Hashes.Big(own.Count, 4),
        ];
        foreach (var hold in own)
            parts.AddRange([Hashes.Big(hold.Number, 8), Hashes.Big(hold.PlacedAt, 8), SHA256.HashData(hold.Reason)]);
        return Secrets.Mac(known.Secret, "maysend/index/1\n", [.. parts]);
    }

    /// <summary>What an entry states of its contact's rows; null where it states nothing.</summary>
    static byte[]? StateIn(byte[] text)
    {
        if (text[0] < 3)
            return null;
        var at = 13 + ((text[11] << 8) | text[12]) + 1;
        at += text[at] == 1 ? 1 + 32 + 8 : 1;
        return text[at] == 1 ? text[(at + 1)..(at + 33)] : null;
    }

    static UInt128? ErasedIn(byte[] text)
    {
        var at = 13 + ((text[11] << 8) | text[12]) + (text[0] > 1 ? 1 : 0);
        at += text[at] == 1 ? 1 + 32 + 8 : 1;
        at +=
            text[0] < 3 ? 0
            : text[at] == 1 ? 33
            : 1;
        using var said = JsonDocument.Parse(text.AsMemory(at));
        return said.RootElement.TryGetProperty("contact", out var id) && id.GetString() is { Length: 32 } digits
            ? Id(Convert.FromHexString(digits))
            : null;
    }

    void Say(string what) => found(new(-1, 0, what));

    static UInt128 Id(byte[] bytes) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);

    static string Name(byte[] id) => Convert.ToHexStringLower(id);

    static BigInteger Number(byte[] big) => new(big, isUnsigned: true, isBigEndian: true);
}
