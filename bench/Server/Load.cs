using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace MaySend.Bench.Server;

/// <summary>One kind of request: the octets of one of them, and what every answer must hold.</summary>
/// <param name="Next">A request, by a random number.</param>
/// <param name="Expected">Text that a right answer holds; anything else ends the run.</param>
sealed record Calls(Func<int, byte[]> Next, string Expected);

/// <summary>
/// Calls a server over connections that stay open, one request at a time on each, without .NET's client: it would cost more than the
/// server.
/// </summary>
sealed class Load(Uri url, int connections)
{
    /// <summary>Requests a second when every connection asks again as soon as it is answered.</summary>
    public double Throughput(Calls calls, double seconds)
    {
        var total = 0L;
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var clock = Stopwatch.StartNew();
        OnEach(
            (connection, random) =>
            {
                var count = 0L;
                while (Stopwatch.GetTimestamp() < until)
                {
                    connection.Ask(calls.Next(random.Next()), calls.Expected);
                    count++;
                }
                Interlocked.Add(ref total, count);
            }
        );
        return total / clock.Elapsed.TotalSeconds;
    }

    /// <summary>
    /// Times from when each request was due to its answer, in milliseconds, in order of length, at a steady rate: a server that stalls pays
    /// for everything that waited.
    /// </summary>
    public double[] Latencies(Calls calls, double perSecond, double seconds)
    {
        var times = new List<double>();
        var number = -1L;
        var (start, count) = (Stopwatch.GetTimestamp(), (long)(perSecond * seconds));
        OnEach(
            (connection, random) =>
            {
                var mine = new List<double>();
                using var never = new ManualResetEvent(false);
                while (Interlocked.Increment(ref number) is var next && next < count)
                {
                    var due = start + (long)(next / perSecond * Stopwatch.Frequency);
                    while (Stopwatch.GetTimestamp() is var now && now < due)
                        if (due - now > Stopwatch.Frequency / 1000)
                            never.WaitOne(1);
                        else
                            Thread.Yield();
                    connection.Ask(calls.Next(random.Next()), calls.Expected);
                    mine.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
                }
                lock (times)
                    times.AddRange(mine);
            }
        );
        times.Sort();
        return [.. times];
    }

    void OnEach(Action<Connection, Random> run)
    {
        Exception? fault = null;
        var threads = Enumerable
            .Range(0, connections)
            .Select(seed => new Thread(() =>
            {
                try
                {
                    using var connection = new Connection(url);
                    run(connection, new Random(seed));
                }
                catch (Exception one) when (one is IOException or SocketException or InvalidOperationException)
                {
                    fault = one;
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (fault is not null)
            throw new InvalidOperationException("a call failed", fault);
    }

    sealed class Connection : IDisposable
    {
        readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        readonly byte[] buffer = new byte[64 * 1024];

        public Connection(Uri url) => socket.Connect(url.Host, url.Port);

        public void Ask(byte[] request, string expected)
        {
            socket.Send(request);
            var length = 0;
            do
            {
                var read = socket.Receive(buffer.AsSpan(length));
                if (read == 0)
                    throw new IOException("the server closed the connection");
                length += read;
            } while (!IsWhole(buffer.AsSpan(0, length)));
            if (buffer.AsSpan(0, length).IndexOf(Encoding.ASCII.GetBytes(expected)) < 0)
                throw new InvalidOperationException(
                    $"another answer than expected: {Encoding.UTF8.GetString(buffer, 0, Math.Min(length, 600))}"
                );
        }

        static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var head = answer.IndexOf("\r\n\r\n"u8);
            if (head < 0)
                return false;
            if (answer[..head].IndexOf("chunked"u8) >= 0)
                return answer.EndsWith("0\r\n\r\n"u8);
            var at = answer[..head].IndexOf("Content-Length: "u8);
            return at >= 0
                && System.Buffers.Text.Utf8Parser.TryParse(answer[(at + 16)..], out int body, out _)
                && answer.Length >= head + 4 + body;
        }

        public void Dispose() => socket.Dispose();
    }
}
