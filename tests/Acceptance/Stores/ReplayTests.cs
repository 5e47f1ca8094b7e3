using MaySend.Decisions;
using MaySend.Decisions.Packs;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Reading;
using MaySend.Stores;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Acceptance.Stores;

/// <summary>
/// A charity around the day on which its soft opt-in came into force, 5 February 2026: what was recorded and decided day by day, and asked
/// again later.
/// </summary>
public sealed class ReplayTests : IAsyncLifetime
{
    const string Charity = "harbour-trust";
    static readonly Address Dana = Address.Email("dana@example.com").Required();
    static readonly Signature Signed = new("trustees", new DateOnly(2026, 1, 5), "as recorded");

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("maysend-test-");
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 2, 3, 9, 0, 0, TimeSpan.Zero));
    EvidenceStore store = null!;
    LawArchive archive = null!;
    Decider decider = null!;

    public async ValueTask InitializeAsync()
    {
        store = await EvidenceStores.CreateAsync(folder.FullName, clock: clock);
        archive = new LawArchive(Path.Combine(folder.FullName, LawArchive.Name));
        decider = new Decider(LawReader.Read(Path.Combine(Shell.Root, "law")));
        archive.Keep(Path.Combine(Shell.Root, "law"), decider.Law.Digest);
        await store.RecordChangesAsync(
            [
                new SenderDeclared(Charity)
                {
                    Name = "Harbour Trust",
                    Establishment = "gb",
                    StatutoryCharity = true,
                },
                new CollectionPointVersion("donate@1", "donate")
                {
                    From = new DateOnly(2025, 1, 1),
                    Wording = "Tick if you want no news of our work",
                    Signature = Signed,
                    Shown = new Shown
                    {
                        RefusalOffered = true,
                        RefusalSimple = true,
                        RefusalFree = true,
                        ConsentAsked = false,
                        NoticeNamedMarketing = true,
                        NoticeNamedInterest = true,
                        NoticeGiven = true,
                        RightToObjectShown = true,
                        Lawful = true,
                        DetailsGivenAnew = true,
                    },
                },
                new TemplateVersion("appeal@1", "appeal")
                {
                    Sender = Charity,
                    From = new DateOnly(2025, 1, 1),
                    RefusalOffered = true,
                    RefusalSimple = true,
                    RefusalFree = true,
                    SenderIdentified = true,
                    StopAddressValid = true,
                    CommercialNatureClear = true,
                    StatesRightToObject = true,
                    CarriesPrivacyNotice = true,
                    Tracking = "none",
                    Signature = Signed,
                },
                new StatementSigned("children", Charity, StatementKind.OffersToChildren) { Answer = false, Signature = Signed },
                new StatementSigned("refusals", Charity, StatementKind.RefusalsComplete)
                {
                    Answer = true,
                    Since = new DateOnly(2025, 1, 1),
                    Signature = Signed,
                },
                new StatementSigned("templates", Charity, StatementKind.MarketingOnlyThroughTemplates)
                {
                    Answer = true,
                    Since = new DateOnly(2025, 1, 1),
                    Signature = Signed,
                },
                new StatementSigned("sends", Charity, StatementKind.SendsComplete)
                {
                    Answer = true,
                    Since = new DateOnly(2025, 1, 1),
                    Signature = Signed,
                },
                new AssessmentRecorded("LIA-1")
                {
                    Sender = Charity,
                    PurposeTest = true,
                    NecessityTest = true,
                    BalancingTest = true,
                    Channels = NameSet.Of("email"),
                    Audiences = NameSet.Of("supporters"),
                    Families = NameSet.Everything,
                    Countries = NameSet.Everything,
                    CoversProfiling = false,
                    CoversChildren = false,
                    Signature = Signed,
                    ReviewDue = new DateOnly(2027, 1, 5),
                },
            ],
            Actor.Runner("dpo")
        );
        await store.RecordAsync(
            Dana,
            new DetailsStated(When.Of(new DateOnly(2026, 2, 3)), "member list")
            {
                Countries = NameSet.Of("gb"),
                Subscriber = "individual",
                PersonalData = true,
                Minor = false,
            },
            Actor.Runner("dpo")
        );
    }

    [Fact]
    public async Task Verdicts_of_4_and_6_February_2026_are_replayed_each_under_the_law_of_its_day_and_with_what_was_known_then()
    {
        var fourth = await AskOnAsync(4);
        clock.SetUtcNow(new DateTimeOffset(2026, 2, 5, 10, 0, 0, TimeSpan.Zero));
        await store.RecordAsync(
            Dana,
            new DetailsCollected(When.Of(clock.GetUtcNow()), "donation 1")
            {
                ObtainedBy = Charity,
                From = "recipient",
                Context = "donation",
                Point = "donate",
                Refused = false,
                PurposesWereCharitable = true,
            },
            Actor.Runner("dpo")
        );
        var sixth = await AskOnAsync(6);
        clock.SetUtcNow(new DateTimeOffset(2026, 2, 10, 10, 0, 0, TimeSpan.Zero));
        await store.RecordAsync(
            Dana,
            new RefusalMade(When.Of(clock.GetUtcNow()), "objection 1") { Kind = "objection", How = "letter" },
            Actor.Runner("dpo")
        );
        var eleventh = await AskOnAsync(11);
        clock.SetUtcNow(new DateTimeOffset(2026, 11, 2, 10, 0, 0, TimeSpan.Zero));

        fourth.Decision.Verdict.ShouldNotBe(Verdict.Permitted);
        sixth.Decision.Verdict.ShouldBe(Verdict.Permitted, Text(sixth.Decision));
        sixth.Decision.Send.Code.ShouldEndWith("charitable-purposes-soft-opt-in");
        eleventh.Decision.Verdict.ShouldBe(Verdict.Refused);
        foreach (var past in new[] { fourth, sixth, eleventh })
        {
            var replay = await ReplayAsync(past.Id);
            replay.Differences.ShouldBeEmpty();
            replay.Logged.ShouldNotBeNull();
            replay.Again.Verdict.ShouldBe(past.Decision.Verdict);
            replay.Again.Send.Code.ShouldBe(past.Decision.Send.Code);
        }
    }

    [Fact]
    public async Task What_if_asks_the_law_of_another_day_or_what_was_known_on_another_day()
    {
        clock.SetUtcNow(new DateTimeOffset(2026, 2, 5, 10, 0, 0, TimeSpan.Zero));
        await store.RecordAsync(
            Dana,
            new DetailsCollected(When.Of(clock.GetUtcNow()), "donation 1")
            {
                ObtainedBy = Charity,
                From = "recipient",
                Context = "donation",
                Point = "donate",
                Refused = false,
                PurposesWereCharitable = true,
            },
            Actor.Runner("dpo")
        );
        var sixth = await AskOnAsync(6);

        var byTheLawOfTheFourth = await ReplayAsync(sixth.Id, new WhatIf(new DateOnly(2026, 2, 4), null, decider.Law));
        var knownOnTheThird = await ReplayAsync(sixth.Id, new WhatIf(null, new DateOnly(2026, 2, 3), null));
        var knownOnTheSixth = await ReplayAsync(sixth.Id, new WhatIf(null, new DateOnly(2026, 2, 6), null));

        byTheLawOfTheFourth.Again.Verdict.ShouldNotBe(Verdict.Permitted, "there was no charitable soft opt-in on 4 February");
        knownOnTheThird.Again.Verdict.ShouldBe(Verdict.NotShown, "the donation was not yet on record");
        knownOnTheSixth.Again.Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public async Task Asking_twice_on_the_same_evidence_gives_the_same_id_and_keeps_one_decision()
    {
        var first = await AskOnAsync(4);
        var second = await AskOnAsync(4);

        second.Id.ShouldBe(first.Id);
        (await store.FindAsync(Dana)).Entries.Count(entry => entry.Entry is DecisionMade).ShouldBe(1);
    }

    [Fact]
    public async Task The_archive_of_law_notices_when_it_was_changed()
    {
        var asked = await AskOnAsync(4);
        await File.AppendAllTextAsync(Path.Combine(archive.FolderOf(decider.Law.Digest), "gb", "pecr", "reg-22.yaml"), "# changed\n");

        (await Should.ThrowAsync<BadInputException>(async () => await ReplayAsync(asked.Id))).Message.ShouldContain(
            "no longer what it was"
        );
    }

    [Fact]
    public async Task A_pack_about_a_person_is_checked_offline_and_a_changed_entry_is_named()
    {
        await AskOnAsync(4);
        var pack = Path.Combine(folder.FullName, "pack");
        await new EvidencePack(store, archive).OfPersonAsync(Dana, pack);

        var sound = PackCheck.Run(pack);
        var json = Path.Combine(pack, "pack.json");
        await File.WriteAllTextAsync(
            json,
            (await File.ReadAllTextAsync(json)).Replace("member list", "member lost", StringComparison.Ordinal)
        );
        var changed = PackCheck.Run(pack);

        sound.Faults.ShouldBeEmpty();
        sound.Decisions.ShouldBe(1);
        (await File.ReadAllTextAsync(Path.Combine(pack, "index.html"))).ShouldContain("dana@example.com");
        changed.Faults.ShouldBe(["pack.json was changed after it was packed"]);
    }

    [Fact]
    public async Task A_pack_about_somebody_who_was_written_to_for_years_shows_every_record()
    {
        await store.RecordAsync([
            .. Enumerable
                .Range(0, 1500)
                .Select(number => new NewEntry(
                    Dana,
                    new MessageSent(When.Of(new DateOnly(2025, 1, 1)), $"letter {number}.", "shop", "email", true),
                    Actor.Runner("import")
                )),
        ]);
        var pack = Path.Combine(folder.FullName, "pack");
        await new EvidencePack(store, archive).OfPersonAsync(Dana, pack);

        var page = await File.ReadAllTextAsync(Path.Combine(pack, "index.html"));
        Enumerable.Range(0, 1500).ShouldAllBe(number => page.Contains($"letter {number}.", StringComparison.Ordinal));
        PackCheck.Run(pack).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pack_whose_answer_does_not_follow_from_its_evidence_is_not_sound_even_with_a_fitting_manifest()
    {
        await AskOnAsync(4);
        var pack = Path.Combine(folder.FullName, "pack");
        await new EvidencePack(store, archive).OfPersonAsync(Dana, pack);
        var (json, manifest) = (Path.Combine(pack, "pack.json"), Path.Combine(pack, EvidencePack.Manifest));
        var before = FileDigest(json);
        await File.WriteAllTextAsync(
            json,
            (await File.ReadAllTextAsync(json)).Replace(
                "\"verdict\": \"not-shown\",\n      \"send\"",
                "\"verdict\": \"permitted\",\n      \"send\"",
                StringComparison.Ordinal
            )
        );
        await File.WriteAllTextAsync(
            manifest,
            (await File.ReadAllTextAsync(manifest)).Replace(before, FileDigest(json), StringComparison.Ordinal)
        );

        PackCheck.Run(pack).Faults.ShouldHaveSingleItem().ShouldContain("permitted was answered, not-shown follows");
    }

    [Fact]
    public void An_id_reads_back_as_it_was_written()
    {
        const string Text = "5e34741e3e819682603d77853c84df40.4ad0466bef3c.20260310.20260311.2b80866309c4.c99d8dcb55b5.181-95-28";

        DecisionId.Parse(Text).ShouldNotBeNull().ToString().ShouldBe(Text);
        DecisionId.Parse("5e34.4ad0466bef3c.20260310.20260311.2b80866309c4.c99d8dcb55b5.181-95-28").ShouldBeNull();
        DecisionId
            .Parse("5e34741e3e819682603d77853c84df40.4ad0466bef3c.20260310.20260311.2b80866309c4.c99d8dcb55b5.281-95-28")
            .ShouldBeNull();
    }

    async Task<Answer> AskOnAsync(int day)
    {
        clock.SetUtcNow(new DateTimeOffset(2026, 2, day, 12, 0, 0, TimeSpan.Zero));
        var campaign = new Campaign("appeal", Charity, "email", new DateOnly(2026, 2, day))
        {
            Template = "appeal",
            Topics = ["our work"],
            ThirdPartyContent = false,
            SolePurposeCharitable = true,
            Profiling = false,
            SpecialCategoryTargeting = false,
        };
        var log = new DecisionLog(store);
        await log.RegisterAsync(campaign, Actor.Runner("dpo"));
        var made = await new Asking(store, decider).AskAsync(Dana, new Asked(campaign));
        await log.LogAsync(made, Actor.Runner("dpo"));
        return made;
    }

    async Task<ReplayResult.Done> ReplayAsync(DecisionId id, WhatIf? whatIf = null) =>
        (await new Replayer(store, archive).RunAsync(id, whatIf)).ShouldBeOfType<ReplayResult.Done>();

    string Text(Decision decision) => ExplanationText.Write(new Explainer(decider).Explain(decision, "dana@example.com"));

    static string FileDigest(string path) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
