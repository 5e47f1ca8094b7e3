namespace MaySend.Assessments.Questions;

/// <summary>The three tests of Art 6(1)(f) GDPR and UK GDPR, in the order in which they are taken.</summary>
public enum Test
{
    /// <summary>Is there a lawful, precise and present interest?</summary>
    Purpose,

    /// <summary>Is the use of the data necessary for it?</summary>
    Necessity,

    /// <summary>Do the person's interests, rights and expectations override it?</summary>
    Balancing,
}

/// <summary>One question of an assessment, as <c>questions.yaml</c> words it.</summary>
/// <param name="Id">Names it in document files.</param>
/// <param name="Number">Its place in the list, from 1.</param>
/// <param name="Test">The test it belongs to.</param>
/// <param name="Part">The part of the test: interest, lawfulness, need, data, expectations, impact, decision.</param>
/// <param name="Asks">The question.</param>
/// <param name="AsksForChoice">True when yes or no is asked for beside the words.</param>
/// <param name="Against">The choice that speaks against relying on legitimate interests; null where neither does.</param>
/// <param name="Decides">True when the choice against leaves no way to pass the test.</param>
/// <param name="RestsOn">The provision or guidance it follows.</param>
public sealed record Question(
    string Id,
    int Number,
    Test Test,
    string Part,
    string Asks,
    bool AsksForChoice,
    bool? Against,
    bool Decides,
    string RestsOn
)
{
    /// <summary>What helps to answer it.</summary>
    public required Guidance Guidance { get; init; }
}
