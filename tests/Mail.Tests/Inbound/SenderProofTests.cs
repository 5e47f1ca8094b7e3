using System.Text;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Mail.Tests.OptOut;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

/// <summary>Who wrote a mail, as its own signatures show it; the DNS is a test's own.</summary>
public sealed class SenderProofTests
{
    static readonly Lazy<AsymmetricCipherKeyPair> Keys = new(() =>
    {
        var generator = new RsaKeyPairGenerator();
        generator.Init(new KeyGenerationParameters(new SecureRandom(), 2048));
        return generator.GenerateKeyPair();
    });

    /// <summary>A DNS that holds the key of this run under these names, and counts what it is asked.</summary>
    sealed class Dns(params string[] names) : ITextRecords
    {
        public bool IsAway { get; init; }

        public int Asked { get; private set; }

        public IReadOnlyList<string> Of(string name)
        {
            Asked++;
            if (IsAway)
                throw new IOException("the DNS does not answer");
            var key = SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(Keys.Value.Public).GetDerEncoded();
            return names.Contains(name) ? [$"v=DKIM1; k=rsa; p={Convert.ToBase64String(key)}"] : [];
        }
    }

    const string Words = "Please stop sending me these offers.";

    static MimeMessage Reply(string from = "anna@example.com")
    {
        var message = new MimeMessage
        {
            Subject = "Re: Spring",
            Body = new TextPart("plain") { Text = Words + "\r\n" },
        };
        message.From.Add(new MailboxAddress("Anna", from));
        message.To.Add(new MailboxAddress("Offers", "offers@shop.example"));
        message.Date = Hook.Arrival.AddHours(-1);
        message.MessageId = "r1@example.com";
        return message;
    }

    static string Signed(MimeMessage message, string domain = "example.com", params HeaderId[] fields)
    {
        var signer = new DkimSigner(Keys.Value.Private, domain, "s1") { SignatureAlgorithm = DkimSignatureAlgorithm.RsaSha256 };
        message.Prepare(EncodingConstraint.SevenBit);
        signer.Sign(message, fields.Length > 0 ? fields : [HeaderId.From, HeaderId.Subject, HeaderId.Date]);
        return Text(message);
    }

    static string Text(MimeMessage message)
    {
        using var stream = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(format, stream);
        return Encoding.Latin1.GetString(stream.ToArray());
    }

    static InboundSignal Read(string mail, ITextRecords dns, ISenderProof? proof = null) =>
        new InboundMail(new OwnTokens(Rings.One(), _ => null), proof ?? new DkimSignatures(new DkimKeys(dns)))
            .Read(Encoding.Latin1.GetBytes(mail), new(null, [], Hook.Arrival))
            .Single();

