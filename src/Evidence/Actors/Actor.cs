namespace MaySend.Evidence.Actors;

/// <summary>What somebody may make count (docs/authority.md). A set: one person or program may hold several.</summary>
[Flags]
public enum Rights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Put on record what happened with people, what they answered, and what counts only against sending.</summary>
    Record = 1,

    /// <summary>Describe campaigns.</summary>
    Campaign = 2,

    /// <summary>Sign and judge: make something count towards sending for everybody whom it concerns.</summary>
    Sign = 4,

    /// <summary>Write what only the system itself knows: decisions, manifests, acts on pages that it served.</summary>
    System = 8,
}

/// <summary>
/// Who writes, and what they may make count. Goes with every write and is made by the door through which it comes (a command, an API key,
/// an account of the console, a webhook, the system itself), from what that door knows of the caller and never from what the caller says.
/// </summary>
/// <param name="Name">The person or program, at most 500 bytes of UTF-8; stands with the entry.</param>
/// <param name="Rights">What they may.</param>
public sealed record Actor(string Name, Rights Rights)
{
    /// <summary>Whoever runs the command on a store or files of their own: they may sign (model §8).</summary>
    public static Actor Runner(string name) => new(name, Rights.Record | Rights.Campaign | Rights.Sign);

    /// <summary>True when they hold the right.</summary>
    public bool May(Rights right) => (Rights & right) == right;

    /// <summary>The system, carrying out something at this actor's instance: the name on record stays theirs, and so does what they may
    /// otherwise.</summary>
    public Actor AsSystem() => this with { Rights = Rights | Rights.System };
}

/// <summary>The actor may not write this entry, or not so that it counts. Nothing was written.</summary>
public sealed class NotEntitledException : Exception
{
    /// <summary>With the right that is missing and a sentence that says what it is needed for.</summary>
    public NotEntitledException(Rights needed, string message)
        : base(message) => Needed = needed;

    /// <summary>The right that is missing.</summary>
    public Rights Needed { get; }
}
