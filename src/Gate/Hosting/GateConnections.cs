using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using MaySend.Gate.Doors;
using MaySend.Gate.Policy;
using MaySend.Gate.Protocol;
using MaySend.Gate.Rulings;
using MaySend.Gate.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace MaySend.Gate.Hosting;

/// <summary>Each connection at a door, from its first octet to its last.</summary>
sealed partial class GateConnections(Intake intake, PolicyFilter filter, TimeProvider clock, ILogger<GateConnections> log)
{
    /// <summary>
    /// Serves one connection; nothing that goes wrong with it reaches another. A client that has said all it had to say and closed its side
    /// is answered all the same.
    /// </summary>
    public async Task ServeAsync(GateDoor door, ConnectionContext connection)
    {
        SslStream? secured = null;
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        try
        {
            var wire = new SmtpWire(connection.Transport, clock, door.Patience);
            if (door.Protocol == GateProtocol.Policy)
                await new PolicySession(wire, filter).RunAsync(stopping);
            else
                await new SmtpSession(door, wire, intake, SecureAsync, stopping)
                {
                    // Only what the door's own socket brings has no network address.
                    IsTrusted = door.Trusted.Include(door.SocketPath is null ? connection.RemoteEndPoint : null),
                }.RunAsync();
            await connection.Transport.Output.FlushAsync(CancellationToken.None);
        }
        catch (Exception fault)
            when (fault is OperationCanceledException or IOException or ConnectionResetException or ConnectionAbortedException or WireFault
                || fault is AuthenticationException
            )
        {
            // The client is gone, or would not speak as agreed; what it had handed over whole was answered or not, and it tries the rest
            // again.
        }
        catch (Exception fault)
        {
            Broke(fault.GetType().Name);
        }
        finally
        {
            if (secured is not null)
                await secured.DisposeAsync();
        }

        async Task<SmtpWire> SecureAsync()
        {
            secured = new SslStream(new DuplexStream(connection.Transport), leaveInnerStreamOpen: true);
            var options = new SslServerAuthenticationOptions
            {
                ServerCertificate = door.Certificate,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            };
            using var limit = new CancellationTokenSource(door.Patience, clock);
            await secured.AuthenticateAsServerAsync(options, limit.Token);
            return new SmtpWire(new SecuredPipe(secured), clock, door.Patience);
        }
    }

    [LoggerMessage(LogLevel.Error, "a connection at the gate ended in an unexpected fault ({Fault})")]
    partial void Broke(string fault);

    sealed class SecuredPipe(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new(leaveOpen: true));
    }
}
