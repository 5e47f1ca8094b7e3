using System.Text.Json;
using MaySend.Gate.Messages;
using MaySend.Gate.Protocol;

namespace MaySend.Gate.Rulings;

/// <summary>One message that was set aside.</summary>
/// <param name="Id">Names it.</param>
/// <param name="At">When.</param>
/// <param name="Credential">Whose mail it is.</param>
/// <param name="From">The envelope sender.</param>
/// <param name="Recipient">Whom it is for.</param>
/// <param name="Verdict">What was ruled.</param>
/// <param name="Reason">Why.</param>
public sealed record HeldMessage(
    string Id,
    DateTimeOffset At,
    string Credential,
    string From,
    string Recipient,
    string Verdict,
    string Reason
);

/// <summary>
/// Messages for people who may not get them, set aside for a person to look at. A folder that only the gate's user can read; each message
/// is two files, on disk before it is acknowledged, and is deleted after a time whatever becomes of it.
/// </summary>
public sealed class HeldMail(string folder, TimeProvider clock, TimeSpan keep)
{
    const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Sets a message aside.</summary>
    internal async Task KeepAsync(
        SmtpEnvelope envelope,
        MessageHeader header,
        string recipient,
        string credential,
        Ruling ruling,
        CancellationToken cancellation
    )
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, Own | UnixFileMode.UserExecute);
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var held = new HeldMessage(id, clock.GetUtcNow(), credential, envelope.From, recipient, ruling.Verdict, ruling.Reason);
        await WriteAsync(Path.Combine(folder, id + ".eml"), header.With([], []), cancellation);
        // The description comes last: a message without one was not acknowledged.
        await WriteAsync(Path.Combine(folder, id + ".json"), JsonSerializer.SerializeToUtf8Bytes(held), cancellation);
    }

    /// <summary>What is set aside, oldest first; what has been kept long enough goes with this.</summary>
    public IReadOnlyList<HeldMessage> List()
    {
        if (!Directory.Exists(folder))
            return [];
        var held = Directory
            .EnumerateFiles(folder, "*.json")
            .Select(Read)
            .OfType<HeldMessage>()
            .OrderBy(message => message.Id, StringComparer.Ordinal)
            .ToList();
        foreach (var old in held.Where(message => clock.GetUtcNow() - message.At > keep))
            Forget(old.Id);
        return [.. held.Where(message => clock.GetUtcNow() - message.At <= keep)];
    }

    /// <summary>The octets of one; null when it is not there.</summary>
    public byte[]? Octets(string id) =>
        IsId(id) && File.Exists(Path.Combine(folder, id + ".eml")) ? File.ReadAllBytes(Path.Combine(folder, id + ".eml")) : null;

    /// <summary>Lets one go; false when it is not there.</summary>
    public bool Forget(string id)
    {
        if (!IsId(id) || !File.Exists(Path.Combine(folder, id + ".json")))
            return false;
        File.Delete(Path.Combine(folder, id + ".json"));
        File.Delete(Path.Combine(folder, id + ".eml"));
        return true;
    }

    static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    static HeldMessage? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<HeldMessage>(File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return null;
        }
    }

    static async Task WriteAsync(string path, ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.WriteThrough,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Own;
        await using var file = new FileStream(path, options);
        await file.WriteAsync(octets, cancellation);
        file.Flush(flushToDisk: true);
    }
}
