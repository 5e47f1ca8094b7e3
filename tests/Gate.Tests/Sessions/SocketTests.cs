using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using MaySend.Gate.Tests.Running;

namespace MaySend.Gate.Tests.Sessions;

/// <summary>Doors that are Unix sockets.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SocketTests : IDisposable
{
    const UnixFileMode Mode660 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    readonly string folder = Directory.CreateTempSubdirectory("maysend-door-").FullName;

    string Lmtp => Path.Combine(folder, "lmtp.sock");

    string Policy => Path.Combine(folder, "policy.sock");

    Task<RunningGate> StartAsync(int? back = null) =>
        RunningGate.StartAsync(
            $"  - {{protocol: lmtp, listen: \"unix:{Lmtp}\", credential: news, trusted: [unix]}}\n"
                + $"  - {{protocol: policy, listen: \"unix:{Policy}\"}}",
            more: "policies:\n  - {from: news@lantern.example, campaign: spring-2026}",
            back: back
        );

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_socket_is_its_owners_and_its_groups_and_what_a_dead_process_left_is_in_nobodys_way()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // A process that ends in order takes its file away; one that is killed leaves it.
            dead.Bind(new UnixDomainSocketEndPoint(Lmtp + ".old"));
            File.Move(Lmtp + ".old", Lmtp);
        }
        File.Exists(Lmtp).ShouldBeTrue();
        await using var gate = await StartAsync();
        foreach (var path in new[] { Lmtp, Policy })
            File.GetUnixFileMode(path).ShouldBe(Mode660);
        await using (var client = await Conversation.OpenAsync(Lmtp))
        {
            await client.ReplyAsync();
            (await client.LinesAsync("LHLO mta.lantern.example")).ShouldContain("XCLIENT");
        }
        // A second gate on the same sockets does not take them over.
        await Should.ThrowAsync<IOException>(() => StartAsync());
        await gate.StopAsync();
        File.Exists(Lmtp).ShouldBeFalse();
        await gate.StartAgainAsync();
        File.GetUnixFileMode(Lmtp).ShouldBe(Mode660);
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_socket_stays_and_the_gate_does_not_start()
    {
        await File.WriteAllTextAsync(Lmtp, "somebody's notes");
        (await Should.ThrowAsync<IOException>(() => StartAsync())).Message.ShouldContain("is not a socket");
        (await File.ReadAllTextAsync(Lmtp)).ShouldBe("somebody's notes");
    }

    [Fact]
    public async Task Postfix_asks_and_hands_on_by_sockets_and_says_whose_message_it_is()
    {
        using (var owner = Process.Start("chgrp", ["postfix", folder]))
            await owner.WaitForExitAsync();
        // As docs/operating.md has it: the group of the folder is the group of what is made in it.
        File.SetUnixFileMode(
            folder,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute
                | UnixFileMode.SetGroup
        );
        await using var gate = await StartAsync(back: RunningGate.FreePort());
        await using var postfix = await Postfix.StartAsync(0, gate.HopPort, gate.Hop.Port, sockets: folder);
        using var client = new MailKit.Net.Smtp.SmtpClient();
        await client.ConnectAsync("127.0.0.1", postfix.Port, MailKit.Security.SecureSocketOptions.None);
        async Task SendAsync(string to) =>
            await client.SendAsync(
                await MimeKit.MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(RunningGate.Message))),
                new MimeKit.MailboxAddress("", "news@lantern.example"),
                [new MimeKit.MailboxAddress("", to)]
            );
        (await Should.ThrowAsync<MailKit.Net.Smtp.SmtpCommandException>(() => SendAsync(RunningGate.Carla))).Message.ShouldContain(
            "verdict=refused"
        );
        await SendAsync(RunningGate.Anna);
        await Wait.UntilAsync(() => !gate.Hop.Messages.IsEmpty && postfix.Queued == 0, () => postfix.Log);
        gate.Hop.Only.To.ShouldBe(RunningGate.Anna, postfix.Log);
        gate.Hop.Only.Fields("Received").ShouldContain(field => field.Contains("[127.0.0.1]) by gate.example (MaySend gate) with LMTP"));
        postfix.Log.ShouldContain("orig_client=localhost[127.0.0.1]", customMessage: "the way back hears who brought it");
    }
}
