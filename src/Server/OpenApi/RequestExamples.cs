using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace MaySend.Server.OpenApi;

/// <summary>Bodies to try, by method and route, as the description shows them. A test sends each of them.</summary>
static class RequestExamples
{
    const string Signed = "\"signature\": {\"by\": \"data protection officer\", \"on\": \"2025-01-05\", \"reason\": \"checked\"}";

    public static readonly FrozenDictionary<string, string> Bodies = new Dictionary<string, string>
    {
        ["PUT v1/senders/{id}"] = """{"id": "lantern-ltd", "name": "Lantern Ltd", "establishment": "gb", "statutoryCharity": false}""",
        ["PUT v1/collection-points/{id}"] =
            $$$"""{"id": "checkout@1", "point": "checkout", "from": "2025-03-01", "wording": "Tick if you want no offers by email", "shown": {"refusalOffered": true, "refusalSimple": true, "refusalFree": true, "consentAsked": false, "noticeGiven": true, "lawful": true}, {{{Signed}}}}""",
        ["PUT v1/templates/{id}"] =
            """{"id": "newsletter@1", "template": "newsletter", "sender": "lantern-ltd", "from": "2024-01-01", "refusalOffered": true, "refusalSimple": true, "refusalFree": true, "senderIdentified": true, "stopAddressValid": true, "tracking": "none"}""",
        ["PUT v1/product-map/{id}"] =
            $$$"""{"id": "map-1", "products": [{"code": "C1", "family": "candles", "range": "homeware"}], {{{Signed}}}}""",
        ["PUT v1/statements/{id}"] =
            $$$"""{"id": "refusals", "sender": "lantern-ltd", "says": "refusals-complete", "answer": true, "channels": ["email"], "since": "2025-01-01", {{{Signed}}}}""",
        ["PUT v1/policy/{id}"] = $$$"""{"id": "policy", "switches": {"two-keys": true}, {{{Signed}}}}""",
        ["PUT v1/assessments/{id}"] =
            $$$"""{"id": "LIA-1", "sender": "lantern-ltd", "title": "Email to customers", "purposeTest": true, "necessityTest": true, "balancingTest": true, "channels": ["email"], "audiences": ["customers"], "families": "all", "countries": "all", "reviewDue": "2027-01-05", {{{Signed}}}}""",
        ["POST v1/assessments"] =
            """{"title": "Texts to customers", "scope": {"sender": "lantern-ltd", "purposes": ["direct-marketing"], "channels": ["sms"], "audiences": ["customers"], "families": "all", "countries": ["gb"]}}""",
        ["POST v1/assessments/{id}/remarks"] = """{"about": "own-benefit", "says": "Who says so? Last year's report says otherwise."}""",
        ["PUT v1/campaigns/{id}"] =
            """{"id": "spring-2026", "sender": "lantern-ltd", "channel": "email", "day": "2026-03-10", "template": "newsletter", "topics": ["homeware"], "families": ["candles"], "thirdPartyContent": false, "solePurposeCharitable": false, "profiling": false, "specialCategoryTargeting": false}""",
        ["PUT v1/inbound-settings/{id}"] = """{"id": "mailgun", "secret": "the signing key"}""",
        ["POST v1/evidence/{address}"] =
            """{"kind": "details-collected", "id": "order 10442", "when": "2025-05-02T12:00:00+01:00", "obtainedBy": "lantern-ltd", "from": "recipient", "context": "sale", "point": "checkout", "products": ["C1"], "refused": false}""",
        ["POST v1/decisions"] = """{"address": "anna@example.com", "campaign": "spring-2026"}""",
        ["POST v1/opt-out-links"] = """{"address": "anna@example.com", "sender": "lantern-ltd", "campaign": "spring-2026"}""",
        ["POST v1/domains"] = """{"domain": "*@firm.example", "how": "letter"}""",
        ["POST v1/sign-up-pages"] =
            """{"id": "news", "sender": "lantern-ltd", "notice": "https://lantern.example/privacy", "by": "data protection officer", "reason": "news to whoever asks for it"}""",
        ["POST v1/refusals"] = """{"address": "anna@example.com", "how": "phone", "channels": ["email"]}""",
        ["POST v1/screenings"] = """{"campaign": "spring-2026"}""",
        ["POST v1/keys"] = """{"name": "newsletter", "scopes": ["decide"]}""",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The example of an operation; null where there is none.</summary>
    public static JsonNode? Of(string operation) => Bodies.TryGetValue(operation, out var text) ? JsonNode.Parse(text) : null;
}
