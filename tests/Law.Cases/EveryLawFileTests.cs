using MaySend.Law.Cases;
using MaySend.Law.Files;
using MaySend.Reading;

namespace MaySend.Law.CaseTests;

/// <summary>The law files of this repository: read, checked, and every case a test of its own.</summary>
public class EveryLawFileTests
{
    static readonly Problems Reading = new();
    internal static readonly string Folder = Path.Combine(
        System
            .Reflection.CustomAttributeExtensions.GetCustomAttributes<System.Reflection.AssemblyMetadataAttribute>(
                typeof(EveryLawFileTests).Assembly
            )
            .Single(attribute => attribute.Key == "RepositoryRoot")
            .Value!,
        "law"
    );

    static readonly CaseRunner Runner = new(LawReader.Read(Folder, Reading));
    static readonly IReadOnlyList<LawCase> Read = CaseReader.Read(Folder, Reading);

    static readonly ILookup<string, LawCase> ByName = Read.ToLookup(Name);

    public static TheoryData<string> Cases => [.. Read.Select(Name)];

    [Fact]
    public void Every_law_file_is_sound()
    {
        var problems = new Problems();
        var law = LawReader.Read(Folder, problems);
        StopBars.Check(law, problems);
        LawCheck.Run(law, CaseReader.Read(Folder, problems), problems);
        problems.List.Select(problem => problem.ToString()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_case_is_decided_as_it_says(string name) => Runner.Run(ByName[name].Single()).Failures.ShouldBeEmpty();

    static string Name(LawCase lawCase) => $"{lawCase.Place.File}: {lawCase.Name}";
}
