using System.Collections.Immutable;
using MaySend.Law.Formulas;

namespace MaySend.Records.Start;

/// <summary>A next step with what it would gain.</summary>
/// <param name="Text">What to do.</param>
/// <param name="Gained">How many more could be sent to if it were done alone; null where nobody can say beforehand.</param>
/// <param name="People">For how many it is named.</param>
/// <param name="Acts">What it takes, and where each is done.</param>
public sealed record StartStep(string Text, int? Gained, int People, ImmutableArray<StartAct> Acts)
{
    /// <summary>
    /// About how many minutes it takes somebody who has what it needs: of two that gain alike the shorter comes first.
    /// </summary>
    public int Minutes => Acts.Sum(act => act.Minutes);

    /// <summary>The commands that do it, one after the other.</summary>
    /// <param name="folder">The interview's folder, as commands name it.</param>
    public string Command(string folder) => string.Join("; then ", Acts.Select(act => act.Command(folder)).Distinct());
}
