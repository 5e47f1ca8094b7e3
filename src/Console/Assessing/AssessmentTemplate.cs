using System.Collections.Immutable;
using MaySend.Assessments.Documents;
using MaySend.Law.Facts;

namespace MaySend.Console.Assessing;

/// <summary>
/// What an assessment can start from: the channels, audiences and data of a usual case, to confirm or correct. It answers no question and
/// weighs nothing.
/// </summary>
/// <param name="Id">Names it in the form.</param>
/// <param name="Title">The usual case.</param>
/// <param name="Channels">Words of <see cref="Words.Channels"/>.</param>
/// <param name="Audiences">Words of <see cref="Words.Audiences"/>.</param>
/// <param name="Data">The data used.</param>
sealed record AssessmentTemplate(string Id, string Title, NameSet Channels, NameSet Audiences, ImmutableArray<DataUsed> Data)
{
    const string ThePerson = "recipient";

    static readonly DataUsed Address = new("email address", ThePerson, false);

    /// <summary>Every template.</summary>
    public static readonly ImmutableArray<AssessmentTemplate> All =
    [
        new(
            "customers",
            "email to customers about our own similar products",
            NameSet.Of("email"),
            NameSet.Of("customers"),
            [Address, new("product group and day of the last purchase", ThePerson, false)]
        ),
        new(
            "supporters",
            "email to supporters of a charity",
            NameSet.Of("email"),
            NameSet.Of("supporters"),
            [Address, new("day and kind of the support", ThePerson, null)]
        ),
        new(
            "business",
            "email to contacts at companies, about their work",
            NameSet.Of("email"),
            NameSet.Of("business-contacts"),
            [new("work email address", ThePerson, false), new("company and position", ThePerson, false)]
        ),
    ];

    /// <summary>A blank assessment with what this says of its scope.</summary>
    public AssessmentContent Fill(AssessmentContent blank) =>
        blank with
        {
            Scope = blank.Scope with { Channels = Channels, Audiences = Audiences, Data = Data },
        };
}
