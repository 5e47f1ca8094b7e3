using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MaySend.Records;

namespace MaySend.Gate.Tests.Inbound;

/// <summary>What a DNS answers about a key, octet by octet (RFC 1035 4).</summary>
public sealed class DnsTests
{
    const int NoSuchName = 3;
    const int ServerFailed = 2;

    /// <summary>A DNS of this test: one answer for every question.</summary>
    sealed class Dns : IAsyncDisposable
    {
        readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
        readonly CancellationTokenSource stop = new();
        readonly Task answering;

        public Dns(int code, params string[][] records) => answering = AnswerAsync(code, records);

        public IPEndPoint Where => (IPEndPoint)socket.Client.LocalEndPoint!;

        public int Asked { get; private set; }

        async Task AnswerAsync(int code, string[][] records)
        {
            try
            {
                while (true)
                {
                    var asked = await socket.ReceiveAsync(stop.Token);
                    Asked++;
                    await socket.SendAsync(Answer(asked.Buffer, code, records), asked.RemoteEndPoint, stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // Closed.
            }
        }

        static byte[] Answer(byte[] question, int code, string[][] records)
        {
            var end = Array.IndexOf(question, (byte)0, 12) + 5;
            var answer = new List<byte>(question[..end]);
            answer[2] = 0x81;
            answer[3] = (byte)(0x80 | code);
            (answer[6], answer[7]) = (0, (byte)records.Length);
            // No additional records, whatever the question had.
            (answer[10], answer[11]) = (0, 0);
            foreach (var strings in records)
            {
                byte[] data = [.. strings.SelectMany(text => (byte[])[(byte)text.Length, .. Encoding.ASCII.GetBytes(text)])];
                var length = new byte[2];
                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)data.Length);
                // The name of the question, TXT, IN, a minute.
                answer.AddRange([0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, .. length, .. data]);
            }
            return [.. answer];
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await answering;
            socket.Dispose();
            stop.Dispose();
        }
    }

    [Fact]
    public async Task A_record_is_put_together_from_its_strings_and_asked_for_once()
    {
        await using var dns = new Dns(0, ["v=DKIM1; p=", new string('A', 250)], ["another"]);
        var records = new DnsTextRecords([dns.Where]);
        records.Of("s1._domainkey.example.com").ShouldBe(["v=DKIM1; p=" + new string('A', 250), "another"]);
        records.Of("s1._domainkey.example.com").Count.ShouldBe(2);
        dns.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_is_not_there_has_no_records_and_a_DNS_that_fails_or_is_away_says_nothing()
    {
        await using var none = new Dns(NoSuchName);
        new DnsTextRecords([none.Where]).Of("s1._domainkey.example.com").ShouldBeEmpty();
        await using var failing = new Dns(ServerFailed);
        Should.Throw<IOException>(() => new DnsTextRecords([failing.Where]).Of("s1._domainkey.example.com"));
        Should.Throw<IOException>(() => new DnsTextRecords([]).Of("s1._domainkey.example.com"));
        // A port at which nobody listens.
        IPEndPoint away;
        await using (var gone = new Dns(0))
            away = gone.Where;
        Should.Throw<IOException>(() => new DnsTextRecords([away]).Of("s1._domainkey.example.com"));
    }

    [Fact]
    public async Task A_name_that_no_DNS_takes_says_nothing()
    {
        await using var dns = new Dns(0);
        Should.Throw<IOException>(() => new DnsTextRecords([dns.Where]).Of($"{new string('a', 300)}._domainkey.example.com"));
    }
}
