using MaySend.Gate.Rulings;

namespace MaySend.Gate.Policy;

/// <summary>What a mail server is told about one recipient before it takes the message.</summary>
sealed class PolicyFilter(IReadOnlyList<PolicyRule> rules, RecipientRulings rulings, GateCounts counts)
{
    /// <summary>
    /// The action, in Postfix's words. Mail of a login or sender that no rule names is no marketing that we know of, and is left to the
    /// mail server.
    /// </summary>
    public async Task<string> ActionAsync(IReadOnlyDictionary<string, string> request, CancellationToken cancellation)
    {
        if (request.GetValueOrDefault("request") != "smtpd_access_policy" || request.GetValueOrDefault("protocol_state") != "RCPT")
            return "DUNNO";
        var (login, from) = (request.GetValueOrDefault("sasl_username", ""), request.GetValueOrDefault("sender", ""));
        if (rules.FirstOrDefault(rule => rule.Names(login, from)) is not { } rule)
            return "DUNNO";
        try
        {
            var asked = new RecipientAsked(rule.Campaign, request.GetValueOrDefault("recipient", ""), "");
            var ruling = (await rulings.AskAsync(asked, cancellation)).Ruling;
            GateCounts.Ruled("policy", ruling);
            return ruling.Answer switch
            {
                RulingAnswer.Send => "DUNNO",
                RulingAnswer.Refuse => $"REJECT 5.7.1 {ruling.ToReply().Text}",
                _ => $"DEFER 4.7.1 {ruling.ToReply().Text}",
            };
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            counts.Fault(fault);
            return "DEFER 4.7.1 not now: verdict=undecided reason=cannot-decide-now";
        }
    }
}

/// <summary>Which campaign a login or an envelope sender stands for.</summary>
/// <param name="Login">The login of the submission; null for any.</param>
/// <param name="From">The envelope sender; null for any.</param>
/// <param name="Campaign">The campaign.</param>
sealed record PolicyRule(string? Login, string? From, string Campaign)
{
    public bool Names(string login, string from) =>
        (Login is null || Login == login) && (From is null || From.Equals(from, StringComparison.OrdinalIgnoreCase));
}
