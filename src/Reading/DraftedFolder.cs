using System.Security.Cryptography;

namespace MaySend.Reading;

/// <summary>
/// A folder that is filled beside its place and put there when everything is in it. Until then, and after whatever ends it, there is
/// nothing in its place and nothing beside it.
/// </summary>
public sealed class DraftedFolder : IDisposable
{
    readonly string place;

    /// <summary>Begins the folder.</summary>
    /// <param name="place">Its place: nothing is there, or an empty folder.</param>
    /// <param name="help">What to do where something is there.</param>
    /// <exception cref="BadInputException">Something is there.</exception>
    public DraftedFolder(string place, string help)
    {
        if (File.Exists(place) || (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any()))
            throw new BadInputException(new Place(place), "the folder is not empty", help);
        this.place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(place));
        // A name of its own: what stands there under a guessable one may be somebody else's.
        Draft = $"{this.place}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.partial";
        Directory.CreateDirectory(Draft);
    }

    /// <summary>Where it is filled.</summary>
    public string Draft { get; }

    /// <summary>Puts the folder in its place.</summary>
    public void Commit()
    {
        if (Directory.Exists(place))
            Directory.Delete(place);
        Directory.Move(Draft, place);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(Draft))
            Directory.Delete(Draft, recursive: true);
    }
}
