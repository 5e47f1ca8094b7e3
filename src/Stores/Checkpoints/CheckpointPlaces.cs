using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Reading;

namespace MaySend.Stores.Checkpoints;

/// <summary>
/// Where the checkpoints of a store leave to, and how often: <c>checkpoints.json</c> beside the key file. <c>files</c> are paths,
/// <c>endpoints</c> have <c>url</c> and for choice <c>tokenFile</c> and <c>readBack</c>, <c>timeStamps</c> have <c>url</c>,
/// <c>authority</c> (a PEM file) and <c>keptIn</c>, <c>everyMinutes</c> is 1 to 1440.
/// </summary>
public sealed class CheckpointPlaces
{
    /// <summary>The file's name.</summary>
    public const string FileName = "checkpoints.json";

    const string Known = "everyMinutes, files, endpoints (url, tokenFile, readBack), timeStamps (url, authority, keptIn)";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    CheckpointPlaces(TimeSpan every, IReadOnlyList<ICheckpointPlace> all) => (Every, All) = (every, all);

    /// <summary>How long it is from one checkpoint that leaves to the next, where nobody is erased in between.</summary>
    public TimeSpan Every { get; }

    /// <summary>The places; none where there is no file.</summary>
    public IReadOnlyList<ICheckpointPlace> All { get; }

    /// <summary>The certificates that time stamps are checked by; null where nothing is stamped.</summary>
    public X509Certificate2Collection? Authorities =>
        All.OfType<StampedPlace>().ToList() is { Count: > 0 } stamped ? [.. stamped.SelectMany(place => place.Authorities)] : null;

    /// <summary>Reads the settings of a store.</summary>
    /// <param name="folder">The folder of the key file.</param>
    /// <exception cref="BadInputException">The file is wrong; everything found is said.</exception>
    public static CheckpointPlaces Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return new(TimeSpan.FromMinutes(Settings.UsualMinutes), []);
        var problems = new Problems();
        Settings settings = new();
        try
        {
            settings = JsonSerializer.Deserialize<Settings>(File.ReadAllBytes(path), EntryJson.Options) ?? new();
        }
        catch (JsonException fault)
        {
            problems.Add(
                new Place(path, (int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1),
                $"cannot be read at {fault.Path}",
                Known
            );
        }
        problems.ThrowIfAny();
        if (settings.EveryMinutes is < 1 or > Settings.MostMinutes)
            problems.Add(new Place(path), $"everyMinutes is not 1 to {Settings.MostMinutes}");
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience };
        List<ICheckpointPlace?> places =
        [
            .. settings.Files.Select(file => FileAt(path, "files", file, problems)),
            .. settings.Endpoints.Select(endpoint => EndpointAt(path, endpoint, client, problems)),
            .. settings.TimeStamps.Select(stamps => StampsOf(path, stamps, client, problems)),
        ];
        if (places.Count == 0)
            problems.Add(new Place(path), "does not name a place", Known);
        problems.ThrowIfAny();
        return new(TimeSpan.FromMinutes(settings.EveryMinutes), [.. places.OfType<ICheckpointPlace>()]);
    }

    static FilePlace? FileAt(string path, string key, string? file, Problems problems)
    {
        if (!string.IsNullOrWhiteSpace(file) && Path.IsPathFullyQualified(file))
            return new(file);
        problems.Add(new Place(path), $"{key}: `{file}` is not a full path", "/mnt/other/checkpoints.txt");
        return null;
    }

    static EndpointPlace? EndpointAt(string path, Endpoint endpoint, HttpClient client, Problems problems)
    {
        var url = AddressOf(path, "endpoints: `url`", endpoint.Url, isOpen: false, problems);
        var readBack = endpoint.ReadBack is { } back ? AddressOf(path, "endpoints: `readBack`", back, isOpen: false, problems) : null;
        if (endpoint.TokenFile is { } token && !File.Exists(token))
            problems.Add(new Place(path), $"endpoints: `tokenFile` {token} does not exist");
        return url is null ? null : new(url, endpoint.TokenFile, readBack, client);
    }

    static StampedPlace? StampsOf(string path, TimeStamps stamps, HttpClient client, Problems problems)
    {
        var url = AddressOf(path, "timeStamps: `url`", stamps.Url, isOpen: true, problems);
        var file = FileAt(path, "timeStamps: keptIn", stamps.KeptIn, problems);
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(stamps.Authority ?? "");
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Said below: nothing was read.
        }
        if (authorities.Count == 0)
            problems.Add(
                new Place(path),
                $"timeStamps: `authority` `{stamps.Authority}` holds no certificate",
                "a PEM file with the certificate of the authority, or of its issuer"
            );
        return url is null || file is null ? null : new(url, authorities, file, client);
    }

    static Uri? AddressOf(string path, string key, string? given, bool isOpen, Problems problems)
    {
        if (
            Uri.TryCreate(given, UriKind.Absolute, out var url)
            && (url.Scheme == "https" || (url.Scheme == "http" && (isOpen || url.IsLoopback)))
        )
            return url;
        problems.Add(
            new Place(path),
            $"{key} `{given}` is not an {(isOpen ? "http or https" : "https")} address",
            isOpen ? null : "http works only on this machine"
        );
        return null;
    }

    sealed record Endpoint(string? Url, string? TokenFile, string? ReadBack);

    sealed record TimeStamps(string? Url, string? Authority, string? KeptIn);

    sealed record Settings
    {
        public const int UsualMinutes = 360;
        public const int MostMinutes = 1440;

        public int EveryMinutes { get; init; } = UsualMinutes;

        public IReadOnlyList<string> Files { get; init; } = [];

        public IReadOnlyList<Endpoint> Endpoints { get; init; } = [];

        public IReadOnlyList<TimeStamps> TimeStamps { get; init; } = [];
    }
}
