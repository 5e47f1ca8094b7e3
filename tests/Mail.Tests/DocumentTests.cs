using System.Reflection;
using System.Text.RegularExpressions;
using MaySend.Mail.Inbound;
using MaySend.Mail.Messages;

namespace MaySend.Mail.Tests;

public partial class DocumentTests
{
    internal static readonly string Document = File.ReadAllText(
        Path.Combine(
            typeof(DocumentTests)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "RepositoryRoot")
                .Value!,
            "docs/mail.md"
        )
    );

    static string Kebab(Enum value) => Capital().Replace(value.ToString(), "-$0").TrimStart('-').ToLowerInvariant();

    public static TheoryData<string> Words =>
        [
            .. Enum.GetValues<MailFindingCode>()
                .Select(value => Kebab(value))
                .Concat(Enum.GetValues<InboundSignalKind>().Select(value => Kebab(value)))
                .Concat(Enum.GetValues<SignalEffect>().Select(value => Kebab(value))),
        ];

    [Theory]
    [MemberData(nameof(Words))]
    public void The_document_names_every_finding_signal_and_effect(string word) => Document.ShouldContain($"`{word}`");

    [Theory]
    [InlineData(InboundSignalKind.Unsubscribe)]
    [InlineData(InboundSignalKind.Complaint)]
    [InlineData(InboundSignalKind.HardBounce)]
    [InlineData(InboundSignalKind.SoftBounce)]
    [InlineData(InboundSignalKind.NotSpam)]
    [InlineData(InboundSignalKind.Reactivation)]
    [InlineData(InboundSignalKind.Fraud)]
    [InlineData(InboundSignalKind.AddressChanged)]
    public void The_table_of_effects_is_the_one_in_the_code(InboundSignalKind kind)
    {
        var effect = SignalEffects.Of(
            new()
            {
                Kind = kind,
                Source = "x",
                EventId = "x",
                When = default,
                Proof = SignalProof.VerifiedCall,
                Place = "$",
            }
        );
        Document.ShouldContain($"| `{Kebab(kind)}` | `{Kebab(effect)}` |");
    }

    [Fact]
    public void The_fields_in_the_document_are_what_we_stamp()
    {
        var stamped = System.Text.Encoding.ASCII.GetString(
            new ListUnsubscribeHeaders("https://u.example/o/TOKEN", "MAILBOX@u.example").ToBytes()
        );
        Document.ShouldContain(stamped.ReplaceLineEndings("\n"));
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
