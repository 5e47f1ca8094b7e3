using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MaySend.Monitoring;

/// <summary>
/// What the dashboard and the alerts ask Prometheus for, and what there is: every instrument by the name that OpenTelemetry gives it there
/// (dots as underscores, then the unit, then <c>_total</c> for a counter).
/// </summary>
sealed partial class Instruments : IDisposable
{
    readonly MeterListener listener = new();
    readonly Dictionary<string, HashSet<string>> labels = new(StringComparer.Ordinal);
    readonly Lock gate = new();

    public Instruments()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            lock (gate)
                foreach (var name in NamesOf(instrument))
                    labels.TryAdd(name, ["instance", "le"]);
            listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Measured(instrument, tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measured(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measured(instrument, tags));
        listener.Start();
    }

    static string Folder { get; } =
        Path.Combine(
            typeof(Instruments).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
            "eng",
            "monitoring"
        );

    /// <summary>The names in Prometheus, of what has been published so far.</summary>
    public IReadOnlyCollection<string> Names
    {
        get
        {
            lock (gate)
                return [.. labels.Keys];
        }
    }

    /// <summary>The labels that measurements of a metric bore, once what is observed has been asked.</summary>
    public IReadOnlyCollection<string> LabelsOf(string name)
    {
        listener.RecordObservableInstruments();
        lock (gate)
            return [.. labels[name]];
    }

    /// <summary>What the panels of the dashboard ask for.</summary>
    public static IReadOnlyList<string> OfTheDashboard()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "grafana.json")));
        return
        [
            .. json
                .RootElement.GetProperty("panels")
                .EnumerateArray()
                .Where(panel => panel.TryGetProperty("targets", out _))
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("expr").GetString()!),
        ];
    }

    /// <summary>What the alerts ask for.</summary>
    public static IReadOnlyList<string> OfTheAlerts() =>
        [.. Expression().Matches(File.ReadAllText(Path.Combine(Folder, "alerts.yaml"))).Select(match => match.Groups[1].Value)];

    /// <summary>Where the alerts send whoever is woken.</summary>
    public static IReadOnlyList<string> Runbooks() =>
        [.. Runbook().Matches(File.ReadAllText(Path.Combine(Folder, "alerts.yaml"))).Select(match => match.Groups[1].Value)];

    /// <summary>The metrics in an expression.</summary>
    public static IEnumerable<string> In(string expression) => Metric().Matches(expression).Select(match => match.Value);

    public void Dispose() => listener.Dispose();

    void Measured(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (gate)
            foreach (var name in NamesOf(instrument))
            foreach (var tag in tags)
                labels[name].Add(tag.Key.Replace('.', '_'));
    }

    static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            null or "" => "",
            // {request} and its like are notes, and no units.
            ['{', ..] => "",
            var other => $"_{other}",
        };
        var name = instrument.Name.Replace('.', '_') + unit;
        var kind = instrument.GetType().Name.Split('`')[0];
        return kind switch
        {
            "Counter" or "ObservableCounter" => [$"{name}_total"],
            "Histogram" => [$"{name}_bucket", $"{name}_count", $"{name}_sum"],
            _ => [name],
        };
    }

    [GeneratedRegex(@"^\s+expr: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\s+runbook: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Runbook();

    [GeneratedRegex(@"\b(?:maysend|http_server|kestrel)_[a-z0-9_]+")]
    private static partial Regex Metric();
}
