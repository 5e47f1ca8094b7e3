using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Records.Outbox;

/// <summary>
/// How often one address is written to: one mail of a kind in 24 hours, five in all until its holder has confirmed one, none after "never
/// again". The file beside the store holds keyed hashes and times, never an address; its key is of this machine alone. The ledger holds
/// nothing of it.
/// </summary>
public sealed class MailLimits : IDisposable
{
    const int UntilConfirmed = 5;
    static readonly TimeSpan Between = TimeSpan.FromHours(24);

    readonly Lock gate = new();
    readonly TimeProvider clock;
    readonly byte[] key;
    readonly FileStream file;
    readonly Dictionary<string, Held> held = new(StringComparer.Ordinal);
    readonly StringBuilder half = new();

    sealed record Held(int Sent = 0, DateTimeOffset Last = default, DateTimeOffset Before = default, bool IsNever = false);

    /// <summary>Opens the limits of a folder, or makes them.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public MailLimits(RecordsOptions options, TimeProvider clock)
    {
        this.clock = clock;
        Directory.CreateDirectory(options.DataFolder);
        key = Key(Path.Combine(options.DataFolder, "mail-limits.key"));
        // Of several processes on a folder each reads what the others have written.
        file = new FileStream(
            Path.Combine(options.DataFolder, "mail-limits.txt"),
            Private(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite)
        );
        CatchUp();
    }

    /// <summary>Counts one mail to an address; false where it may not be written to now, and then nothing is counted.</summary>
    /// <param name="kind">Mails of different kinds are counted apart.</param>
    /// <param name="address">The address.</param>
    public bool TryTake(string kind, Address address)
    {
        lock (gate)
        {
            CatchUp();
            var known = held.GetValueOrDefault(NameOf(kind, address)) ?? new();
            var now = clock.GetUtcNow();
            // By the clock's distance, not its direction: one that was put back does not open the way again.
            if (known.IsNever || known.Sent >= UntilConfirmed || (known.Sent > 0 && (now - known.Last).Duration() < Between))
                return false;
            Write(kind, address, "sent");
            return true;
        }
    }

    /// <summary>The mail last counted was not handed over.</summary>
    public void GiveBack(string kind, Address address) => Write(kind, address, "back");

    /// <summary>The holder of the address confirmed one: it may be written to again.</summary>
    public void Confirmed(string kind, Address address) => Write(kind, address, "confirmed");

    /// <summary>The holder of the address wants no such mail again.</summary>
    public void Never(string kind, Address address) => Write(kind, address, "never");

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    void Write(string kind, Address address, string word)
    {
        lock (gate)
        {
            CatchUp();
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{NameOf(kind, address)} {clock.GetUtcNow().ToUnixTimeSeconds()} {word}\n"
            );
            file.Seek(0, SeekOrigin.End);
            file.Write(Encoding.ASCII.GetBytes(line));
            file.Flush(flushToDisk: true);
            Take(line.TrimEnd());
        }
    }

    void CatchUp()
    {
        Span<byte> octets = stackalloc byte[4096];
        for (int read; (read = file.Read(octets)) > 0; )
            foreach (var octet in octets[..read])
                if (octet != '\n')
                    half.Append((char)octet);
                else
                {
                    Take(half.ToString());
                    half.Clear();
                }
    }

    void Take(string line)
    {
        if (
            line.Split(' ') is not [var name, var seconds, var word]
            || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        )
            return;
        var known = held.GetValueOrDefault(name) ?? new();
        held[name] = word switch
        {
            "sent" => known with { Sent = known.Sent + 1, Before = known.Last, Last = DateTimeOffset.FromUnixTimeSeconds(at) },
            "back" when known.Sent > 0 => known with { Sent = known.Sent - 1, Last = known.Before },
            "confirmed" => known with { Sent = 0 },
            "never" => known with { IsNever = true },
            _ => known,
        };
    }

    string NameOf(string kind, Address address) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}\n{address.Matching}")))[..32];

    static byte[] Key(string path)
    {
        try
        {
            using var made = new FileStream(path, Private(FileMode.CreateNew, FileAccess.Write, FileShare.None));
            var fresh = RandomNumberGenerator.GetBytes(32);
            made.Write(fresh);
            made.Flush(flushToDisk: true);
            return fresh;
        }
        catch (IOException) when (File.Exists(path))
        {
            return File.ReadAllBytes(path) is { Length: 32 } known
                ? known
                : throw new IOException($"{path} is not a key of 32 bytes: delete it, and mails are counted from zero");
        }
    }

    static FileStreamOptions Private(FileMode mode, FileAccess access, FileShare share)
    {
        var how = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return how;
    }
}
