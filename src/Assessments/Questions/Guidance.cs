namespace MaySend.Assessments.Questions;

/// <summary>
/// What helps to answer a question. It stands beside the field and never in it: an answer that nobody wrote shows nothing.
/// </summary>
/// <param name="Think">What to think about.</param>
/// <param name="Carries">A made-up answer that speaks for relying on legitimate interests, or says enough.</param>
/// <param name="Falls">A made-up answer that speaks against it, or says too little.</param>
public sealed record Guidance(string Think, string Carries, string Falls);
