using System.Collections.Immutable;
using MaySend.Console.Access;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Stores;
using Microsoft.AspNetCore.Builder;

namespace MaySend.Console.Tests;

/// <summary>
/// Every form of the console by every role of it, whether or not the role is shown the form: what stands on record afterwards is what the
/// role may put there.
/// </summary>
public sealed class RoleMatrixTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What an administrator may sign and put on record: nothing about people, and nothing of what they were shown.</summary>
    static readonly string[] OfAdministrators = ["sender-declared", "policy-set"];

    /// <summary>Those who may least come first: what others change is not there yet.</summary>
    static readonly string[] Order = [Role.Developer, Role.Auditor, Role.Administrator, Role.Marketer, Role.DataProtectionOfficer];

    [Fact]
    public async Task Whatever_form_somebody_sends_only_what_their_role_may_record_is_on_record()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-matrix-").FullName;
        var store = await EvidenceStores.CreateAsync(folder);
        await Site.FillAsync(store);
        await using (var app = Site.Build(folder, store))
        {
            await Site.AddCampaignsAsync(app, store);
            await app.StartAsync(Stop);
            await Site.AddUserAsync(app, "everything", [.. Role.All.Select(one => one.Name)]);
            var contact = (await store.FindAsync(Address.Read(Site.Permitted).Required(), cancellation: Stop)).Contact!.Value;
            (await SendAllAsync(app, contact)).ShouldBeGreaterThan(40);
            foreach (var (role, _, _) in Role.All)
                Check(role, await RecordedByAsync(store, role));
        }
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    static void Check(string role, ImmutableArray<(string Kind, Rights? Rights, bool IsSigned)> recorded)
    {
        foreach (var (kind, rights, signed) in recorded)
        {
            var row = Entitlements.Table.Single(row => row.Kind == kind);
            rights.ShouldNotBeNull(kind).HasFlag(row.Write).ShouldBeTrue($"{kind} by {role}");
            if (row.Write == Rights.System)
                continue;
            rights.ShouldBe(Role.RightsOf(role), $"{kind}: the door says who {role} is");
            (signed && !rights.Value.HasFlag(Rights.Sign)).ShouldBeFalse($"{kind} signed by {role}");
        }
        var kinds = recorded
            .Select(one => one.Kind)
            .Where(kind => !Entitlements.IsSystems(kind))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        TestContext.Current.SendDiagnosticMessage($"{role}: {string.Join(", ", kinds)}");
        switch (role)
        {
            case Role.Developer or Role.Auditor:
                kinds.ShouldBeEmpty(role);
                break;
            case Role.Administrator:
                kinds.Except(OfAdministrators).ShouldBeEmpty(role);
                break;
            case Role.Marketer:
                new[] { "refusal-made", "statement-signed", "template-version" }
                    .Except(kinds)
                    .ShouldBeEmpty("the control: a marketer records these");
                recorded.ShouldNotContain(one => one.IsSigned);
                break;
            default:
                new[] { "assessment-recorded", "statement-signed" }.Except(kinds).ShouldBeEmpty("the control: what is for an officer");
                recorded.ShouldContain(one => one.IsSigned);
                break;
        }
    }

    /// <summary>Sends every form there is, as each role with its own token: as it stands on the page, and filled in.</summary>
    /// <returns>How many forms there are.</returns>
    static async Task<int> SendAllAsync(WebApplication app, ContactId contact)
    {
        using var guide = await Visitor.SignInAsync(Site.AddressOf(app), "everything");
        var visitors = new List<(Visitor Visitor, string Token)>();
        foreach (var role in Order)
        {
            await Site.AddUserAsync(app, role, role);
            var visitor = await Visitor.SignInAsync(Site.AddressOf(app), role);
            visitors.Add((visitor, await visitor.TokenAsync("/console")));
        }
        var sent = new HashSet<string>(StringComparer.Ordinal);
        // The second time what the first made is there too.
        for (var time = 0; time < 2; time++)
            foreach (var form in (await PageForm.CrawlAsync(guide, contact)).SelectMany(page => page.Forms).ToList())
                if (!form.IsOwnAccount && !form.Name.Contains("password", StringComparison.Ordinal) && sent.Add(form.Name))
                    foreach (var (visitor, token) in visitors.Where((_, at) => Order[at] != Role.Administrator || !IsOfUsers(form)))
                    foreach (var fields in new[] { form.Fields, form.Filled, After(form.Filled) })
                        await SendAsync(
                            visitor,
                            form,
                            [.. fields.Where(field => field.Key != "__RequestVerificationToken"), new("__RequestVerificationToken", token)]
                        );
        visitors.ForEach(one => one.Visitor.Dispose());
        return sent.Count;
    }

    /// <summary>What is looked at first is recorded with the next press.</summary>
    static IReadOnlyList<KeyValuePair<string, string>> After(IReadOnlyList<KeyValuePair<string, string>> filled) =>
        [.. filled.Where(field => field.Key != "then"), new("then", "record")];

    /// <summary>With these an administrator takes away the roles of the others, and their own.</summary>
    static bool IsOfUsers(PageForm form) => form.Name.StartsWith("/console/settings user", StringComparison.Ordinal);

    static async Task SendAsync(Visitor visitor, PageForm form, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        using var answer = await visitor.Http.PostAsync(form.Action, new FormUrlEncodedContent(fields), Stop);
        ((int)answer.StatusCode).ShouldBeLessThan(500, form.Name);
        (answer.Headers.Location?.ToString() ?? "").ShouldNotContain("/sign-in", Case.Sensitive, form.Name);
    }

    static async Task<ImmutableArray<(string Kind, Rights? Rights, bool IsSigned)>> RecordedByAsync(EvidenceStore store, string name)
    {
        var recorded = ImmutableArray.CreateBuilder<(string, Rights?, bool)>();
        foreach (var one in await store.ControllerEntriesAsync(cancellation: Stop))
            if (one.By == name)
                recorded.Add((EntryKinds.Of(one.Entry), one.Rights, one.Entry.SignedBy() is not null));
        await foreach (var dossier in store.DossiersAsync(cancellation: Stop))
        foreach (var one in dossier.Entries)
            if (one.By == name)
                recorded.Add((EntryKinds.Of(one.Entry), one.Rights, false));
        return recorded.ToImmutable();
    }
}
