namespace MaySend.Acceptance;

/// <summary>A folder that goes away.</summary>
sealed class Folder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("maysend-test-").FullName;

    /// <summary>Writes a file and says where it is.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
