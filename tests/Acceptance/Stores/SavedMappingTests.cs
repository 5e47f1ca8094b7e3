namespace MaySend.Acceptance.Stores;

/// <summary>How a file was read is written down, and reads the next one of its kind.</summary>
public sealed class SavedMappingTests
{
    [Fact]
    public async Task A_mapping_is_saved_read_again_and_never_written_over_and_an_import_that_could_not_save_it_records_nothing()
    {
        using var shell = await Shell.WithShopAsync();
        await File.WriteAllTextAsync(
            shell["stops.csv"],
            "E-Mail;Tag\nanna@example.org;03.05.2026\n",
            TestContext.Current.CancellationToken
        );
        string[] import =
        [
            "import",
            "stops.csv",
            "--data",
            "store",
            "--format",
            "refusals",
            "--column",
            "address=E-Mail",
            "--column",
            "when=Tag",
            "--dates",
            "dd.MM.yyyy",
            "--save-mapping",
            "stops.yaml",
        ];

        var saved = await shell.RunAsync(import);
        var again = await shell.RunAsync([.. import, "--apply"]);
        var nowhere = await shell.RunAsync([.. import[..^1], "no-such-folder/stops.yaml", "--apply"]);
        var read = await shell.RunAsync("import stops.csv --data store --mapping stops.yaml --apply");

        saved.Status.ShouldBe(0, saved.Said);
        saved.Said.ShouldContain("the mapping: stops.yaml");
        again.Status.ShouldBe(65, again.Said);
        again.Said.ShouldContain("is there already");
        nowhere.Status.ShouldBe(65, nowhere.Said);
        read.Said.ShouldContain("recorded: 1 added, 0 already there", Case.Sensitive, "neither of the two before recorded anything");
    }
}
