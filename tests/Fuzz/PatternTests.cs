using System.Reflection;
using System.Text.RegularExpressions;

namespace MaySend.Fuzz;

/// <summary>What the regular expressions of the whole house have in common, whatever they look for.</summary>
public sealed class PatternTests
{
    static readonly List<(string Name, Regex Pattern)> All =
    [
        .. from path in Directory.EnumerateFiles(AppContext.BaseDirectory, "MaySend.*.dll")
        let name = Path.GetFileNameWithoutExtension(path)
        where !name.Contains("Fuzz", StringComparison.Ordinal) && !name.Contains("Tests", StringComparison.Ordinal)
        from type in Assembly.Load(name).GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where method.ReturnType == typeof(Regex) && method.GetParameters().Length == 0 && !type.IsGenericTypeDefinition
        select ($"{type.FullName}.{method.Name}", (Regex)method.Invoke(null, null)!),
    ];

    [Fact]
    public void No_pattern_looks_around_inside_a_repetition()
    {
        All.Count.ShouldBeGreaterThan(60);
        All.Where(each => LooksAroundInARepetition(each.Pattern.ToString())).Select(each => each.Name).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(@"(?:a|(?<=\w)=){1,9}@", true)]
    [InlineData(@"(?:a(?:b|(?<!c)d))*", true)]
    [InlineData(@"mail\b(?:(?!\bfrom\b)[^\n@]){0,60}?", true)]
    [InlineData(@"(?<!\w)(?:a|b)+", false)]
    [InlineData(@"(?<name>[(?<=]|\(?<=)+", false)]
    [InlineData(@"(?:(?<=a)b)?", false)]
    public void The_test_of_patterns_knows_one_that_looks_around_inside_a_repetition(string pattern, bool does) =>
        LooksAroundInARepetition(pattern).ShouldBe(does);

    [Fact]
    public void Every_match_begins_where_the_one_before_ended_or_later()
    {
        var texts = new[] { "tests/Fuzz/corpus/mail-arrived", "tests/Mail.Tests/fixtures/bounces-flufl" }
            .SelectMany(folder => Corpus.Files(folder, "*", 40))
            .Select(System.Text.Encoding.Latin1.GetString)
            .ToList();
        texts.Count.ShouldBeGreaterThan(10);
        foreach (var text in texts)
        foreach (var part in new[] { text, text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..], text.ToLowerInvariant() })
        foreach (var (name, pattern) in All)
        {
            var (end, count) = (0, 0);
            for (var match = pattern.Match(part); match.Success; match = match.NextMatch())
            {
                match.Index.ShouldBeGreaterThanOrEqualTo(end, name);
                (++count).ShouldBeLessThanOrEqualTo(part.Length + 1, name);
                end = match.Index + match.Length;
            }
        }
    }

    /// <summary>
    /// Reads brackets only: which groups are open where a look around begins, and whether one of them may be gone through again.
    /// </summary>
    static bool LooksAroundInARepetition(string pattern)
    {
        var (open, found) = (new Stack<(int At, bool LooksAround)>(), false);
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    for (at++; pattern[at] != ']'; at++)
                        at += pattern[at] == '\\' ? 1 : 0;
                    break;
                case '(':
                    open.Push((at, pattern.AsSpan(at) is ['(', '?', '<', '=' or '!', ..] or ['(', '?', '=' or '!', ..]));
                    break;
                case ')':
                    var (_, looksAround) = open.Pop();
                    var isRepeated = pattern.AsSpan(at + 1) is ['*' or '+' or '{', ..];
                    found |= looksAround && isRepeated;
                    if (looksAround && open.TryPop(out var around))
                        open.Push(around with { LooksAround = true });
                    break;
            }
        }
        return found;
    }
}
