using MaySend.Law.Cases;
using MaySend.Law.Tests.Samples;
using MaySend.Reading;

namespace MaySend.Law.Tests.Composition;

/// <summary>The reason names the way that somebody can mend (model §5).</summary>
public class NearestGroundTests
{
    [Theory]
    [InlineData("Without an assessment the soft opt-in turns one key only", "gb/uk-gdpr/art-6#legitimate-interests/no-assessment")]
    [InlineData(
        "An assessment that is not signed does not count",
        "gb/uk-gdpr/art-6#legitimate-interests/assessment.signed-before-sending"
    )]
    [InlineData(
        "An offer does not become necessary for the contract by being in its terms",
        "gb/uk-gdpr/art-6#legitimate-interests/send.stands-without-consent"
    )]
    public void A_basis_meant_for_something_else_is_never_the_nearest(string name, string code)
    {
        var lawCase = CaseReader
            .Read(RealLaw.Folder, new Problems())
            .Single(one => one.Name == name && one.Place.File.StartsWith("gb/", StringComparison.Ordinal));

        new CaseRunner(RealLaw.Book).Run(lawCase).Process.Code.ShouldBe(code);
    }

    [Fact]
    public void An_exception_for_letters_is_never_the_nearest_way_to_a_call()
    {
        var lawCase = CaseReader
            .Read(RealLaw.Folder, new Problems())
            .Single(one => one.Name == "A customer who was never asked may not be called");

        new CaseRunner(RealLaw.Book).Run(lawCase).Send.Code.ShouldNotContain("letters-to-own-contacts");
    }
}
