namespace MaySend.Records;

/// <summary>How much of the disk a folder takes while others write in it and delete from it.</summary>
static class RoomTaken
{
    /// <summary>The bytes of every file below a folder, or 0 where there is none; what goes while it is counted counts nothing.</summary>
    public static long By(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? Directory.EnumerateFiles(folder).Sum(Length) + Directory.EnumerateDirectories(folder).Sum(By)
                : 0;
        }
        catch (DirectoryNotFoundException)
        {
            return 0;
        }
    }

    static long Length(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
