using System.Text;

namespace MaySend.Reading;

/// <summary>
/// A text that is written beside its place and put there when all of it is written. Until then, and after whatever ends it, a full disk
/// too, there is nothing in its place but what was there before, and nothing beside it.
/// </summary>
public sealed class DraftedText : IDisposable
{
    readonly string draft;
    bool isInPlace;

    /// <summary>Begins the text: UTF-8 without a mark, lines ended by a line feed.</summary>
    /// <param name="path">Its place.</param>
    public DraftedText(string path)
    {
        (Path, draft) = (path, $"{path}.partial");
        Writer = new(draft, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
    }

    /// <summary>Writes a whole text in the same way.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Write(string path, string content)
    {
        using var text = new DraftedText(path);
        text.Writer.Write(content);
        text.Commit();
    }

    /// <summary>Its place.</summary>
    public string Path { get; }

    /// <summary>Takes the text.</summary>
    public StreamWriter Writer { get; }

    /// <summary>Writes down what is still held, and ends the text; it is not in its place yet.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void End() => Writer.Dispose();

    /// <summary>Ends the text and puts it in its place.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Commit()
    {
        End();
        File.Move(draft, Path, overwrite: true);
        isInPlace = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // What stands beside it by now is somebody else's draft.
        if (isInPlace)
            return;
        try
        {
            End();
        }
        catch (IOException)
        {
            // What is thrown away need not reach the disk; what ended it is known to whoever wrote.
        }
        File.Delete(draft);
    }
}
