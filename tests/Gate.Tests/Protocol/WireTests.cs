using System.IO.Pipelines;
using System.Text;
using MaySend.Gate.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Gate.Tests.Protocol;

public sealed class WireTests
{
    /// <summary>Forms by which one server was made to see two messages where another saw one.</summary>
    public static TheoryData<string> Smuggled =>
        [
            "Subject: a\r\n\r\nbody\n.\r\nMAIL FROM:<x@y.example>\r\n.\r\n",
            "Subject: a\r\n\r\nbody\r.\r\nMAIL FROM:<x@y.example>\r\n.\r\n",
            "Subject: a\r\n\r\nbody\r\n.\nMAIL FROM:<x@y.example>\r\n.\r\n",
            "Subject: a\r\n\r\nbody\r\n.\rMAIL FROM:<x@y.example>\r\n.\r\n",
            "Subject: a\r\n\r\nbody\n.\nMAIL FROM:<x@y.example>\r\n.\r\n",
            "Subject: a\r\n\r\nbody\r\r\n.\r\n.\r\n",
            "Subject: a\n\nbody\r\n.\r\n",
        ];

    [Theory, MemberData(nameof(Smuggled))]
    public async Task A_line_that_servers_may_read_in_two_ways_ends_the_connection(string octets)
    {
        var fault = await Should.ThrowAsync<WireFault>(() => MessageAsync(octets));
        fault.Reply.Code.ShouldBe(550);
    }

    [Theory]
    [InlineData(".\r\n", "")]
    [InlineData("a: b\r\n\r\nbody\r\n.\r\n", "a: b\r\n\r\nbody\r\n")]
    [InlineData("a: b\r\n\r\n..\r\n..dot\r\n.\r\n", "a: b\r\n\r\n.\r\n.dot\r\n")]
    public async Task A_message_ends_at_its_dot_and_nowhere_else(string octets, string expected) =>
        Encoding.Latin1.GetString((await MessageAsync(octets))!).ShouldBe(expected);

    [Fact]
    public async Task A_message_may_come_octet_by_octet()
    {
        var pipe = new Pipe();
        var reading = Wire(pipe).ReadMessageAsync(1000, TestContext.Current.CancellationToken).AsTask();
        foreach (var octet in "a: b\r\n\r\n..x\r\n.\r\n"u8.ToArray())
            await pipe.Writer.WriteAsync(new[] { octet }, TestContext.Current.CancellationToken);
        Encoding.Latin1.GetString((await reading)!).ShouldBe("a: b\r\n\r\n.x\r\n");
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_read_to_its_end_and_is_none()
    {
        var pipe = new Pipe(new(pauseWriterThreshold: 0));
        await pipe.Writer.WriteAsync("a: b\r\n\r\n0123456789\r\n.\r\nQUIT\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var wire = Wire(pipe);
        (await wire.ReadMessageAsync(12, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await wire.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("QUIT");
    }

    [Fact]
    public async Task A_message_that_breaks_off_is_none() =>
        (await Should.ThrowAsync<WireFault>(() => MessageAsync("a: b\r\n\r\nhalf of i"))).Reply.Code.ShouldBe(421);

    [Fact]
    public async Task A_NUL_is_refused() =>
        (await Should.ThrowAsync<WireFault>(() => MessageAsync("a: \0\r\n.\r\n"))).Reply.Code.ShouldBe(550);

    [Fact]
    public async Task A_command_without_end_is_not_waited_for()
    {
        var pipe = new Pipe(new(pauseWriterThreshold: 0));
        await pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(new string('A', 10_000)), TestContext.Current.CancellationToken);
        (
            await Should.ThrowAsync<WireFault>(() => Wire(pipe).ReadLineAsync(TestContext.Current.CancellationToken).AsTask())
        ).Reply.Code.ShouldBe(500);
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_not_waited_for_for_ever()
    {
        var clock = new FakeTimeProvider();
        var reading = new SmtpWire(new Duplex(new Pipe()), clock, TimeSpan.FromMinutes(5))
            .ReadLineAsync(TestContext.Current.CancellationToken)
            .AsTask();
        clock.Advance(TimeSpan.FromMinutes(6));
        (await Should.ThrowAsync<WireFault>(() => reading)).Reply.Code.ShouldBe(421);
    }

    static async Task<byte[]?> MessageAsync(string octets)
    {
        var pipe = new Pipe(new(pauseWriterThreshold: 0));
        await pipe.Writer.WriteAsync(Encoding.Latin1.GetBytes(octets));
        await pipe.Writer.CompleteAsync();
        return await Wire(pipe).ReadMessageAsync(100_000, TestContext.Current.CancellationToken);
    }

    static SmtpWire Wire(Pipe pipe) => new(new Duplex(pipe), TimeProvider.System, TimeSpan.FromMinutes(1));

    sealed class Duplex(Pipe input) : IDuplexPipe
    {
        public PipeReader Input => input.Reader;

        public PipeWriter Output { get; } = new Pipe().Writer;
    }
}
