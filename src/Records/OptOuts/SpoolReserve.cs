using MaySend.Reading;

namespace MaySend.Records.OptOuts;

/// <summary>
/// Room on the spool's disk that is set aside (<c>opt-outs.reserve</c>, 1 MiB, some two thousand opt-outs): where the disk is full it is
/// given up, so that who asks then is heard too.
/// </summary>
sealed class SpoolReserve(string folder, SpoolFile.Writing write)
{
    const int Size = 1 << 20;
    const int ProbeSize = 1 << 12;

    readonly string path = Path.Combine(folder, "opt-outs.reserve");
    readonly string probe = Path.Combine(folder, "opt-outs.probe");

    /// <summary>True while it has not been given up.</summary>
    public bool IsThere => new FileInfo(path) is { Exists: true, Length: >= Size };

    /// <summary>Gives the room up; false when there was none.</summary>
    public bool GiveUp()
    {
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        return true;
    }

    /// <summary>True when the disk takes a page, and the room is set aside, or set aside again.</summary>
    public bool Probe()
    {
        try
        {
            Write(probe, ProbeSize);
            File.Delete(probe);
            if (!IsThere)
                Write(path, Size);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            DropHalf();
            return false;
        }
    }

    /// <summary>What was half set aside is no room.</summary>
    void DropHalf()
    {
        try
        {
            if (!IsThere)
                File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It counts for nothing either way.
        }
    }

    void Write(string file, int size)
    {
        using var stream = OwnerOnly.Open(file, FileMode.Create, FileAccess.Write);
        write(stream.SafeFileHandle, new byte[size], 0);
    }
}
