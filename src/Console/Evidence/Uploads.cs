using MaySend.Records.Screenings;
using Microsoft.AspNetCore.Http;

namespace MaySend.Console.Evidence;

/// <summary>Lists that somebody brings to a page to have them screened.</summary>
static class Uploads
{
    /// <summary>Each file with the name under which it is kept; empty where anything is wrong, which is added to the errors.</summary>
    public static Dictionary<IFormFile, string> Named(IReadOnlyList<IFormFile> files, List<string> errors)
    {
        var mistakes = new List<UploadNames.Mistake>();
        var chosen = files.Where(file => file.Length > 0).ToList();
        var names = UploadNames.Of([.. chosen.Select(file => file.FileName)], mistakes);
        errors.AddRange(mistakes.Select(mistake => mistake.File is { } file ? $"{file} {mistake.Says}." : mistake.Says));
        return errors.Count > 0 ? [] : chosen.Zip(names).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>What a file holds; only for files whose length was looked at.</summary>
    public static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken cancellation)
    {
        var octets = new byte[file.Length];
        await using var content = file.OpenReadStream();
        await content.ReadExactlyAsync(octets, cancellation);
        return octets;
    }

    /// <summary>Keeps the files with the screening; half an upload screens nobody.</summary>
    public static async Task KeepAsync(
        ScreeningRuns runs,
        ScreeningRun run,
        IReadOnlyDictionary<IFormFile, string> files,
        CancellationToken cancellation
    )
    {
        try
        {
            foreach (var (file, name) in files)
            {
                await using var target = new FileStream(Path.Combine(runs.UploadFolder(run), name), FileMode.CreateNew);
                await file.CopyToAsync(target, cancellation);
            }
        }
        catch
        {
            runs.Remove(run);
            throw;
        }
    }
}
