using MaySend.Reading;

namespace MaySend.Assessments.Documents;

/// <summary>One thing that is missing from an assessment, or that contradicts another answer or the law.</summary>
/// <param name="Rule">Names the kind of finding.</param>
/// <param name="Subject">The part of the document it is about: <c>answers.children</c>, <c>scope.channels</c>.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Help">How to mend it.</param>
/// <param name="Blocks">True when it must be mended before the document is handed in or signed; false for what a person should
/// weigh.</param>
public sealed record Finding(string Rule, string Subject, string Text, string Help, bool Blocks)
{
    /// <summary>Where it stands in the file, if it was read from one.</summary>
    public Place Place { get; init; }
}
