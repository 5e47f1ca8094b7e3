using MaySend.Gate.Delivery;
using MaySend.Gate.Doors;
using MaySend.Gate.Messages;
using MaySend.Gate.Policy;

namespace MaySend.Gate.Configuration;

/// <summary>
/// What <c>gate.yaml</c> says: where the gate listens, whose mail it takes, where permitted mail goes on to, where opt-out pages are.
/// </summary>
sealed record GateOptions(
    string Hostname,
    IReadOnlyList<GateDoor> Doors,
    IReadOnlyDictionary<string, GateCredential> Credentials,
    IReadOnlyList<PolicyRule> Policies,
    NextHopOptions? NextHop,
    MessageSigner? Signer,
    Uri PublicUrl,
    Uri? Check
);
