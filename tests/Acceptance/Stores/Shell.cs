using System.Diagnostics;
using System.Reflection;

namespace MaySend.Acceptance.Stores;

/// <summary>What a run of the program gave.</summary>
sealed record Ran(int Status, string Output, string Errors)
{
    /// <summary>Both streams, with line breaks as spaces: what is said, wherever it is broken.</summary>
    public string Said { get; } = string.Join(' ', $"{Output} {Errors}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The decision's id, from the output of <c>ask</c>.</summary>
    public string DecisionId =>
        Output.Split('\n').Single(line => line.StartsWith("  decision ", StringComparison.Ordinal))["  decision ".Length..].Trim();
}

/// <summary>Runs the program as its users do, in a folder of its own, on a small made-up shop.</summary>
sealed class Shell : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("maysend-test-");

    public static string Root =>
        typeof(Shell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public string this[string name] => Path.Combine(folder.FullName, name);

    /// <summary>A shell with a store into which the shop was loaded.</summary>
    public static async Task<Shell> WithShopAsync()
    {
        var shell = new Shell();
        shell.WriteShop();
        (await shell.RunAsync("store init --data store")).Status.ShouldBe(0);
        var loaded = await shell.RunAsync("store load --data store --in shop");
        loaded.Status.ShouldBe(0, loaded.Said);
        return shell;
    }

    public Task<Ran> RunAsync(string arguments, params string[] more) =>
        RunAsync([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. more]);

    public async Task<Ran> RunAsync(string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts it and leaves it running.</summary>
    public Process Start(string arguments, Dictionary<string, string>? environment = null) =>
        Start(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), environment);

    Process Start(string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MaySend.Cli.dll"), .. arguments])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["MAYSEND_HOME"] = Root;
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], content);
    }

    /// <summary>Three customers who bought through a form that offered a refusal; the third has asked to stop.</summary>
    public void WriteShop()
    {
        Write(
            "shop/sender.yaml",
            """
            sender: lantern-ltd
            establishment: gb
            statutory_charity: no
            statements:
              - {says: offers-to-children, answer: no, since: 2024-01-01, signed: {by: dpo, on: 2025-01-05, reason: for adults}}
              - {says: refusals-complete, answer: yes, channels: [email], since: 2024-01-01, signed: {by: dpo, on: 2025-01-05, reason: one register}}
              - {says: marketing-only-through-templates, answer: yes, since: 2024-01-01, signed: {by: dpo, on: 2025-01-05, reason: mail log checked}}
              - {says: sends-complete, answer: yes, since: 2024-01-01, signed: {by: dpo, on: 2025-01-05, reason: whole log}}
            """
        );
        Write(
            "shop/collection-points.yaml",
            """
            points:
              checkout:
                - {version: checkout@1, from: 2024-01-01, refusal_offered: yes, refusal_simple: yes, refusal_free: yes, consent_asked: no, notice_named_marketing: yes, notice_named_interest: yes,
                   notice_given: yes, right_to_object_shown: yes, lawful: yes, details_given_anew: yes, wording: Tick if you want no offers by email, signed: {by: dpo, on: 2025-01-05, reason: screenshot}}
            """
        );
        Write(
            "shop/templates.yaml",
            """
            templates:
              newsletter:
                - {version: newsletter@1, sender: lantern-ltd, from: 2024-01-01, refusal_offered: yes, refusal_simple: yes, refusal_free: yes, sender_identified: yes, stop_address_valid: yes,
                   commercial_nature_clear: yes, states_right_to_object: yes, carries_privacy_notice: yes, tracking: none, signed: {by: dpo, on: 2025-01-05, reason: kept with its picture}}
            """
        );
        Write("shop/product-map.yaml", "map: map-1\nproducts: product-map.csv\nsigned: {by: dpo, on: 2025-01-05, reason: as sold}\n");
        Write("shop/product-map.csv", "code,family,range\nC1,candles,homeware\n");
        WriteAssessment(endedOn: null);
        Write(
            "shop/campaigns/spring.yaml",
            """
            campaign: spring
            sender: lantern-ltd
            channel: email
            day: 2026-03-10
            template: newsletter
            topics: [homeware]
            families: [candles]
            third_party_content: no
            sole_purpose_charitable: no
            profiling: no
            special_category_targeting: no
            """
        );
        Write(
            "shop/people.csv",
            "address,country,subscriber,personal_data,business_capacity,minor\nanna@example.com,gb,individual,yes,no,no\n"
                + "ben@example.com,gb,individual,yes,no,no\ncleo@example.com,gb,individual,yes,no,no\n"
        );
        Write(
            "shop/orders.csv",
            """
            address,id,when,obtained_by,from,context,point,products,country,refused
            anna@example.com,1001,2025-09-02T10:00+01:00,lantern-ltd,recipient,sale,checkout,C1,gb,no
            ben@example.com,1002,2025-09-03T10:00+01:00,lantern-ltd,recipient,sale,checkout,C1,gb,no
            cleo@example.com,1003,2025-09-04T10:00+01:00,lantern-ltd,recipient,sale,checkout,C1,gb,no
            """
        );
        Write(
            "shop/refusals.csv",
            "address,id,when,senders,channels,topics,kind,how,made_by\n"
                + "cleo@example.com,stop-1,2025-12-01T09:00+00:00,lantern-ltd,email,all,refusal,link,person\n"
        );
    }

    /// <summary>The assessment, as it stands or ended on a day.</summary>
    public void WriteAssessment(string? endedOn) =>
        Write(
            "shop/assessments.yaml",
            $$"""
            assessments:
              LIA-1: {sender: lantern-ltd, purpose_test: passed, necessity_test: passed, balancing_test: passed, channels: [email], audiences: [customers], families: all, countries: all,
                covers_profiling: no, covers_children: no, signed: {by: dpo, on: 2025-01-05, reason: weighed}, review_due: 2027-01-05{{(
                endedOn is null ? "" : $", ended_on: {endedOn}"
            )}}}
            """
        );

    public void Dispose() => folder.Delete(recursive: true);
}
