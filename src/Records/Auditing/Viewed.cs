namespace MaySend.Records.Auditing;

/// <summary>The kinds of data about people that a door shows.</summary>
public static class Viewed
{
    /// <summary>Everything on record about one person.</summary>
    public const string Person = "person";

    /// <summary>Whether somebody is on record: a look-up by an address or a part of it.</summary>
    public const string Search = "search";

    /// <summary>A page of a list of people.</summary>
    public const string List = "list";

    /// <summary>A list of people as a file.</summary>
    public const string ListFile = "list as a file";

    /// <summary>Everything held about one person, as a file.</summary>
    public const string Copy = "copy of everything held";

    /// <summary>What a file would record, before it is imported.</summary>
    public const string Import = "file to be imported";

    /// <summary>A regulator's pack.</summary>
    public const string Pack = "regulator's pack";

    /// <summary>A letter that answers a request.</summary>
    public const string Letter = "letter";

    /// <summary>A decision with the evidence it stands on.</summary>
    public const string Decision = "decision and its evidence";

    /// <summary>The decisions about one person.</summary>
    public const string Decisions = "decisions";

    /// <summary>What somebody wrote: a message of the inbox, a request.</summary>
    public const string Message = "message";

    /// <summary>Everything that a store holds, as files.</summary>
    public const string Store = "whole store";
}
