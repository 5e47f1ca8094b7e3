using System.Security.Cryptography;
using System.Text.Json;

namespace MaySend.Evidence.Ledger.Keys;

public sealed partial class KeyRing
{
    const string Format = "maysend-keys/1";
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Reads a key file; <see cref="LedgerKeyException"/> when it is missing or not one.</summary>
    public static KeyRing Load(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<KeyFile>(File.ReadAllBytes(path), Layout);
            if (
                file is not { Format: Format, Generations.Count: > 0, SigningSeed.Length: SigningKey.SeedSize }
                || file.Generations.Exists(generation => generation is not { LookUp: not null })
            )
                throw new LedgerKeyException($"{path} is not a MaySend key file ({Format})");
            return new(
                file.Generations.Select(g => new KeyGeneration(g.Number, g.LookUp, g.Wrapping)),
                file.SigningSeed,
                file.EarlierVerifierKeys ?? []
            );
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LedgerKeyException(
                $"the key file {path} is missing. Restore it from its backup: without it no address can be found and no entry read",
                fault
            );
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LedgerKeyException($"the key file {path} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>
    /// Writes the key file, readable by its owner alone: beside the target first, flushed, then renamed over it, so that a crash leaves the
    /// old file or the new one.
    /// </summary>
    public void Save(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var file = new KeyFile(
            Format,
            Signing.VerifierKey,
            Signing.Seed,
            [.. newestFirst.Reverse().Select(g => new KeyFileGeneration(g.Number, g.LookUpSecret, g.WrappingKey))],
            EarlierVerifierKeys.Count == 0 ? null : [.. EarlierVerifierKeys]
        );
        var bytes = JsonSerializer.SerializeToUtf8Bytes(file, Layout);
        var draft = full + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, full, overwrite: true);
        CryptographicOperations.ZeroMemory(bytes);
    }

    sealed record KeyFile(
        string Format,
        string VerifierKey,
        byte[] SigningSeed,
        List<KeyFileGeneration> Generations,
        List<string>? EarlierVerifierKeys
    );

    sealed record KeyFileGeneration(int Number, byte[] LookUp, byte[]? Wrapping);
}
