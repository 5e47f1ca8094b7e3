namespace MaySend.Screening.Audiences;

/// <summary>By what a list that a screening wrote is known, so that it is not taken for one of people.</summary>
public static class WrittenLists
{
    /// <summary>The files of the three verdicts.</summary>
    public static readonly IReadOnlyList<string> Names = ["permitted.csv", "refused.csv", "not-shown.csv"];

    /// <summary>The hours at which each person may be called, beside the lists of a campaign of calls.</summary>
    public const string CallTimes = "call-times.csv";

    /// <summary>The name of the first column that is added to those of the list that came in.</summary>
    public const string FirstAdded = "maysend_verdict";
}
