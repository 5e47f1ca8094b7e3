using System.Text;

namespace MaySend.Evidence.Tables;

/// <summary>
/// Millions of short texts, kept as UTF-8 in a few large arrays: a text by itself costs more than its letters. Filled by one thread, then
/// read by any.
/// </summary>
sealed class Letters
{
    const int Together = 1 << 17;

    readonly List<byte[]> arrays = [];
    int used = Together;

    /// <summary>Keeps a text, and says where it stands.</summary>
    public Span Keep(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return default;
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > Together - used)
        {
            arrays.Add(new byte[Math.Max(length, Together)]);
            used = 0;
        }
        Encoding.UTF8.GetBytes(text, arrays[^1].AsSpan(used));
        var span = new Span(arrays.Count - 1, used, length);
        // What is longer than an array has one to itself.
        used += length;
        return span;
    }

    /// <summary>A text that was kept.</summary>
    public string this[Span span] => span.Length == 0 ? "" : Encoding.UTF8.GetString(arrays[span.Array].AsSpan(span.At, span.Length));

    /// <summary>Where a text stands: in which array, from which byte on, and how many bytes; the default is the empty text.</summary>
    public readonly record struct Span(int Array, int At, int Length);
}
