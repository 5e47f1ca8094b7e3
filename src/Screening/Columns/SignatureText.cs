namespace MaySend.Screening.Columns;

/// <summary>Writes a signature: truths, seven to a letter, and where the records of each kind begin and end.</summary>
sealed class SignatureText
{
    char[] text = new char[256];
    int length;
    int bits,
        used;
    int ofKind,
        ofRecord;

    /// <summary>What has been written; good until the next one begins.</summary>
    public ReadOnlySpan<char> Written => text.AsSpan(0, length);

    /// <summary>Begins anew.</summary>
    public void Begin() => length = 0;

    /// <summary>Writes one truth.</summary>
    public void Put(int truth)
    {
        bits = (bits << 2) | truth;
        if (++used % 7 == 0)
        {
            Put((char)bits);
            bits = 0;
        }
    }

    /// <summary>Ends the truths of the recipient, or of one record.</summary>
    public void End()
    {
        Put((char)bits);
        (bits, used) = (0, 0);
    }

    /// <summary>
    /// Begins a kind of record. That there is one at all says something, and so does their order: the first of several as near is named.
    /// </summary>
    public void OpenKind(bool hasRecords)
    {
        Put(hasRecords ? '1' : '0');
        ofKind = length;
    }

    /// <summary>Begins one record.</summary>
    public void OpenRecord() => ofRecord = length;

    /// <summary>Ends one record: if it is like an earlier one it changes nothing.</summary>
    public void CloseRecord()
    {
        var size = length - ofRecord;
        var own = text.AsSpan(ofRecord, size);
        for (var at = ofKind; at < ofRecord; at += size)
            if (text.AsSpan(at, size).SequenceEqual(own))
            {
                length = ofRecord;
                return;
            }
    }

    /// <summary>Ends a kind of which something is asked.</summary>
    public void CloseKind() => Put(char.MaxValue);

    void Put(char one)
    {
        if (length == text.Length)
            Array.Resize(ref text, length * 2);
        text[length++] = one;
    }
}
