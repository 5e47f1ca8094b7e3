using System.Diagnostics;
using MaySend.Gate.Hosting;
using MaySend.Gate.Tests.Running;
using MaySend.Node;

namespace MaySend.Gate.Tests.Sessions;

/// <summary>Debian's swaks and msmtp, and Node's nodemailer, as the programs that hand mail in.</summary>
public sealed class ClientTests
{
    const string Password = "correct horse battery";

    [Fact]
    public async Task Swaks_hands_in_by_LMTP_and_hears_of_each_recipient()
    {
        await using var gate = await RunningGate.StartAsync();
        var (status, said) = await RunAsync(
            "swaks",
            null,
            "--protocol LMTP --server 127.0.0.1 --port",
            $"{gate.Port}",
            "--from news@lantern.example --to",
            $"{RunningGate.Anna},{RunningGate.Carla}"
        );
        said.ShouldContain("250 2.0.0 ok ref=");
        said.ShouldContain("550 5.7.1 not permitted: verdict=refused");
        gate.Hop.Only.To.ShouldBe(RunningGate.Anna, $"{status}: {said}");
    }

    [Fact]
    public async Task Swaks_and_msmtp_sign_in_and_tell_their_users_what_became_of_the_message()
    {
        await using var gate = await RunningGate.StartAsync(
            "  - {protocol: smtp, listen: \"127.0.0.1:{port}\"}",
            $"  app: {{class: marketing, login: app, password: \"{GateHost.HashOf(Password)}\", campaign: spring-2026}}"
        );
        string[] swaks =
        [
            "--server 127.0.0.1 --port",
            $"{gate.Port}",
            "--auth PLAIN --auth-user app --auth-password",
            $"\"{Password}\"",
            "--from news@lantern.example --to",
        ];
        (await RunAsync("swaks", null, [.. swaks, RunningGate.Anna])).Status.ShouldBe(0);
        (await RunAsync("swaks", null, [.. swaks, RunningGate.Carla])).Status.ShouldNotBe(0);

        string[] msmtp =
        [
            "--host=127.0.0.1 --tls=off --auth=plain --user=app --passwordeval",
            $"\"echo {Password}\"",
            $"--port={gate.Port} --from=news@lantern.example",
        ];
        var message = RunningGate.Message.ReplaceLineEndings("\n");
        var sent = await RunAsync("msmtp", message, [.. msmtp, RunningGate.Ben]);
        sent.Status.ShouldBe(0, sent.Said);
        var refused = await RunAsync("msmtp", message, [.. msmtp, RunningGate.Dan]);
        refused.Status.ShouldNotBe(0);
        refused.Said.ShouldContain("verdict=not-shown");
        gate.Hop.Messages.Select(taken => taken.To).ShouldBe([RunningGate.Anna, RunningGate.Ben]);
    }

    [Fact]
    public async Task Nodemailer_hears_of_each_recipient_it_sends_to_and_of_several_takes_the_first()
    {
        var packages = await NodePackages.FolderAsync(RunningGate.Root);
        await using var gate = await RunningGate.StartAsync(
            "  - {protocol: smtp, listen: \"127.0.0.1:{port}\"}",
            $"  app: {{class: marketing, login: app, password: \"{GateHost.HashOf(Password)}\", campaign: spring-2026}}"
        );
        var program = $$"""
            const transport = require('nodemailer').createTransport({
              host: '127.0.0.1', port: {{gate.Port}}, secure: false, ignoreTLS: true,
              pool: true, auth: { user: 'app', pass: '{{Password}}' },
            });
            const send = to => transport.sendMail({
              from: 'Lantern <news@lantern.example>', to, subject: 'Candles', text: 'hello',
              list: { unsubscribe: { url: 'https://lantern.example/leave', comment: 'theirs' } },
            }).then(
              info => console.log(`${to}: ${info.response} accepted ${info.accepted} rejected ${info.rejected}`),
              fault => console.log(`${to}: failed ${fault.response}`));
            (async () => {
              for (const to of
                ['{{RunningGate.Anna}}', '{{RunningGate.Carla}}', ['{{RunningGate.Ben}}', '{{RunningGate.Anna}}']]) await send(to);
              transport.close();
            })();
            """;
        var (status, said, faults) = await NodePackages.RunAsync(Path.GetDirectoryName(packages)!, "node", "-e", program);
        status.ShouldBe(0, faults);
        var lines = said.Split('\n');
        lines[0].ShouldStartWith($"{RunningGate.Anna}: 250 2.0.0 ok ref=", customMessage: said);
        lines[1].ShouldStartWith($"{RunningGate.Carla}: failed 550 5.7.1 not permitted: verdict=refused");
        lines[2].ShouldEndWith($"accepted {RunningGate.Ben} rejected {RunningGate.Anna}");
        gate.Hop.Messages.Select(taken => taken.To).ShouldBe([RunningGate.Anna, RunningGate.Ben]);
        gate.Hop.Messages.ShouldAllBe(taken =>
            taken.Fields("List-Unsubscribe").Count == 1
            && taken.Fields("List-Unsubscribe")[0].StartsWith("<https://stop.lantern.example/o/", StringComparison.Ordinal)
        );
    }

    static async Task<(int Status, string Said)> RunAsync(string program, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, string.Join(' ', arguments))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
