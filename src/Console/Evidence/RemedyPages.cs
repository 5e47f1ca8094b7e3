using MaySend.Law.Formulas;

namespace MaySend.Console.Evidence;

/// <summary>The page on which what a remedy names is done.</summary>
static class RemedyPages
{
    /// <summary>
    /// Where to go, and what the link says. What only the person can change, they change on a page that their sender opens; null for a
    /// kind that no page is for.
    /// </summary>
    public static (string Href, string Title)? Of(RemedyKind kind) =>
        kind switch
        {
            RemedyKind.ProveCollectionPoint => ("/console/points", "Collection points"),
            RemedyKind.ProveTemplate => ("/console/templates", "Templates"),
            RemedyKind.SignProductMap => ("/console/map", "Product map"),
            RemedyKind.SignAssessment => ("/console/assessments", "Assessments"),
            RemedyKind.ChangeMessage => ("/console/campaigns", "Campaigns"),
            RemedyKind.SignJudgement => ("/console/statements", "Statements"),
            RemedyKind.CheckRegister => ("/console/imports", "Imports"),
            RemedyKind.RecordIfTrue => ("/console/imports", "Imports"),
            RemedyKind.NewSaleOrConsent => ("/console/sign-up-pages", "Sign-up pages"),
            RemedyKind.PutLawOnFile => ("/console/law", "Law"),
            _ => null,
        };
}