    /// <summary>Signs a part of the body, which the signer in use never does; the whole of it without a length.</summary>
    static string SignedByHand(string mail, int? length = null)
    {
        var at = mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var body = Encoding.Latin1.GetBytes(mail[at..])[..(length ?? (mail.Length - at))];
        string Line(string name) => mail.Split("\r\n").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)) + "\r\n";
        var field =
            "DKIM-Signature: v=1; a=rsa-sha256; c=simple/simple; d=example.com; s=s1; h=from:subject:date; "
            + $"{(length is { } some ? $"l={some}; " : "")}"
            + $"bh={Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(body))}; b=";
        var signer = SignerUtilities.GetSigner("SHA-256withRSA");
        signer.Init(forSigning: true, Keys.Value.Private);
        signer.BlockUpdate(Encoding.Latin1.GetBytes(Line("From") + Line("Subject") + Line("Date") + field));
        return $"{field}{Convert.ToBase64String(signer.GenerateSignature())}\r\n{mail}";
    }

    [Fact]
    public void A_signature_over_a_part_of_the_body_shows_nothing_and_one_over_all_of_it_does()
    {
        var mail = Text(Reply());
        Read(SignedByHand(mail), Known).Proof.ShouldBe(SignalProof.AlignedSender);
        Read(SignedByHand(mail, length: 4), Known).Proof.ShouldBe(SignalProof.None);
    }

    static readonly Dns Known = new("s1._domainkey.example.com");

    [Theory]
    [InlineData("anna@example.com", "example.com")]
    [InlineData("anna@mail.example.com", "example.com")]
    public void What_the_authors_own_domain_signed_counts_at_once(string from, string signer)
    {
        var signal = Read(Signed(Reply(from), signer), Known);
        (signal.Kind, signal.Proof).ShouldBe((Unsubscribe, SignalProof.AlignedSender));
        SignalEffects.Of(signal).ShouldBe(SignalEffect.RecordRefusal);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("another domain signed")]
    [InlineData("a domain below the author's signed")]
    [InlineData("the words were changed")]
    [InlineData("the subject is not signed")]
    [InlineData("a subject was put over the signed one")]
    [InlineData("an author was put over the signed one")]
    [InlineData("words may be put behind what is signed")]
    [InlineData("the key is not there")]
    [InlineData("the DNS is away")]
    public void Where_that_is_not_shown_the_request_waits_for_a_person(string why)
    {
        var dns = why switch
        {
            "the key is not there" => new Dns(),
            "the DNS is away" => new Dns() { IsAway = true },
            _ => new Dns("s1._domainkey.example.com", "s1._domainkey.example.net", "s1._domainkey.anna.example.com"),
        };
        var right = Signed(Reply());
        var mail = why switch
        {
            "nothing" => Text(Reply()),
            "another domain signed" => Signed(Reply(), "example.net"),
            "a domain below the author's signed" => Signed(Reply(), "anna.example.com"),
            "the words were changed" => Signed(Reply()).Replace("sending me these", "sending me all these"),
            "the subject is not signed" => Signed(Reply(), "example.com", HeaderId.From, HeaderId.Date),
            "a subject was put over the signed one" => "Subject: unsubscribe\r\n" + right,
            "an author was put over the signed one" => "From: Ben <ben@example.com>\r\n" + right,
            "words may be put behind what is signed" => SignedByHand(Text(Reply()), length: 4),
            _ => right,
        };
        var signal = Read(mail, dns);
        signal.Proof.ShouldBe(SignalProof.None, why);
        SignalEffects.Of(signal).ShouldBe(SignalEffect.HoldForAPerson, why);
    }

    [Fact]
    public void Ordinary_mail_and_mail_that_no_domain_of_its_author_signed_costs_no_look_up()
    {
        var dns = new Dns("s1._domainkey.example.com");
        var ordinary = Reply();
        ordinary.Body = new TextPart("plain") { Text = "When do you open on Saturday?\r\n" };
        Read(Signed(ordinary), dns).Ignored.ShouldBe(IgnoredReason.OrdinaryWords);
        Read(Signed(Reply(), "example.net"), dns);
        dns.Asked.ShouldBe(0);
    }

    [Fact]
    public void A_complaint_counts_at_once_by_the_reporters_signature_and_waits_without_it()
    {
        static MimeMessage Report()
        {
            var report = new MimeMessage { Subject = "Abuse report" };
            report.From.Add(new MailboxAddress("Feedback", "fbl@provider.example"));
            report.To.Add(new MailboxAddress("", "fbl@shop.example"));
            report.Date = Hook.Arrival.AddHours(-1);
            report.MessageId = "f1@provider.example";
            var feedback = new MimePart("message", "feedback-report")
            {
                Content = new MimeContent(
                    new MemoryStream(
                        "Feedback-Type: abuse\r\nUser-Agent: Provider/1\r\nVersion: 1\r\nOriginal-Rcpt-To: anna@example.com\r\n"u8.ToArray()
                    )
                ),
            };
            report.Body = new Multipart("report")
            {
                new TextPart("plain") { Text = "This is an abuse report.\r\n" },
                feedback,
                new TextPart("rfc822-headers") { Text = "From: news@shop.example\r\nMessage-ID: <m1@shop.example>\r\n" },
            };
            report.Body.ContentType.Parameters["report-type"] = "feedback-report";
            return report;
        }
        var dns = new Dns("s1._domainkey.provider.example");
        var proved = Read(Signed(Report(), "provider.example"), dns);
        (proved.Kind, proved.Address, SignalEffects.Of(proved)).ShouldBe((Complaint, "anna@example.com", SignalEffect.RecordObjection));
        SignalEffects.Of(Read(Text(Report()), dns)).ShouldBe(SignalEffect.HoldForAPerson);
        SignalEffects.Of(Read(Signed(Report(), "attacker.example"), dns)).ShouldBe(SignalEffect.HoldForAPerson);
    }

    /// <summary>A mail service that seals what it passes on, with what it found out before.</summary>
    sealed class Sealer(string domain, string found) : ArcSigner(Keys.Value.Private, domain, "s1")
    {
        protected override AuthenticationResults GenerateArcAuthenticationResults(
            FormatOptions options,
            MimeMessage message,
            CancellationToken cancellationToken
        )
        {
            AuthenticationResults.TryParse(Encoding.ASCII.GetBytes($" {Domain}; {found}"), out var results).ShouldBeTrue();
            return results;
        }

        protected override Task<AuthenticationResults> GenerateArcAuthenticationResultsAsync(
            FormatOptions options,
            MimeMessage message,
            CancellationToken cancellationToken
        ) => Task.FromResult(GenerateArcAuthenticationResults(options, message, cancellationToken));
    }

    [Theory]
    [InlineData("forwarder.example", "dmarc=pass header.from=example.com", null, SignalProof.AlignedSender)]
    [InlineData("forwarder.example", "dmarc=fail header.from=example.com", null, SignalProof.None)]
    [InlineData("forwarder.example", "dmarc=pass header.from=example.net", null, SignalProof.None)]
    [InlineData("attacker.example", "dmarc=pass header.from=example.com", null, SignalProof.None)]
    [InlineData("forwarder.example", "dmarc=pass header.from=example.com", "Please stop all", SignalProof.None)]
    public void What_a_named_forwarder_found_before_it_changed_the_mail_counts_by_its_seal(
        string sealer,
        string found,
        string? changed,
        SignalProof proof
    )
    {
        var message = Reply();
        message.Prepare(EncodingConstraint.SevenBit);
        new Sealer(sealer, found).Sign(message, [HeaderId.From, HeaderId.Subject, HeaderId.Date], TestContext.Current.CancellationToken);
        var mail = changed is null ? Text(message) : Text(message).Replace("Please stop", changed);
        var dns = new Dns("s1._domainkey.forwarder.example", "s1._domainkey.attacker.example");
        Read(mail, dns, new AnySenderProof([new SealedResults(new DkimKeys(dns), ["forwarder.example"])])).Proof.ShouldBe(proof);
    }
}
