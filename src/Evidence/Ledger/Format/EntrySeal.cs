using System.Buffers.Binary;
using System.Text;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger.Format;

/// <summary>
/// What of an entry is encrypted, as bytes: version, happened-at (microseconds, offset in minutes), by, rights (since version 2), source (a
/// flag, digest, row), since version 3 the state of the index (a flag, 32 bytes), payload. Numbers are big-endian. Versions 1 and 2 are
/// read; version 1 says nothing of rights. The ciphertext is bound to the contact and the kind, so it cannot be moved to another entry.
/// </summary>
public static class EntrySeal
{
    const byte Version = 3;
    const byte WithoutIndexState = 2;
    const byte WithoutRights = 1;
    const int DigestSize = 32;
    const int GreatestBy = 500;
    const int GreatestKind = 40;

    /// <summary>Encrypts a request's content; <see cref="ArgumentException"/> when a field is out of its range.</summary>
    public static byte[] Seal(AppendRequest request, ContactId owner, ContactSealing sealing, ReadOnlySpan<byte> indexState = default)
    {
        Check(request);
        var by = Encoding.UTF8.GetBytes(request.By);
        if (indexState.Length is not (0 or IndexState.Size))
            throw new ArgumentException("the state of the index has 32 bytes");
        var sourceSize = request.Source is null ? 0 : DigestSize + 8;
        var text = new byte[1 + 8 + 2 + 2 + by.Length + 1 + 1 + sourceSize + 1 + indexState.Length + request.Payload.Length];
        var rest = text.AsSpan();
        rest[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(rest[1..], LedgerTime.ToMicroseconds(request.HappenedAt));
        BinaryPrimitives.WriteInt16BigEndian(rest[9..], (short)request.HappenedAt.TotalOffsetMinutes);
        BinaryPrimitives.WriteUInt16BigEndian(rest[11..], (ushort)by.Length);
        by.CopyTo(rest[13..]);
        rest[13 + by.Length] = (byte)request.Rights;
        rest = rest[(14 + by.Length)..];
        rest[0] = request.Source is null ? (byte)0 : (byte)1;
        rest = rest[1..];
        if (request.Source is { } source)
        {
            Convert.FromHexString(source.FileDigest).CopyTo(rest);
            BinaryPrimitives.WriteInt64BigEndian(rest[DigestSize..], source.Row);
            rest = rest[(DigestSize + 8)..];
        }

        rest[0] = indexState.IsEmpty ? (byte)0 : (byte)1;
        indexState.CopyTo(rest[1..]);
        request.Payload.Span.CopyTo(rest[(1 + indexState.Length)..]);
        return sealing.Seal(text, Bound(owner, request.Kind, stackalloc byte[ContactId.Size + GreatestKind]));
    }

    /// <summary>Ends the operation where a field of a request is out of its range, before anything of a batch is written.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    public static void Check(AppendRequest request)
    {
        CheckKind(request.Kind);
        var most = request.Rights.HasFlag(Rights.System) ? AppendRequest.GreatestOwnPayload : AppendRequest.GreatestPayload;
        if (request.Payload.Length > most)
            throw new ArgumentException($"the payload has {request.Payload.Length} bytes; at most {most} are allowed");
        if (Encoding.UTF8.GetByteCount(request.By) > GreatestBy)
            throw new ArgumentException("the name of the person or program that recorded it is longer than 500 bytes");
        if (request.Source is { FileDigest: var digest } && (digest.Length != 2 * DigestSize || !digest.All(char.IsAsciiHexDigit)))
            throw new ArgumentException("a file digest is 64 hexadecimal digits");
    }

    /// <summary>Opens an entry's content; <see cref="LedgerUnavailableException"/> naming the position when it has been altered.</summary>
    public static EntryContent Open(
        ReadOnlySpan<byte> ciphertext,
        ContactId owner,
        string kind,
        ContactOpening opening,
        LedgerPosition position
    )
    {
        if (
            kind.Length > GreatestKind
            || opening.Open(ciphertext, Bound(owner, kind, stackalloc byte[ContactId.Size + GreatestKind])) is not { } text
        )
            throw Altered(position);
        if (text.Length > 0 && text[0] is not (Version or WithoutIndexState or WithoutRights))
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"entry {position} has the format {text[0]}, which this build does not know"
            );
        try
        {
            return Read(text);
        }
        catch (Exception fault) when (fault is ArgumentException or IndexOutOfRangeException)
        {
            // It opens, so that it was sealed with the key, and yet it breaks off or names no moment.
            throw Altered(position);
        }
    }

    static EntryContent Read(byte[] text)
    {
        var rest = text.AsMemory();
        var happened = LedgerTime.FromMicroseconds(BinaryPrimitives.ReadInt64BigEndian(rest.Span[1..]));
        var offset = TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16BigEndian(rest.Span[9..]));
        int by = BinaryPrimitives.ReadUInt16BigEndian(rest.Span[11..]);
        var byWhom = Encoding.UTF8.GetString(rest.Span.Slice(13, by));
        rest = rest[(13 + by)..];
        Rights? rights = null;
        if (text[0] != WithoutRights)
        {
            rights = (Rights)rest.Span[0];
            rest = rest[1..];
        }

        EntrySource? source = null;
        if (rest.Span[0] == 1)
        {
            source = new(
                Convert.ToHexStringLower(rest.Span.Slice(1, DigestSize)),
                BinaryPrimitives.ReadInt64BigEndian(rest.Span[(1 + DigestSize)..])
            );
            rest = rest[(DigestSize + 8)..];
        }

        rest = rest[1..];
        var indexState = ReadOnlyMemory<byte>.Empty;
        if (text[0] == Version)
        {
            if (rest.Span[0] == 1)
                indexState = rest.Slice(1, IndexState.Size);
            rest = rest[(1 + indexState.Length)..];
        }

        return new()
        {
            HappenedAt = happened.ToOffset(offset),
            By = byWhom,
            Rights = rights,
            Source = source,
            IndexState = indexState,
            Payload = rest,
        };
    }

    static ReadOnlySpan<byte> Bound(ContactId owner, string kind, Span<byte> bound)
    {
        owner.WriteTo(bound);
        return bound[..(ContactId.Size + Encoding.ASCII.GetBytes(kind, bound[ContactId.Size..]))];
    }

    static void CheckKind(string kind)
    {
        if (
            kind.Length is < 1 or > GreatestKind
            || !char.IsAsciiLetterLower(kind[0])
            || !kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        )
            throw new ArgumentException(
                $"`{kind}` is not a valid kind of entry: use 1 to 40 of a-z, 0-9 and hyphen, beginning with a " + "letter"
            );
    }

    static LedgerUnavailableException Altered(LedgerPosition position) =>
        new(
            UnavailableBecause.Damaged,
            $"entry {position} does not open: the store has been altered. Run `maysend ledger verify`, then restore from a backup"
        );
}
