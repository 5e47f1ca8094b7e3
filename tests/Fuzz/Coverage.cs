using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace MaySend.Fuzz;

/// <summary>
/// Which branches an input took, as SharpFuzz's instrumentation counts them (64 KB, one octet a pair of branches). Without instrumentation
/// nothing is counted, and no input is ever new.
/// </summary>
sealed unsafe class Coverage
{
    const int Size = 1 << 16;

    // One for the process and never given back: readers that go on in the background count too.
    static readonly byte* Map = (byte*)NativeMemory.AllocZeroed(Size);

    readonly byte[] seen = new byte[Size];

    /// <summary>Gives what is instrumented somewhere to count, before any of it runs.</summary>
    public static void Open() => Trace.SharedMem = Map;

    /// <summary>How many pairs of branches were ever taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Forgets the last input.</summary>
    public void Begin()
    {
        new Span<byte>(Map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>True when the last input took a branch, or took one so often, as none before.</summary>
    public bool IsNew()
    {
        var isNew = false;
        var counts = new ReadOnlySpan<byte>(Map, Size);
        var words = MemoryMarshal.Cast<byte, ulong>(counts);
        for (var word = 0; word < words.Length; word++)
        {
            var next = words[word..].IndexOfAnyExcept(0UL);
            if (next < 0)
                break;
            word += next;
            for (var at = word * 8; at < (word * 8) + 8; at++)
            {
                if (counts[at] == 0)
                    continue;
                // Once, twice, up to four times and so on: each a bit, as AFL has it.
                var bucket = (byte)(1 << BitOperations.Log2(counts[at]));
                if ((seen[at] & bucket) != 0)
                    continue;
                Taken += seen[at] == 0 ? 1 : 0;
                seen[at] |= bucket;
                isNew = true;
            }
        }
        return isNew;
    }
}
