using System.Net.Sockets;
using MaySend.Gate.Configuration;
using MaySend.Gate.Doors;
using Microsoft.Extensions.Hosting;

namespace MaySend.Gate.Hosting;

/// <summary>
/// The files of doors that are Unix sockets. One that a dead process left is taken away before the gate listens; afterwards each belongs to
/// the gate's user and to the group of its folder (0660), which is how a mail server's user gets at it and nobody else does.
/// </summary>
sealed class DoorSockets(GateOptions options) : IHostedLifecycleService
{
    const UnixFileMode Mode660 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    IEnumerable<string> Paths => options.Doors.Select(door => door.SocketPath).OfType<string>();

    /// <exception cref="IOException">Another process listens there, or what is there is no socket.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Paths.Where(path => File.Exists(path)))
        {
            if (!IsSocket(path))
                throw new IOException($"{path} exists and is not a socket, so the gate does not replace it");
            if (IsAlive(path))
                throw new IOException($"{path}: another process listens there");
            File.Delete(path);
        }
        return Task.CompletedTask;
    }

    /// <summary>Until here the umask has kept others out: it takes writing from them, and that is what opens a socket.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
            foreach (var path in Paths)
                File.SetUnixFileMode(path, Mode660);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The next start finds the place free.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Paths.Where(path => File.Exists(path) && IsSocket(path) && !IsAlive(path)))
            File.Delete(path);
        return Task.CompletedTask;
    }

    // A socket has no length and is neither a device nor a link; what the system calls it is not to be had here.
    static bool IsSocket(string path) =>
        new FileInfo(path) is { LinkTarget: null } file
        && (file.Attributes & FileAttributes.Directory) == 0
        && file.Length == 0
        && !CanRead(path);

    static bool CanRead(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A socket cannot be opened as a file (ENXIO).
            return false;
        }
    }

    static bool IsAlive(string path)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            client.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }
}
