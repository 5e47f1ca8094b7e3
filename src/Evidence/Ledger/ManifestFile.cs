using System.Text.Json;

namespace MaySend.Evidence.Ledger;

/// <summary>The file of a backup that says what belongs to it.</summary>
public static class ManifestFile
{
    static readonly JsonSerializerOptions Layout = new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Reads it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="LedgerUnavailableException">It is damaged: nothing is restored from such a backup.</exception>
    public static async Task<T> ReadAsync<T>(string path, CancellationToken cancellation)
        where T : class
    {
        try
        {
            var content = await File.ReadAllBytesAsync(path, cancellation);
            return JsonSerializer.Deserialize<T>(content, Layout) ?? throw new JsonException("it says nothing");
        }
        catch (JsonException fault)
        {
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"{path} is damaged, and nothing was restored: {fault.Message}"
            );
        }
    }
}
