using System.Globalization;
using MaySend.Reading;

namespace MaySend.Records.Screenings;

/// <summary>How fast some work goes.</summary>
/// <param name="PerSecond">People or rows a second so far; null before there is anything to tell by.</param>
/// <param name="Left">How long the rest will take at that rate; null where nobody knows how much that is.</param>
public sealed record Pace(double? PerSecond, TimeSpan? Left)
{
    /// <summary>Less than this tells nothing about what comes.</summary>
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    /// <summary>The pace of work that has gone on for a while.</summary>
    /// <param name="done">How much is done.</param>
    /// <param name="total">Of how much; null where that is not known.</param>
    /// <param name="spent">How long that took.</param>
    public static Pace Of(long done, long? total, TimeSpan spent)
    {
        if (done <= 0 || spent < Shortest)
            return new(null, null);
        var rate = done / spent.TotalSeconds;
        return new(rate, total is { } all && all >= done ? TimeSpan.FromSeconds((all - done) / rate) : null);
    }

    /// <summary>For example <c>deciding: 120,000 of 300,000, 41,200 a second, 5 seconds left</c>.</summary>
    /// <param name="run">The work.</param>
    public string Says(ScreeningRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Stage}: {run.Done:N0}")
        + (run.Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total:N0}") : "")
        + (PerSecond is >= 1 and var rate ? string.Create(CultureInfo.InvariantCulture, $", {rate:N0} a second") : "")
        + (Left is { } left ? $", {Words(left)} left" : "");

    static string Words(TimeSpan left) =>
        left.TotalSeconds < 90 ? Amount.Of((int)Math.Ceiling(left.TotalSeconds), "second")
        : left.TotalMinutes < 90 ? Amount.Of((int)Math.Ceiling(left.TotalMinutes), "minute")
        : Amount.Of((int)Math.Ceiling(left.TotalHours), "hour");
}
