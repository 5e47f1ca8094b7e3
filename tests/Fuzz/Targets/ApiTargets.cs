using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Server.Api;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using Microsoft.AspNetCore.Http;

namespace MaySend.Fuzz.Targets;

/// <summary>Bodies of the API, read as its doors read them.</summary>
static class ApiTargets
{
    static readonly string[] Words =
    [
        "\"kind\":",
        "\"details-collected\"",
        "\"refusal-made\"",
        "\"consent-answered\"",
        "\"id\":",
        "\"when\":",
        "\"2025-05-02T12:00:00+01:00\"",
        "\"signature\":",
        "null",
        "\"all\"",
        "[]",
        "{}",
        "[\"email\"]",
        "\"senders\":",
        "\"channels\":",
        "\"topics\":",
        "\"address\":",
        "\"campaign\":",
        "\"shown\":",
        "1e999",
        "\"\\ud800\"",
    ];

    public static readonly Target[] All =
    [
        Body<ContactEntry>(
            "api-evidence",
            "an entry about somebody",
            [
                """{"kind": "details-collected", "id": "order 1", "when": "2025-05-02T12:00:00+01:00", "obtainedBy": "lantern-ltd", "from": "recipient", "context": "sale", "point": "checkout", "products": ["C1"], "refused": false}""",
                """{"kind": "refusal-made", "id": "r1", "when": "2025-05-02", "senders": ["lantern-ltd"], "channels": "all", "topics": "all"}""",
                """{"kind": "consent-answered", "id": "c1", "when": "2025-05-02", "to": ["lantern-ltd"], "channels": ["email"], "act": "unticked-box"}""",
                """{"kind": "details-stated", "id": "person", "when": "2025-05-02", "countries": ["gb"], "subscriber": "individual"}""",
            ],
            EntryChecks.Check
        ),
        Body<ControllerEntry>(
            "api-controller",
            "an entry of the sender's own",
            ["""{"kind": "statement-made", "id": "s1", "when": "2025-05-02", "says": "refusals-complete", "answer": true}"""]
        ),
        Body<Campaign>(
            "api-campaign",
            "a campaign",
            [
                """{"id": "spring", "sender": "lantern-ltd", "channel": "email", "day": "2026-03-10", "families": ["candles"], "topics": ["homeware"]}""",
            ]
        ),
        Body<RefusalReported>(
            "api-refusal",
            "a request to stop",
            ["""{"address": "anna@example.com", "when": "2026-03-10", "senders": "all", "channels": ["email"]}"""]
        ),
        Body<OptOutLinkAsked>(
            "api-link",
            "what an opt-out link is asked for",
            ["""{"address": "anna@example.com", "sender": "lantern-ltd", "channel": "email"}"""]
        ),
        new(
            "api-address",
            "an address in a path or a cell",
            () =>
                [
                    .. new[]
                    {
                        "anna@example.com",
                        "Anna+x@EXAMPLE.com",
                        "\"a b\"@example.com",
                        "+441632960123",
                        "a@xn--bcher-kva.example",
                    }.Select(Encoding.UTF8.GetBytes),
                ],
            AnAddress
        )
        {
            Words = ["@", "xn--", "\"", "+44", ".", "..", "ü", "\u200b", "ß"],
            InTests = 2000,
        },
    ];

    static Target Body<T>(string name, string what, string[] seeds, Action<T, Mistakes>? check = null) =>
        new(name, $"the body of the API: {what}", () => seeds.Select(Encoding.UTF8.GetBytes), octets => Read(octets, check))
        {
            Words = Words,
        };

    static void Read<T>(byte[] octets, Action<T, Mistakes>? check)
    {
        var context = new DefaultHttpContext();
        (context.Request.ContentType, context.Request.Body) = ("application/json", new MemoryStream(octets));
        try
        {
            if (JsonBody.ReadAsync(context.Request, check).GetAwaiter().GetResult() is null)
                throw new InvalidOperationException("neither read nor refused");
        }
        catch (ProblemException)
        {
            // That is what it is for.
        }
    }

    static void AnAddress(byte[] octets)
    {
        var text = Encoding.UTF8.GetString(octets);
        var read = Address.Read(text);
        if (read.Address is not { } address)
            return;
        // Whatever is taken for an address is read again as the same one: else somebody who refused would be another.
        if (Address.Read(address.Verbatim).Address?.Matching != address.Matching)
            throw new InvalidOperationException($"`{text}` is read as {address.Matching}, and as another when it is read again");
    }
}
