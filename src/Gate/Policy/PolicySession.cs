using MaySend.Gate.Protocol;
using MaySend.Gate.Rulings;

namespace MaySend.Gate.Policy;

/// <summary>
/// Postfix's policy delegation (its SMTPD_POLICY_README): <c>name=value</c> lines and an empty line in, an action out. It sees the envelope
/// only, so it is a first filter that saves the queue work; what it lets through is asked about again where the message is handed on, and
/// only there is anything recorded.
/// </summary>
sealed class PolicySession(SmtpWire wire, PolicyFilter filter)
{
    const int GreatestLines = 100;

    /// <summary>Answers requests until the mail server hangs up.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        Dictionary<string, string> request = [];
        while (await wire.ReadPolicyLineAsync(stopping) is { } line)
        {
            if (line.Length == 0)
            {
                var action = await filter.ActionAsync(request, CancellationToken.None);
                request.Clear();
                await wire.SendAsync(System.Text.Encoding.ASCII.GetBytes($"action={action}\n\n"));
                continue;
            }
            var equals = line.IndexOf('=');
            if (equals <= 0 || request.Count >= GreatestLines)
                return;
            request[line[..equals]] = line[(equals + 1)..];
        }
    }
}
