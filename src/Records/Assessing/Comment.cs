namespace MaySend.Records.Assessing;

/// <summary>What somebody remarked on one answer of an assessment, and whether it is settled.</summary>
/// <param name="Said">The remark.</param>
/// <param name="Settled">Who settled it and when; null while it is open.</param>
public sealed record Comment(AssessmentCommented Said, AssessmentCommentSettled? Settled)
{
    /// <summary>True until somebody settles it.</summary>
    public bool IsOpen => Settled is null;
}
