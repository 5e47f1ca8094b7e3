namespace MaySend.Records.Auditing;

/// <summary>The doors through which people and programs see data about people.</summary>
public static class Doors
{
    public const string Console = "console";
    public const string Api = "API";
    public const string CommandLine = "command line";
}
