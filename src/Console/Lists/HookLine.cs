using MaySend.Reading;
using MaySend.Records.Inbound;

namespace MaySend.Console.Lists;

/// <summary>A webhook that is open, with what came by it since the server started.</summary>
/// <param name="Platform">Whose it is.</param>
/// <param name="Sender">Whom its events bind; null for every sender.</param>
/// <param name="Calls">What came.</param>
/// <param name="Unproved">Calls whose signature was not right.</param>
sealed record HookLine(string Platform, string? Sender, HookCalls.Tally Calls, UnprovedCalls.Tally Unproved)
{
    /// <summary>Every open webhook; none where the file that opens them cannot be read.</summary>
    public static IReadOnlyList<HookLine> All(HttpContext http)
    {
        try
        {
            return All(
                http.RequestServices.GetRequiredService<InboundHooks>().Current,
                http.RequestServices.GetRequiredService<HookCalls>(),
                http.RequestServices.GetRequiredService<UnprovedCalls>()
            );
        }
        catch (BadInputException)
        {
            return [];
        }
    }

    /// <summary>The webhooks of some settings, by name.</summary>
    public static IReadOnlyList<HookLine> All(InboundSettings settings, HookCalls calls, UnprovedCalls unproved) =>
        [
            .. settings
                .Hooks.OrderBy(hook => hook.Key, StringComparer.Ordinal)
                .Select(hook => new HookLine(
                    hook.Key,
                    hook.Value.Sender,
                    calls.All.GetValueOrDefault(hook.Key),
                    unproved.All.GetValueOrDefault(hook.Key)
                )),
        ];
}
