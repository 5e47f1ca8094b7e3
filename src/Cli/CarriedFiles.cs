using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using MaySend.Reading;

namespace MaySend.Cli;

/// <summary>
/// Law and samples that a released program carries with it, so that one file is all there is to copy. They are unpacked once, into a folder
/// of the user's own that is named by their digest.
/// </summary>
static class CarriedFiles
{
    /// <summary>The archive in the program; <c>eng/release</c> puts it there.</summary>
    const string Resource = "home.tar.gz";

    /// <summary>The folder they are in; null where the program carries none.</summary>
    /// <exception cref="IOException">They cannot be unpacked.</exception>
    public static string? Folder()
    {
        using var archive = typeof(CarriedFiles).Assembly.GetManifestResourceStream(Resource);
        if (archive is null)
            return null;
        var digest = Convert.ToHexStringLower(SHA256.HashData(archive));
        archive.Position = 0;
        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        // A service may have no home: then they live as long as the process.
        if (own.Length == 0)
            return ForThisProcess(archive);
        var folder = Path.Combine(own, "maysend", digest);
        if (Directory.Exists(folder))
            return folder;
        // Whole or not at all: it gets its name when everything is there.
        OwnerOnly.MakeFolder(Path.Combine(own, "maysend"));
        var half = Path.Combine(own, "maysend", $"unpacking-{Path.GetRandomFileName()}");
        OwnerOnly.MakeFolder(half);
        Unpack(archive, half);
        try
        {
            Directory.Move(half, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was first.
            Directory.Delete(half, recursive: true);
        }
        return folder;
    }

    static string ForThisProcess(Stream archive)
    {
        var folder = Directory.CreateTempSubdirectory("maysend-").FullName;
        Unpack(archive, folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    static void Unpack(Stream archive, string folder)
    {
        using var unpacked = new GZipStream(archive, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(unpacked, folder, overwriteFiles: false);
    }
}
