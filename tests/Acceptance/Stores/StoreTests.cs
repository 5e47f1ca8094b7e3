using Microsoft.Data.Sqlite;

namespace MaySend.Acceptance.Stores;

public sealed class StoreTests
{
    [Fact]
    public async Task A_customer_on_record_may_be_mailed_and_one_who_asked_to_stop_may_not()
    {
        using var shell = await Shell.WithShopAsync();

        var anna = await shell.RunAsync("ask anna@example.com --data store --campaign spring");
        var cleo = await shell.RunAsync("ask cleo@example.com --data store --campaign spring");
        var stranger = await shell.RunAsync("ask nobody@example.com --data store --campaign spring");

        anna.Status.ShouldBe(0, anna.Said);
        anna.DecisionId.Split('.').Length.ShouldBe(7);
        cleo.Status.ShouldBe(2, cleo.Said);
        stranger.Status.ShouldBe(3, stranger.Said);
        (await shell.RunAsync("evidence nobody@example.com --data store")).Said.ShouldContain(
            "unknown",
            Case.Sensitive,
            "asking about a stranger must put nothing on record"
        );

        var looks = (await shell.RunAsync("audit --data store --json")).Said;
        using var lines = System.Text.Json.JsonDocument.Parse(looks);
        lines
            .RootElement.EnumerateArray()
            .Select(line => (line.GetProperty("what").GetString(), line.GetProperty("people").GetInt32()))
            .ShouldBe([
                ("person", 0),
                ("decision and its evidence", 0),
                ("decision and its evidence", 1),
                ("decision and its evidence", 1),
            ]);
        looks.ShouldNotContain("example.com");
        (await shell.RunAsync("audit --data store --about cleo@example.com")).Said.ShouldContain("2 lines");
    }

    [Fact]
    public async Task A_judgement_that_was_taken_back_does_not_count_and_only_one_on_record_can_be()
    {
        // Nothing on record says whether she is a child.
        using var shell = new Shell();
        shell.WriteShop();
        shell.Write(
            "shop/sender.yaml",
            string.Join(
                '\n',
                File.ReadAllLines(shell["shop/sender.yaml"]).Where(line => !line.Contains("children", StringComparison.Ordinal))
            )
        );
        shell.Write("shop/people.csv", "address,country,subscriber,personal_data\nanna@example.com,gb,individual,yes\n");
        await shell.RunAsync("store init --data store");
        await shell.RunAsync("store load --data store --in shop");
        const string Ask = "ask anna@example.com --data store --campaign spring";
        const string Anna = "anna@example.com --data store --by officer --when 2026-03-01";
        (await shell.RunAsync(Ask)).Status.ShouldBe(3);
        await shell.RunAsync($"record judgement {Anna} --id j1 --fact recipient.minor --value no --reason letter");
        (await shell.RunAsync(Ask)).Status.ShouldBe(0);

        var mistaken = await shell.RunAsync($"record judgement-withdrawal {Anna} --judgement j2 --reason mixed-up");
        mistaken.Status.ShouldBe(65);
        mistaken.Said.ShouldContain("no judgement `j2` is on record about this person");
        mistaken.Said.ShouldContain("on record: j1");

        (await shell.RunAsync($"record judgement-withdrawal {Anna} --judgement j1 --reason mixed-up")).Status.ShouldBe(0);
        (await shell.RunAsync(Ask)).Status.ShouldBe(3);
    }

    [Fact]
    public async Task Loading_the_same_folder_again_adds_nothing()
    {
        using var shell = await Shell.WithShopAsync();

        var again = await shell.RunAsync("store load --data store --in shop");

        again.Status.ShouldBe(0);
        again.Output.ShouldContain("the sender's record: 0 entries added");
        again.Output.ShouldContain("orders.csv: 0 entries added, 3 already there");
    }

