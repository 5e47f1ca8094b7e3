namespace MaySend.Records.Start;

/// <summary>One thing that a question asks for.</summary>
/// <param name="Id">Names it in answers.</param>
/// <param name="Says">What is asked.</param>
public sealed record StartField(string Id, string Says)
{
    /// <summary>The answers there are, with what each means; empty for free text.</summary>
    public IReadOnlyList<(string Word, string Says)> Choices { get; init; } = [];

    /// <summary>What the data suggest, with where it was found; null for nothing. A proposal is never an answer.</summary>
    public string? Proposal { get; init; }

    /// <summary>False for what may stay open although the question is answered.</summary>
    public bool IsNeeded { get; init; } = true;

    /// <summary>True when a day is expected.</summary>
    public bool IsDay { get; init; }
}

/// <summary>Who makes an answer count.</summary>
public enum StartSigner
{
    /// <summary>Nobody: it says what is so, or what is planned.</summary>
    Nobody,

    /// <summary>Somebody who may sign for the sender: the owner, in a small firm.</summary>
    Signer,

    /// <summary>Somebody other than the writer.</summary>
    SecondPerson,
}

/// <summary>One screen of the interview: what is asked, and what the answer proves. Everything but who sends takes "I don't
/// know".</summary>
/// <param name="Id">Names it in answers, signatures and commands.</param>
/// <param name="Asks">The question.</param>
/// <param name="Proves">What an answer shows, in everyday words.</param>
/// <param name="Unknown">What follows from "I don't know".</param>
/// <param name="Signs">Who makes the answer count.</param>
/// <param name="Fields">What it asks for.</param>
public sealed record StartQuestion(
    string Id,
    string Asks,
    string Proves,
    string Unknown,
    StartSigner Signs,
    IReadOnlyList<StartField> Fields
)
{
    /// <summary>What was found in the files that bears on it, for the person to judge.</summary>
    public IReadOnlyList<string> Found { get; init; } = [];

    /// <summary>False for the one question without which there is no interview.</summary>
    public bool CanBeSkipped { get; init; } = true;
}
