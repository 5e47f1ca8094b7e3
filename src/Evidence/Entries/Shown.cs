using System.Text.Json.Serialization;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Entries;

/// <summary>What a person was shown when details were collected; null is not known.</summary>
public sealed record Shown
{
    /// <summary>The word for details that were taken on the person's consent: no other basis replaces it.</summary>
    internal const string OnConsent = "consent";

    /// <summary>A means of refusing was offered.</summary>
    public bool? RefusalOffered { get; init; }

    /// <summary>It was simple.</summary>
    public bool? RefusalSimple { get; init; }

    /// <summary>It was free.</summary>
    public bool? RefusalFree { get; init; }

    /// <summary>
    /// Everybody who said no there is in the register of refusals: stated for a form without a box, where an order has no cell for it.
    /// Then a
    /// register that is vouched for from that day on shows who did not say no. Counts only in a signed version of a form.
    /// </summary>
    public bool? RefusalsInRegister { get; init; }

    /// <summary>Consent to marketing was asked for.</summary>
    public bool? ConsentAsked { get; init; }

    /// <summary>
    /// Nobody who may sign says so: then it shows that consent may have been withheld, and never that it was not. No part of what is
    /// recorded.
    /// </summary>
    [JsonIgnore]
    public bool IsAskingUnsigned { get; init; }

    /// <summary>The person was told of marketing use.</summary>
    public bool? NoticeNamedMarketing { get; init; }

    /// <summary>The person was told that the details would not be used for marketing.</summary>
    public bool? ToldNoMarketing { get; init; }

    /// <summary>The lawful basis the person was told of, a word of <see cref="Collection.BasisClaimed"/>.</summary>
    public string? BasisClaimed { get; init; }

    /// <summary>The notice named the legitimate interest.</summary>
    public bool? NoticeNamedInterest { get; init; }

    /// <summary>The privacy information was given.</summary>
    public bool? NoticeGiven { get; init; }

    /// <summary>The right to object was shown clearly and apart.</summary>
    public bool? RightToObjectShown { get; init; }

    /// <summary>The collection was in line with data protection law.</summary>
    public bool? Lawful { get; init; }

    /// <summary>The person typed the details then; false where an account already held them.</summary>
    public bool? DetailsGivenAnew { get; init; }
}