    [Fact]
    public async Task A_folder_in_which_nobody_has_consented_yet_is_loaded_all_the_same()
    {
        using var shell = new Shell();
        shell.WriteShop();
        shell.Write("shop/consents.csv", "address,id,when,to,channels,topics,act\n");
        await shell.RunAsync("store init --data store");
        var loaded = await shell.RunAsync("store load --data store --in shop");
        loaded.Status.ShouldBe(0, loaded.Said);
        loaded.Output.ShouldContain("consents.csv: 0 entries added");
        shell.Write("shop/people.csv", "address,country\n");
        (await shell.RunAsync("store load --data store --in shop")).Said.ShouldContain("people.csv: the file has no rows");
    }

    [Fact]
    public async Task Moving_house_revives_nobody_when_the_old_subscribed_file_comes_after_the_opt_outs()
    {
        using var shell = await Shell.WithShopAsync();
        shell.Write(
            "old.csv",
            "address,id,when,to,channels,topics,act\ncleo@example.com,s1,2026-01-15T10:00+00:00,lantern-ltd,email,homeware,unticked-box\n"
                + "anna@example.com,s2,2025-01-15T10:00+00:00,lantern-ltd,email,homeware,unticked-box\n"
        );

        var dry = await shell.RunAsync("import old.csv --format consents --data store");
        var before = await shell.RunAsync("evidence cleo@example.com --data store");
        var applied = await shell.RunAsync("import old.csv --format consents --data store --apply");
        var again = await shell.RunAsync("import old.csv --format consents --data store --apply");
        var cleo = await shell.RunAsync("ask cleo@example.com --data store --campaign spring");

        dry.Said.ShouldContain("0 revived");
        dry.Said.ShouldContain("1 conflicts");
        dry.Said.ShouldContain("nothing was recorded");
        before.Output.ShouldNotContain("consent s1");
        applied.Said.ShouldContain("recorded: 2 added");
        again.Said.ShouldContain("recorded: 0 added, 2 already there");
        cleo.Status.ShouldBe(2, cleo.Said);
    }

    [Fact]
    public async Task Somebody_erased_is_refused_after_loading_them_again_and_nothing_else_is_found()
    {
        using var shell = await Shell.WithShopAsync();
        var asked = await shell.RunAsync("ask anna@example.com --data store --campaign spring");

        (await shell.RunAsync("erase anna@example.com --data store --by dpo --reason request")).Status.ShouldBe(
            64,
            "it must not happen without --yes"
        );
        (await shell.RunAsync("erase anna@example.com --data store --by dpo --reason request --yes")).Status.ShouldBe(0);
        var loaded = await shell.RunAsync("store load --data store --in shop");
        var after = await shell.RunAsync("ask anna@example.com --data store --campaign spring");
        var withFiles = await shell.RunAsync("ask anna@example.com --data store --campaign spring --in shop");
        var evidence = await shell.RunAsync("evidence anna@example.com --data store");
        var replay = await shell.RunAsync("replay", asked.DecisionId, "--data", "store");
        var verified = await shell.RunAsync("ledger verify --data store");

        loaded.Output.ShouldContain("1 about people who were erased");
        after.Status.ShouldBe(2, after.Said);
        withFiles.Status.ShouldBe(2, "the store's request to stop applies over the file's facts");
        evidence.Said.ShouldContain("suppressed");
        evidence.Output.ShouldNotContain("1001");
        replay.Status.ShouldBe(1);
        replay.Said.ShouldContain("the person was erased");
        verified.Status.ShouldBe(0, verified.Said);
    }

    [Fact]
    public async Task One_flipped_byte_is_named_by_the_verifier()
    {
        using var shell = await Shell.WithShopAsync();
        string position;
        using (var database = new SqliteConnection($"Data Source={shell["store/ledger.db"]};Pooling=False"))
        {
            database.Open();
            using var find = database.CreateCommand();
            find.CommandText = "select partition || ':' || seq from entry where kind = 'details-collected' limit 1";
            position = (string)find.ExecuteScalar()!;
            using var flip = database.CreateCommand();
            flip.CommandText =
                "update entry set content = cast(x'00' || substr(content, 2) as blob) where partition || ':' || seq = $position";
            flip.Parameters.AddWithValue("$position", position);
            flip.ExecuteNonQuery().ShouldBe(1);
        }

        var verified = await shell.RunAsync("ledger verify --data store");

        verified.Status.ShouldBe(1);
        verified.Said.ShouldContain(position);
    }

