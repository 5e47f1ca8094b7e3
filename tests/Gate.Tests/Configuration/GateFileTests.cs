using MaySend.Gate.Configuration;
using MaySend.Gate.Doors;
using MaySend.Gate.Hosting;
using MaySend.Gate.Tests.Running;
using MaySend.Reading;

namespace MaySend.Gate.Tests.Configuration;

public sealed class GateFileTests : IDisposable
{
    const string Whole = """
        hostname: gate.example
        public_url: https://stop.example.com
        doors:
          - {protocol: lmtp, listen: "127.0.0.1:2526", credential: news}
        credentials:
          news: {class: marketing, campaign: spring}
        next_hop: {host: 127.0.0.1}

        """;

    readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void The_configuration_in_the_guide_is_one()
    {
        var options = Read(
            Guide.Block("## gate.yaml").Replace("HASH", $"\"{GateHost.HashOf("a long password")}\"", StringComparison.Ordinal)
        );
        options.Doors.Select(door => door.Protocol).ShouldBe([GateProtocol.Lmtp, GateProtocol.Smtp, GateProtocol.Policy]);
        options.Credentials["listmonk"].WhenRefused.ShouldBe(WhenRefused.Drop);
        options.Credentials["listmonk"].CampaignOf("8f0e6f0e-11aa-4c5c-9c55-0f6f5e1b2a3c").ShouldBe("spring-2026");
        options.Credentials["receipts"].Class.ShouldBe(MailClass.Service);
        options.Check.ShouldBe(new Uri("https://stop.example.com/health/opt-outs"));
    }

    [Fact]
    public void Every_key_of_the_guide_is_read_and_every_key_that_is_read_is_in_the_guide()
    {
        foreach (
            var key in new[]
            {
                "check",
                "list_id",
                "feedback_id",
                "complaints_to",
                "opt_out_domain",
                "body_placeholder",
                "opt_out_fields",
                "greatest_message",
                "certificate",
                "listen",
                "trusted",
            }
        )
            Guide.Text.ShouldContain($"`{key}`");
        Read(Whole + "check: http://127.0.0.1:8080/health/opt-outs").Check.ShouldBe(new Uri("http://127.0.0.1:8080/health/opt-outs"));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_its_place()
    {
        var problems = Problems(
            """
            hostname: gate.example
            public_url: http://stop.example.com
            doors:
              - {protocol: lmtp, listen: "127.0.0.1"}
              - {protocol: smtp, listen: "0.0.0.0:2525"}
              - {protocol: lmtp, listen: "0.0.0.0:2526", credential: nobody}
            credentials:
              news: {class: marketing}
              shop: {class: service, login: shop, password: secret}
              last: {class: promo, campaign: x, feedback_id: "a:b", when_refused: bounce}
            policies:
              - {campaign: spring}
            next_hop: {host: 127.0.0.1, port: 99999, login: me}
            unheard: of
            """
        );
        foreach (
            var (line, words) in new[]
            {
                (2, "https"),
                (4, "credential"),
                (4, "address with a port"),
                (5, "clear text"),
                (6, "nobody"),
                (8, "campaign"),
                (9, "password"),
                (10, "promo"),
                (10, "feedback_id"),
                (10, "bounce"),
                (12, "login"),
                (13, "port"),
                (13, "password_file"),
                (14, "unheard"),
            }
        )
            problems.ShouldContain(
                problem => problem.Place.Line == line && problem.Text.Contains(words, StringComparison.Ordinal),
                $"{line}: {words} in {string.Join("; ", problems.Select(one => $"{one.Place.Line} {one.Text}"))}"
            );
    }

    [Theory]
    [InlineData("list_id: \"a\\r\\nBcc: x@y.example\"")]
    [InlineData("feedback_id: \"a\\0b\"")]
    [InlineData("complaints_to: \"a@b.example>\"")]
    [InlineData("opt_out_domain: \"b\\u00fccher.example\"")]
    public void Nothing_that_would_end_a_header_gets_into_one(string field) =>
        Problems(Whole.Replace("campaign: spring}", $"campaign: spring, {field}}}", StringComparison.Ordinal)).Count.ShouldBe(1);

    [Fact]
    public void A_signing_key_that_is_none_stops_the_start()
    {
        File.WriteAllText(path + ".pem", "-----BEGIN PRIVATE KEY-----\nbm8ga2V5\n-----END PRIVATE KEY-----\n");
        var problems = Problems(Whole + $"dkim: {{domain: lantern.example, selector: s1, key_file: {path}.pem}}");
        File.Delete(path + ".pem");
        problems.ShouldHaveSingleItem().Text.ShouldContain("DKIM key");
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_so() =>
        Should.Throw<BadInputException>(() => GateFile.Read(path + ".none")).Problems.Count.ShouldBeGreaterThan(0);

    GateOptions Read(string text)
    {
        File.WriteAllText(path, text);
        return GateFile.Read(path);
    }

    IReadOnlyList<Problem> Problems(string text)
    {
        File.WriteAllText(path, text);
        return Should.Throw<BadInputException>(() => GateFile.Read(path)).Problems;
    }

    [Theory]
    [InlineData("listen: \"unix:run/lmtp.sock\"", "not a full path")]
    [InlineData("listen: nowhere", "neither an address with a port nor a Unix socket")]
    [InlineData("listen: \"127.0.0.1:2526\", trusted: [everybody]", "`everybody` is neither an address nor a network")]
    [InlineData("listen: \"127.0.0.1:2526\", trusted: [0.0.0.0/0]", "names everybody")]
    public void A_door_that_nobody_finds_or_that_trusts_everybody_is_none(string door, string fault) =>
        Should
            .Throw<BadInputException>(() => Read(Whole.Replace("listen: \"127.0.0.1:2526\"", door, StringComparison.Ordinal)))
            .Message.ShouldContain(fault);

    [Fact]
    public void A_socket_needs_no_sign_in_to_be_guarded_and_says_whom_it_trusts()
    {
        var door = Read(
            Whole.Replace("\"127.0.0.1:2526\"", "\"unix:/run/maysend/lmtp.sock\", trusted: [unix, 10.0.0.0/8]", StringComparison.Ordinal)
        )
            .Doors.ShouldHaveSingleItem();
        (door.SocketPath, door.IsOnThisMachine, door.Trusted.BySocket).ShouldBe(("/run/maysend/lmtp.sock", true, true));
        door.Trusted.Networks.ShouldHaveSingleItem().PrefixLength.ShouldBe(8);
    }
}
