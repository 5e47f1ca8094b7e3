using MaySend.Mail.OptOut;

namespace MaySend.Server.OptOut;

/// <summary>
/// The ring of opt-out keys in <c>opt-out-keys.txt</c>: made on the first run, followed by a fresh key a week before the youngest stops issuing, read again when another process
/// has added one. Losing the file loses people's opt-outs: back it up with the store.
/// </summary>
public sealed class OptOutKeys
{
    static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    readonly Lock gate = new();
    readonly string path;
    readonly TimeProvider clock;
    OptOutKeyRing ring;
    DateTime readAt;

    /// <summary>Reads the file, or makes it.</summary>
    public OptOutKeys(ServerOptions options, TimeProvider clock)
    {
        path = Path.Combine(options.DataFolder, "opt-out-keys.txt");
        this.clock = clock;
        ring = Renewed();
    }

    /// <summary>The token of a link.</summary>
    public string Issue(OptOutToken token)
    {
        lock (gate)
        {
            if (clock.GetUtcNow() + Ahead >= ring.RotateBefore) ring = Renewed();
            return token.ToLink(ring, clock);
        }
    }

    /// <summary>Reads a token; a forged one is false and nothing else.</summary>
    public bool TryRead(string text, out OptOutToken token)
    {
        if (OptOutToken.TryReadLink(text, ring, out token)) return true;
        lock (gate)
        {
            if (File.GetLastWriteTimeUtc(path) == readAt) return false;
            ring = Renewed();
        }
        return OptOutToken.TryReadLink(text, ring, out token);
    }

    /// <summary>The ring as it stands in the file, with a fresh key if one is due. One process at a time: the file is held meanwhile.</summary>
    OptOutKeyRing Renewed()
    {
        var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, how);
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd();
        var found = text.Length == 0 ? new OptOutKeyRing([OptOutKey.Create(1, clock)]) : OptOutKeyRing.Parse(text);
        if (clock.GetUtcNow() + Ahead >= found.RotateBefore) found = found.Rotate(clock);
        if (found.ToText() is var renewed && renewed != text)
        {
            // Only ever appended to: a crash in mid-write leaves every older key readable.
            file.Position = 0;
            file.Write(System.Text.Encoding.ASCII.GetBytes(renewed));
            file.Flush(flushToDisk: true);
        }
        readAt = File.GetLastWriteTimeUtc(path);
        return found;
    }
}
