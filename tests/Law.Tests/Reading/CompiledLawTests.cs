using System.Text;
using MaySend.Law.Cases;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Law.Tests.Samples;
using MaySend.Reading;

namespace MaySend.Law.Tests.Reading;

public sealed class CompiledLawTests : IDisposable
{
    readonly string law = Directory.CreateTempSubdirectory("maysend-law-").FullName;
    readonly string program = Directory.CreateTempSubdirectory("maysend-program-").FullName;

    /// <summary>The law of one country and what it rests on, without its cases.</summary>
    public CompiledLawTests()
    {
        foreach (var (path, name) in LawReader.Files(RealLaw.Folder))
        {
            if (
                LawReader.IsCases(name)
                || !(name.StartsWith("gb/", StringComparison.Ordinal) || !name.Contains('/', StringComparison.Ordinal))
            )
                continue;
            var copy = Path.Combine(law, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    string Compiled => Path.Combine(program, CompiledLaw.FileName);

    [Fact]
    public void A_compiled_law_is_the_law_that_was_read_and_decides_every_case_of_it_alike()
    {
        CompiledLaw.Write(RealLaw.Folder, Compiled);
        var (text, compiled) = (RealLaw.Book, CompiledLaw.Of(RealLaw.Folder, Compiled)!);
        compiled.Digest.ShouldBe(text.Digest);
        compiled.Jurisdictions.Select(one => one.ToString()).ShouldBe(text.Jurisdictions.Select(one => one.ToString()));
        compiled.Provisions.Select(Said).ShouldBe(text.Provisions.Select(Said));
        compiled.Instruments.All.ShouldBe(text.Instruments.All);
        compiled.Registers.Select(one => one.ToString()).ShouldBe(text.Registers.Select(one => one.ToString()));
        var (byText, byCompiled) = (new CaseRunner(text), new CaseRunner(compiled));
        var cases = CaseReader.Read(RealLaw.Folder, new Problems(), "gb");
        cases.Count.ShouldBeGreaterThan(100);
        foreach (var one in cases)
        {
            var (expected, found) = (byText.Run(one), byCompiled.Run(one));
            (found.Send.ToString(), found.Process.ToString()).ShouldBe((expected.Send.ToString(), expected.Process.ToString()), one.Name);
        }
    }

    [Fact]
    public void A_law_that_was_changed_after_it_was_compiled_is_read_as_it_is_now()
    {
        CompiledLaw.Write(law, Compiled);
        var before = LawReader.Read(law, program);
        var changed = Path.Combine(law, "gb/pecr/reg-22.yaml");
        File.AppendAllText(changed, "# a word of the one who changed it\n");
        CompiledLaw.Of(law, Compiled).ShouldBeNull();
        LawReader.Read(law, program).Digest.ShouldNotBe(before.Digest);
    }

    [Fact]
    public void A_compiled_law_that_is_not_as_it_was_written_is_not_taken()
    {
        CompiledLaw.Write(law, Compiled);
        var whole = File.ReadAllBytes(Compiled);
        CompiledLaw.Of(law, Compiled).ShouldNotBeNull();
        for (var at = 0; at < whole.Length; at += 1 + whole.Length / 200)
        {
            var changed = whole.ToArray();
            changed[at] ^= 1;
            File.WriteAllBytes(Compiled, changed);
            CompiledLaw.Of(law, Compiled).ShouldBeNull();
            File.WriteAllBytes(Compiled, whole[..at]);
            CompiledLaw.Of(law, Compiled).ShouldBeNull();
        }
        LawReader.Read(law, program).Provisions.Length.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData(typeof(CompiledLaw))]
    [InlineData(typeof(YamlTree))]
    public void A_law_that_another_build_compiled_is_read_again(Type of)
    {
        CompiledLaw.Write(law, Compiled);
        var build = Encoding.ASCII.GetBytes(of.Module.ModuleVersionId.ToString());
        var whole = File.ReadAllBytes(Compiled);
        var at = whole.AsSpan().IndexOf(build);
        Encoding.ASCII.GetBytes(Guid.Empty.ToString()).CopyTo(whole, at);
        File.WriteAllBytes(Compiled, whole);
        CompiledLaw.Of(law, Compiled).ShouldBeNull();
    }

    [Fact]
    public void A_law_with_a_fault_is_not_compiled()
    {
        CompiledLaw.Write(law, Compiled);
        var before = File.ReadAllBytes(Compiled);
        File.AppendAllText(Path.Combine(law, "gb/pecr/reg-22.yaml"), "kind: ban\n");
        Should.Throw<BadInputException>(() => CompiledLaw.Write(law, Compiled));
        File.ReadAllBytes(Compiled).ShouldBe(before);
        Directory.GetFiles(program).ShouldBe([Compiled]);
        Should.Throw<BadInputException>(() => LawReader.Read(law, program));
    }

    [Fact]
    public void What_cannot_be_written_leaves_nothing_behind()
    {
        Should.Throw<BadInputException>(() => CompiledLaw.Write(law, Path.Combine(program, "none", CompiledLaw.FileName)));
        Directory.CreateDirectory(Compiled);
        Should.Throw<Exception>(() => CompiledLaw.Write(law, Compiled)).ShouldBeAssignableTo<SystemException>();
        Directory.GetFileSystemEntries(program).ShouldBe([Compiled]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Directory.Delete(law, recursive: true);
        Directory.Delete(program, recursive: true);
    }

    static string Said(Provision provision) =>
        $"{provision} {string.Join(',', provision.Channels)} {provision.AppliesWhen} {provision.Body} "
        + string.Join('|', provision.Grounds.Select(ground => $"{ground} {string.Join(',', ground.Cannot)}"));
}
