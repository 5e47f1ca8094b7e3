using System.Collections.Frozen;
using System.Globalization;
using MaySend.Reading;

namespace MaySend.Records.Requests;

/// <summary>How long a request for a right may wait for its answer, and where the law says so.</summary>
/// <param name="Right">The right.</param>
/// <param name="Months">Calendar months from its receipt.</param>
/// <param name="Cite">The citation.</param>
public sealed record RequestClock(string Right, int Months, string Cite)
{
    /// <summary>The clock of each right, by its word.</summary>
    public static readonly FrozenDictionary<string, RequestClock> All = Read()
        .ToFrozenDictionary(clock => clock.Right, StringComparer.Ordinal);

    /// <summary>The day by which an answer to a request received then is due.</summary>
    public DateOnly Due(DateTimeOffset received) => DateOnly.FromDateTime(received.UtcDateTime).AddMonths(Months);

    static List<RequestClock> Read()
    {
        const string Resource = "MaySend.Records.Requests.clocks.yaml";
        var problems = new Problems();
        using var stream = typeof(RequestClock).Assembly.GetManifestResourceStream(Resource)!;
        using var text = new StreamReader(stream);
        var root = MapReader.Open(YamlTree.Read(text, Resource, problems), problems, new Place(Resource));
        var clocks = root.Items("clocks")
            .Select(item => MapReader.Open(item, problems))
            .Select(map => new RequestClock(
                map.Text("right"),
                int.Parse(map.Text("months"), CultureInfo.InvariantCulture),
                map.Text("cite")
            ))
            .ToList();
        problems.ThrowIfAny();
        return clocks;
    }
}
