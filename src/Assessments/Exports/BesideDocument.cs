using MaySend.Assessments.Questions;

namespace MaySend.Assessments.Exports;

/// <summary>A remark that somebody made on an assessment; it is no part of what is signed.</summary>
/// <param name="About">A question's id, a test, <c>scope</c> or <c>safeguards</c>.</param>
/// <param name="Says">The remark.</param>
/// <param name="By">Who made it.</param>
/// <param name="At">When.</param>
/// <param name="SettledBy">Who settled it; null while it is open.</param>
/// <param name="SettledAt">When it was settled.</param>
public sealed record ExportedRemark(string About, string Says, string By, DateTimeOffset At, string? SettledBy, DateTimeOffset? SettledAt)
{
    /// <summary>What it is about, as people read it.</summary>
    internal string Place =>
        QuestionBook.Find(About) is { } question ? $"question {question.Number}"
        : Enum.GetNames<Test>().Contains(About, StringComparer.OrdinalIgnoreCase) ? $"{About} test"
        : About;
}

/// <summary>A file that is attached to an assessment.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in octets.</param>
/// <param name="Digest">SHA-256 of what it holds, hexadecimal.</param>
/// <param name="By">Who attached it.</param>
/// <param name="At">When.</param>
public sealed record ExportedFile(string Id, string Name, long Length, string Digest, string By, DateTimeOffset At);

/// <summary>What stands on record beside a document: remarks and attached files.</summary>
/// <param name="Remarks">The remarks, the oldest first.</param>
/// <param name="Attachments">The files, the oldest first.</param>
public sealed record BesideDocument(IReadOnlyList<ExportedRemark> Remarks, IReadOnlyList<ExportedFile> Attachments);
