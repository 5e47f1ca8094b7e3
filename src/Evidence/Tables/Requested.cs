using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Tables;

/// <summary>What asks to stop in the files of an audience, or may.</summary>
/// <param name="Rows">What any row says, with how many rows say it in a part of the files and where the first of them stands.</param>
/// <param name="Oldest">The day of the oldest dated entry of the registers of refusals; null where there is none.</param>
public sealed record Requested(ImmutableArray<(ContactEntry Says, int Rows, string First)> Rows, DateOnly? Oldest)
{
    /// <summary>What the parts of the files say, in their order.</summary>
    internal static Requested In(IReadOnlyList<RowPart> parts, Sayings sayings) =>
        new([.. parts.SelectMany(part => In(part, sayings))], parts.Select(part => part.OldestStop).Min());

    static IEnumerable<(ContactEntry, int, string)> In(RowPart part, Sayings sayings) =>
        part
            .Requests.OrderBy(request => request.Value.FirstLine)
            .Select(request =>
                (
                    sayings[request.Key],
                    request.Value.Rows,
                    string.Create(CultureInfo.InvariantCulture, $"{part.File}:{part.LinesBefore + request.Value.FirstLine}")
                )
            );
}
