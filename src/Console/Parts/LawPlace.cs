namespace MaySend.Console.Parts;

/// <summary>Where the console shows a provision as it stands on a day.</summary>
static class LawPlace
{
    /// <summary>The address of its page, with the provision as the place on it.</summary>
    public static string Of(string jurisdiction, DateOnly day, string provision) =>
        $"/console/law?country={Uri.EscapeDataString(jurisdiction)}&day={Format.IsoDay(day)}#{provision}";

    /// <summary>The address of what callers do and say, for a channel and a day; the page asks for the country.</summary>
    public static string Script(string channel, DateOnly day) =>
        $"/console/law/calls?channel={Uri.EscapeDataString(channel)}&day={Format.IsoDay(day)}";
}