    [Fact]
    public async Task After_an_assessment_is_withdrawn_the_next_decision_is_not_shown_and_loading_an_older_copy_does_not_revive_it()
    {
        using var shell = await Shell.WithShopAsync();
        var before = await shell.RunAsync("ask anna@example.com --data store --campaign spring");
        shell.WriteAssessment("2026-02-01");
        (await shell.RunAsync("store load --data store --in shop")).Status.ShouldBe(0);

        var after = await shell.RunAsync("ask anna@example.com --data store --campaign spring");
        shell.WriteAssessment(null);
        var older = await shell.RunAsync("store load --data store --in shop");
        var still = await shell.RunAsync("ask anna@example.com --data store --campaign spring");
        var replay = await shell.RunAsync("replay", before.DecisionId, "--data", "store");

        before.Status.ShouldBe(0, before.Said);
        after.Status.ShouldBe(3, after.Said);
        older.Said.ShouldContain("LIA-1 was ended on record");
        still.Status.ShouldBe(3, still.Said);
        replay.Status.ShouldBe(0, replay.Said);
        replay.Said.ShouldContain("PERMITTED");
    }

    [Fact]
    public async Task A_lost_or_foreign_key_file_is_a_clear_error_and_nothing_is_decided()
    {
        using var shell = await Shell.WithShopAsync();
        (await shell.RunAsync("store init --data other")).Status.ShouldBe(0);

        var foreign = await shell.RunAsync("ask anna@example.com --data store --keys other/keys.json --campaign spring");
        File.Move(shell["store/keys.json"], shell["keys-elsewhere.json"]);
        var lost = await shell.RunAsync("ask anna@example.com --data store --campaign spring");
        var none = await shell.RunAsync("ask anna@example.com --data nowhere --campaign spring");

        foreign.Status.ShouldBe(65);
        foreign.Said.ShouldContain("belongs to another ledger");
        lost.Status.ShouldBe(65);
        lost.Said.ShouldContain("is missing");
        none.Status.ShouldBe(75);
    }

    [Fact]
    public async Task Two_processes_write_to_one_store_at_the_same_time()
    {
        using var shell = await Shell.WithShopAsync();

        var runs = await Task.WhenAll(
            Enumerable
                .Range(1, 4)
                .Select(day => shell.RunAsync($"record refusal ben@example.com --when 2026-01-0{day} --how letter --by dpo --data store"))
        );

        foreach (var run in runs)
            run.Status.ShouldBe(0, run.Said);
        (await shell.RunAsync("evidence ben@example.com --data store --json")).Output.Split("\"refusal-made\"").Length.ShouldBe(5);
        (await shell.RunAsync("ledger verify --data store")).Status.ShouldBe(0);
    }

    [Fact]
    public async Task Restoring_a_backup_forgets_again_whoever_was_erased_since()
    {
        using var shell = await Shell.WithShopAsync();
        var asked = await shell.RunAsync("ask ben@example.com --data store --campaign spring");
        (await shell.RunAsync("ledger backup --data store --out backup")).Status.ShouldBe(0);
        (await shell.RunAsync("erase anna@example.com --data store --by dpo --reason request --yes")).Status.ShouldBe(0);
        foreach (var file in Directory.GetFiles(shell["store"], "ledger.db*"))
            File.Delete(file);
        Directory.Delete(shell["store/law-archive"], recursive: true);

        var restored = await shell.RunAsync("ledger restore --data store --from backup");

        restored.Status.ShouldBe(0, restored.Said);
        restored.Said.ShouldContain("erased again: 1 contact,");
        (await shell.RunAsync("ask anna@example.com --data store --campaign spring")).Status.ShouldBe(2);
        (await shell.RunAsync("evidence anna@example.com --data store")).Said.ShouldContain("suppressed");
        var replay = await shell.RunAsync("replay", asked.DecisionId, "--data", "store");
        replay.Status.ShouldBe(0, replay.Said);
    }

