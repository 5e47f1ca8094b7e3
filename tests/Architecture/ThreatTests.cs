using System.Text.RegularExpressions;

namespace MaySend.Architecture;

/// <summary>A promise without a test that holds it is none.</summary>
public sealed partial class ThreatTests
{
    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"^\| (?!who \|)(?!-).*\|$", RegexOptions.Multiline)]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"^\| [\d., to]+ \| (met|partly|not|operator|none here) \| \S.* \|$", RegexOptions.Multiline)]
    private static partial Regex Answered { get; }

    [Fact]
    public void Every_point_of_the_security_standard_has_one_of_five_answers_and_names_only_tests_that_exist()
    {
        var page = File.ReadAllText(Path.Combine(ShapeTests.Root, "docs", "asvs.md"));
        var rows = page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2])).ToList();
        rows.Count.ShouldBeGreaterThan(150);
        rows.Where(row => !Answered.IsMatch(row)).ShouldBeEmpty();
        var tests = string.Concat(ShapeTests.Code("tests").Select(File.ReadAllText));
        foreach (var test in Named.Matches(page).Select(match => match.Groups[1].Value))
            tests.ShouldContain($" {test}(", customMessage: test);
    }

    [Fact]
    public void Every_line_of_the_threats_names_a_test_that_exists()
    {
        var page = File.ReadAllText(Path.Combine(ShapeTests.Root, "docs", "threats.md"));
        var tests = string.Concat(ShapeTests.Code("tests").Select(File.ReadAllText));
        var rows = Row.Matches(page).Select(row => row.Value).ToList();
        rows.Count.ShouldBeGreaterThan(12);
        foreach (var row in rows)
        {
            var named = Named.Matches(row).Select(match => match.Groups[1].Value).ToList();
            named.ShouldNotBeEmpty(row);
            foreach (var test in named)
                tests.ShouldContain($" {test}(", customMessage: test);
        }
    }
}
