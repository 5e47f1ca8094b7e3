using MailKit.Net.Smtp;
using MaySend.Gate.Protocol;

namespace MaySend.Gate.Delivery;

/// <summary>
/// A connection to the next hop, which is also told on whose behalf a message comes (Postfix's XFORWARD) where it offers to hear that.
/// </summary>
sealed class HopConnection : SmtpClient
{
    const string Forward = "XFORWARD";

    IReadOnlyCollection<string>? taken;

    /// <summary>
    /// Says of the next message what a server in front said of its client. It goes into logs and traces and nowhere else: a hop that will
    /// not hear it gets the message all the same.
    /// </summary>
    public async Task ForwardAsync(ClientAttributes client, CancellationToken cancellation)
    {
        if (client.Values.Count == 0)
            return;
        taken ??= await TakenAsync(cancellation);
        foreach (var command in client.Forwarding(taken))
            if ((await SendCommandAsync(command, cancellation)).StatusCode != SmtpStatusCode.Ok)
            {
                taken = [];
                return;
            }
    }

    /// <summary>The client reads only the extensions that it knows itself, so the hop is asked once more, and once for a
    /// connection.</summary>
    async Task<IReadOnlyCollection<string>> TakenAsync(CancellationToken cancellation)
    {
        var offered = await SendCommandAsync($"EHLO {LocalDomain ?? "[127.0.0.1]"}", cancellation);
        return offered.StatusCode == SmtpStatusCode.Ok
            ? offered
                .Response.Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .FirstOrDefault(words => words is [var first, ..] && first.Equals(Forward, StringComparison.OrdinalIgnoreCase))
                ?[1..]
                ?? []
            : [];
    }
}