    [Fact]
    public async Task A_refusal_by_phone_counts_at_the_next_decision_and_a_later_screening_drops_only_that_person()
    {
        using var shell = await Shell.WithShopAsync();
        var first = await shell.RunAsync("screen --data store --campaign spring --out monday");
        (await shell.RunAsync("record refusal ben@example.com --when 2026-03-09 --how phone --by dpo --data store")).Status.ShouldBe(0);

        var second = await shell.RunAsync("screen --data store --campaign spring --delta monday/permitted.csv --out friday");

        first.Status.ShouldBe(0, first.Said);
        File.ReadAllText(shell["monday/permitted.csv"]).ShouldContain("ben@example.com");
        File.ReadAllText(shell["monday/permitted.csv"]).ShouldNotContain("cleo@example.com");
        second.Said.ShouldContain("of 2 people permitted in permitted.csv, 1 still are; 1 no longer");
        File.ReadAllText(shell["friday/permitted.csv"]).ShouldContain("anna@example.com");
        File.ReadAllText(shell["friday/refused.csv"]).ShouldContain("ben@example.com");
    }

    [Fact]
    public async Task Without_a_store_a_list_of_an_earlier_day_is_decided_with_the_facts_given_now()
    {
        using var shell = new Shell();
        shell.WriteShop();
        var monday = await shell.RunAsync("screen --in shop --campaign spring --out monday");
        monday.Status.ShouldBe(0, monday.Said);
        File.ReadAllText(shell["monday/permitted.csv"]).ShouldContain("what-if for 10 Mar 2026");
        // By Friday Ben has asked to stop and the shop knows that Anna is a child.
        File.AppendAllText(
            shell["shop/refusals.csv"],
            "ben@example.com,stop-2,2026-03-09T09:00+00:00,lantern-ltd,email,all,refusal,link,person\n"
        );
        var people = File.ReadAllText(shell["shop/people.csv"]);
        File.WriteAllText(
            shell["shop/people.csv"],
            people.Replace(
                "anna@example.com,gb,individual,yes,no,no",
                "anna@example.com,gb,individual,yes,no,yes",
                StringComparison.Ordinal
            )
        );
        var friday = await shell.RunAsync("screen --in shop --campaign spring --delta monday/permitted.csv --out friday");
        friday.Said.ShouldContain("of 2 people permitted in permitted.csv, 0 still are; 2 no longer");
        File.ReadAllText(shell["friday/refused.csv"]).ShouldContain("ben@example.com");
        var alone = await shell.RunAsync("screen --sender shop --campaign spring --delta monday/permitted.csv --out alone");
        alone.Status.ShouldBe(65);
        alone.Said.ShouldContain("a list from an earlier day says nothing about today");
        Directory.Exists(shell["alone"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Asking_a_store_says_whether_it_may_go_out_now_beside_the_verdict()
    {
        using var shell = await Shell.WithShopAsync();
        shell.Write("back.csv", "address,when,kind,class\nanna@example.com,2026-02-20,hard,5.1.1\n");
        var imported = await shell.RunAsync("import back.csv --format bounces --data store --apply --by clerk");
        imported.Status.ShouldBe(0, imported.Said);
        var asked = await shell.RunAsync("ask anna@example.com --data store --campaign spring");
        asked.Status.ShouldBe(0, asked.Said);
        asked.Said.ShouldStartWith("PERMITTED FOR ITS DAY - do not send now");
        asked.Said.ShouldContain("its day has passed");
        asked.Said.ShouldContain("mail came back for good on 20 Feb 2026: 5.1.1");
    }

    [Fact]
    public async Task A_legal_hold_forbids_erasing()
    {
        using var shell = await Shell.WithShopAsync();
        (await shell.RunAsync("hold anna@example.com --data store --reason dispute")).Said.ShouldContain("hold 1");

        var erased = await shell.RunAsync("erase anna@example.com --data store --by dpo --reason request --yes");

        erased.Status.ShouldBe(1);
        erased.Said.ShouldContain("dispute");
        (await shell.RunAsync("ask anna@example.com --data store --campaign spring")).Status.ShouldBe(0);
    }
}
