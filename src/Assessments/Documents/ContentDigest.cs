using System.Security.Cryptography;
using System.Text.Json;
using MaySend.Evidence.Entries;

namespace MaySend.Assessments.Documents;

/// <summary>
/// Names exactly what a version says: SHA-256 over its id, version and content, without its history. Layout and comments of the file do not
/// matter.
/// </summary>
public static class ContentDigest
{
    /// <summary>The digest, 64 hex digits.</summary>
    public static string Of(AssessmentDocument document) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                JsonSerializer.SerializeToUtf8Bytes(new Signed(document.Id, document.Version, document.Content), EntryJson.Options)
            )
        );

    sealed record Signed(string Id, int Version, AssessmentContent Content);
}
