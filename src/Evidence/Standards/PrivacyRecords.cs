using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Evidence.Standards;

/// <summary>
/// What is on record about a person in the words of the W3C Data Privacy Vocabulary (DPV 2.3) as JSON-LD: consents as consent records of
/// ISO/IEC TS 27560, what a soft opt-in and legitimate interests stand on as processes, in a small vocabulary of our own. What is not on
/// record is left out: nothing here says more than the store does.
/// </summary>
/// <param name="controller">What the controller has on record.</param>
/// <param name="law">The law on file, for the law that a sender answers to.</param>
public sealed class PrivacyRecords(ControllerRecord controller, LawBook law)
{
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Default };

    static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.Default };

    static readonly JsonObject Laws = Resource("laws.json").AsObject();

    /// <summary>Our own vocabulary, as JSON-LD.</summary>
    public static string Vocabulary => Resource("vocabulary.jsonld").ToJsonString(Layout);

    /// <summary>The records of one person, as JSON-LD.</summary>
    public string Of(PersonExport person) => Document(person.Records, person.ExportedAt).ToJsonString(Layout);

    /// <summary>The records of one address as JSON-LD on one line, for those who write many.</summary>
    /// <param name="record">What is on record.</param>
    /// <param name="at">When it was put together.</param>
    public string LineOf(AddressExport record, DateTimeOffset at) => Document([record], at).ToJsonString(OneLine);

    JsonObject Document(ImmutableArray<AddressExport> records, DateTimeOffset at) =>
        new() { ["@context"] = Resource("context.json"), ["@graph"] = new JsonArray([.. records.SelectMany(record => Of(record, at))]) };

    IEnumerable<JsonNode> Of(AddressExport record, DateTimeOffset at)
    {
        var entries = record.Entries.Select(exported => exported.Entry).ToList();
        var retracted = entries.OfType<RefusalRetracted>().Select(undo => undo.RefusalId).ToHashSet(StringComparer.Ordinal);
        var requests = entries
            .OfType<RefusalMade>()
            .Concat(record.Suppressions)
            .Where(request => request.AtMostIn30Days is null && !retracted.Contains(request.Id))
            .ToList();
        var subject = new Subject(record);
        foreach (var consent in entries.OfType<ConsentAnswered>())
            yield return Consent(consent, subject, requests, at);
        List<DetailsCollected> occasions = [.. entries.OfType<DetailsCollected>().Where(collected => !TickedBoxes.IsOnlyTicks(collected))];
        foreach (var collected in occasions.Where(collected => collected.ObtainedBy is not null))
            yield return Circumstances(collected, subject, at);
        var obtainers = occasions.Select(collected => collected.ObtainedBy).ToHashSet(StringComparer.Ordinal);
        foreach (var assessment in controller.Assessments.Where(one => one.Signature is not null && obtainers.Contains(one.Sender)))
            yield return Interests(assessment, subject, requests);
    }

    JsonObject Consent(ConsentAnswered consent, Subject subject, List<RefusalMade> requests, DateTimeOffset at)
    {
        var senders = consent.To is { IsEverything: false } to ? to.Names : [.. controller.Senders.Keys.Order(StringComparer.Ordinal)];
        var laws = senders.Select(LawOf).ToList();
        // The profile is claimed only where every controller answers to that law.
        var profile = laws.Count > 0 && laws.All(one => one?["profile"] is not null) ? laws[0]!["profile"]!.GetValue<string>() : "record";
        var statuses = new JsonArray(ConsentStatuses.Answered(consent));
        foreach (var withdrawal in ConsentStatuses.Withdrawn(consent, requests))
            statuses.Add(withdrawal);
        return new()
        {
            ["@id"] = subject.Record("consent", consent.Id),
            ["@type"] = "dpv:ConsentRecord",
            ["dct:identifier"] = consent.Id,
            ["dct:conformsTo"] = $"https://w3id.org/dpv/schema/dpv-27560#{profile}",
            ["dct:created"] = at.ToString("O", CultureInfo.InvariantCulture),
            ["dpv:hasDataSubject"] = subject.Node(),
            ["dpv:hasDataController"] = Each(senders, Controller),
            ["dpv:hasJurisdiction"] = Each(Places(senders), place => JsonValue.Create(place)!),
            ["dpv:hasApplicableLaw"] = Each(
                [.. laws.Select(one => one?["law"]?.GetValue<string>()).OfType<string>().Distinct(StringComparer.Ordinal)],
                each => JsonValue.Create(each)!
            ),
            ["dpv:hasProcess"] = Process("dpv:Process", senders, subject, consent.Topics, consent.Channels),
            ["dpv:hasNotice"] = Notice(consent.Point, consent.When.Day, consent.Wording, "dpv:ConsentNotice"),
            ["dpv:hasConsentStatus"] = statuses,
            ["dpv:hasRight"] = Right(laws, "withdrawal"),
        };
    }

    JsonObject Circumstances(DetailsCollected collected, Subject subject, DateTimeOffset at)
    {
        var shown = collected.Shown ?? controller.PointOn(collected.Point, collected.When.Day, DayOf(at))?.Shown;
        var process = Process("maysend:SoftOptInCircumstances", [collected.ObtainedBy!], subject, null, null);
        process["@id"] = subject.Record("collection", collected.Id);
        process["dct:identifier"] = collected.Id;
        process["dct:date"] = collected.When.ToString();
        process["maysend:context"] = collected.Context;
        process["maysend:refusalOffered"] = shown?.RefusalOffered;
        process["maysend:refusalSimple"] = shown?.RefusalSimple;
        process["maysend:refusalFree"] = shown?.RefusalFree;
        process["maysend:refusalUsed"] = collected.Refused;
        process["dpv:hasNotice"] = Notice(collected.Point, collected.When.Day, null, "dpv:Notice");
        return WithoutNulls(process);
    }

    JsonObject Interests(AssessmentRecorded assessment, Subject subject, List<RefusalMade> requests)
    {
        var legal = LawOf(assessment.Sender);
        var process = Process("maysend:MarketingOnLegitimateInterests", [assessment.Sender], subject, null, assessment.Channels);
        process["@id"] = subject.Record("interests", assessment.Id);
        process["dpv:hasLegalBasis"] = legal?["interests"]?.GetValue<string>() ?? "dpv:LegitimateInterestOfController";
        process["dpv:hasAssessment"] = new JsonObject
        {
            ["@type"] = "dpv:LegitimateInterestAssessment",
            ["dct:identifier"] = assessment.Id,
            ["dct:date"] = Day(assessment.Signature!.On),
        };
        // That nobody objected is not said: a store holds what was asked of it, and silence is no record.
        if (requests.Any(request => request.Senders is null || request.Senders.Has(assessment.Sender)))
            process["dpv:hasStatus"] = "dpv:LegitimateInterestObjected";
        process["dpv:hasRight"] = Right([legal], "objection");
        return WithoutNulls(process);
    }

    JsonObject Process(string kind, ImmutableArray<string> senders, Subject subject, NameSet? topics, NameSet? channels) =>
        WithoutNulls(
            new()
            {
                ["@type"] = kind == "dpv:Process" ? kind : new JsonArray("dpv:Process", kind),
                ["dpv:hasDataSubject"] = kind == "dpv:Process" ? null : subject.Node(),
                ["dpv:hasDataController"] = kind == "dpv:Process" ? null : Each(senders, Controller),
                ["dpv:hasRecipient"] = Each(senders, sender => JsonValue.Create(SenderId(sender))!),
                ["dpv:hasPurpose"] = topics is { IsEverything: false, Names.Length: > 0 }
                    ? Each(topics.Names, topic => Purpose(topic))
                    : JsonValue.Create("dpv:DirectMarketing"),
                ["dpv:hasPersonalData"] = subject.PersonalData,
                ["dpv:hasStorageCondition"] = new JsonObject
                {
                    ["@type"] = "dpv:StorageDuration",
                    ["dpv:hasDuration"] = new JsonObject
                    {
                        ["@type"] = "dpv:UntilEventDuration",
                        ["rdf:value"] = "the person's erasure; what they asked to stop is kept after it",
                    },
                },
                ["maysend:channel"] = channels is { IsEverything: false, Names.Length: > 0 }
                    ? Each(channels.Names, channel => JsonValue.Create(channel)!)
                    : null,
            }
        );

    static JsonObject Purpose(string topic) =>
        new()
        {
            ["@type"] = "dpv:Purpose",
            ["skos:broader"] = "dpv:DirectMarketing",
            ["dct:title"] = topic,
        };

    JsonObject? Notice(string? point, DateOnly on, string? wording, string kind)
    {
        var version = controller.PointOn(point, on, on) ?? controller.Points.FirstOrDefault(one => one.Id == point);
        if (version is null && string.IsNullOrEmpty(wording))
            return null;
        return WithoutNulls(
            new()
            {
                ["@type"] = kind,
                ["dct:identifier"] = version?.Id,
                ["dct:date"] = version is null ? null : Day(version.From),
                ["dct:description"] = string.IsNullOrEmpty(wording) ? version?.Wording : wording,
            }
        );
    }

    JsonObject Controller(string sender) =>
        WithoutNulls(
            new()
            {
                ["@id"] = SenderId(sender),
                ["@type"] = "dpv:DataController",
                ["dct:identifier"] = sender,
                ["dpv:hasName"] = controller.Senders.GetValueOrDefault(sender)?.Name is { Length: > 0 } name ? name : null,
            }
        );

    ImmutableArray<string> Places(ImmutableArray<string> senders) =>
        [
            .. senders
                .Select(sender => controller.Senders.GetValueOrDefault(sender)?.Establishment)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Select(country => $"loc:{country.ToUpperInvariant()}"),
        ];

    /// <summary>What the vocabulary calls the law that a sender's use of data is under; null where it has no word for it.</summary>
    JsonObject? LawOf(string sender) =>
        controller.Senders.GetValueOrDefault(sender)?.Establishment is { } country && law.Find(country) is { } jurisdiction
            ? Laws[jurisdiction.ProcessLaw]?.AsObject()
            : null;

    static JsonObject Right(IEnumerable<JsonObject?> laws, string name)
    {
        var titles = name == "withdrawal" ? "the right to withdraw consent" : "the right to object to direct marketing";
        var known = laws.Select(one => one?[name]?.GetValue<string>()).OfType<string>().Distinct(StringComparer.Ordinal);
        return new()
        {
            ["@type"] = new JsonArray([JsonValue.Create("dpv:DataSubjectRight"), .. known.Select(each => JsonValue.Create(each))]),
            ["dct:title"] = titles,
        };
    }

    static string SenderId(string sender) => $"urn:maysend:sender:{Uri.EscapeDataString(sender)}";

    static JsonNode? Each<T>(ImmutableArray<T> all, Func<T, JsonNode> node) =>
        all switch
        {
            [] => null,
            [var only] => node(only),
            _ => new JsonArray([.. all.Select(node)]),
        };

    static JsonObject WithoutNulls(JsonObject node)
    {
        foreach (var name in node.Where(member => member.Value is null).Select(member => member.Key).ToList())
            node.Remove(name);
        return node;
    }

    static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    static JsonNode Resource(string name)
    {
        using var stream = typeof(PrivacyRecords).Assembly.GetManifestResourceStream($"MaySend.Evidence.Standards.{name}")!;
        return JsonNode.Parse(stream)!;
    }

    /// <summary>The person at one address.</summary>
    sealed class Subject(AddressExport record)
    {
        readonly string name = record.Contact ?? "suppressed";

        public JsonNode PersonalData => JsonValue.Create(record.Address.StartsWith('+') ? "pd:TelephoneNumber" : "pd:EmailAddress")!;

        public string Record(string kind, string id) => $"urn:maysend:{kind}:{name}:{Uri.EscapeDataString(id)}";

        public JsonObject Node() =>
            new()
            {
                ["@id"] = $"urn:maysend:contact:{name}",
                ["@type"] = "dpv:DataSubject",
                ["dct:identifier"] = record.Address,
            };
    }
}
