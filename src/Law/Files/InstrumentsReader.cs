using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Files;

/// <summary>Reads <c>instruments.yaml</c>: each statute, judgment, decision and guidance that law files cite, with its first day.</summary>
static class InstrumentsReader
{
    /// <summary>The file's name, at the top of the law folder.</summary>
    public const string File = "instruments.yaml";

    /// <summary>Reads the file; none where there is none.</summary>
    public static Instruments Read(string folder, Problems problems)
    {
        var path = Path.Combine(folder, File);
        return System.IO.File.Exists(path) && YamlTree.ReadFile(path, File, problems) is { } root ? Read(root, problems) : Instruments.None;
    }

    /// <summary>Reads what the file says.</summary>
    public static Instruments Read(YamlTree root, Problems problems)
    {
        var map = MapReader.Open(root, problems, new Place(File));
        var instruments = new List<Instrument>();
        foreach (var (name, node) in map.Entries("instruments"))
            Add(name, node, "from", isReading: false, instruments, problems);
        foreach (var (name, node) in map.Entries("readings"))
            Add(name, node, "known", isReading: true, instruments, problems);
        map.Done();
        return new Instruments(instruments);
    }

    static void Add(YamlText name, YamlTree node, string dayKey, bool isReading, List<Instrument> instruments, Problems problems)
    {
        var map = MapReader.Open(node, problems, name.Place);
        var says = map.Text("says");
        var day = map.Day(dayKey);
        var until = isReading ? null : map.Day("until");
        if (day is null)
            map.Problem(dayKey, $"`{name.Text}` has no first day", $"{dayKey}: 2018-05-25");
        if (instruments.Exists(one => one.Name == name.Text))
            problems.Add(name.Place, $"`{name.Text}` is there twice");
        map.Done();
        instruments.Add(new Instrument(name.Text, says, day ?? DateOnly.MaxValue, until, isReading));
    }
}
