using MaySend.Console.Assessing;
using MaySend.Records.Inbound;

namespace MaySend.Console.Evidence;

/// <summary>A source of <c>inbound.json</c> as the fields of a form. No secret is ever put into one.</summary>
static class InboundForm
{
    /// <summary>The field of a secret as it is typed.</summary>
    public const string Secret = "secret";

    public const string Password = "password",
        Token = "token";

    const string Secure = "tls",
        Upgraded = "starttls";
    const int GreatestPort = 65_535;

    /// <summary>How the mailbox's server is spoken to.</summary>
    public static readonly string[] Ways = [Secure, Upgraded];

    /// <summary>What the mailbox is signed in to with.</summary>
    public static readonly string[] Kinds = [Password, Token];

    /// <summary>The fields by the names that people read.</summary>
    public static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [Secret] = "The secret",
        ["topic-arn"] = "The topic of Amazon SNS",
        ["sender"] = "The sender",
        ["zone"] = "The time zone",
        ["topics"] = "The lists and topics",
        ["server"] = "Your mail server's name",
        ["domain"] = "The domain of opt-out mailboxes",
        ["sealers"] = "The domains whose seals are believed",
        ["host"] = "The mailbox's server",
        ["port"] = "The port",
        ["user"] = "The login",
        ["folder"] = "The folder",
        ["move-to"] = "The folder for read mail",
        [""] = "It",
    };

    /// <summary>Where a platform's secret is found, and what it is.</summary>
    public static string SecretOf(string platform) =>
        platform switch
        {
            "sendgrid" => "The verification key that SendGrid shows under Event Webhook, signed",
            "postal" => "The public key of your Postal installation",
            "mailgun" => "The HTTP webhook signing key",
            "mandrill" => "The key of the webhook",
            "resend" => "The signing secret of the webhook (whsec_...)",
            "twilio" => "The auth token of the account",
            "mailersend" or "mailtrap" => "The signing secret of the webhook",
            "vonage" => "The signature secret of the account",
            "bird" => "The signing key",
            "sinch" => "The secret of the webhook, or the password of its basic authentication",
            _ => "A long password of your own choice",
        };

    /// <summary>True for a platform that signs nothing: whoever calls brings the secret along.</summary>
    public static bool BringsSecret(string platform) =>
        platform is "postmark" or "mailjet" or "brevo" or "sparkpost" or "mailchimp" or "listmonk";

    /// <summary>True for a platform that writes times in the zone of its account.</summary>
    public static bool HasZone(string platform) => platform is "brevo" or "mailchimp";

    /// <summary>True for the one platform that proves its calls by a topic.</summary>
    public static bool HasTopicArn(string platform) => platform == "ses";

    /// <summary>Puts what is known of a source into a form.</summary>
    public static void Fill(StepForm form, InboundSource source)
    {
        form.Set("topic-arn", source.TopicArn);
        form.Set("sender", source.Sender);
        form.Set("zone", source.Zone);
        form.Set(
            "topics",
            string.Join('\n', (source.Topics ?? new Dictionary<string, string>()).Select(one => $"{one.Key} = {one.Value}"))
        );
        form.Set("server", source.Server);
        form.Set("domain", source.Domain);
        form.Set("sealers", string.Join(", ", source.Sealers ?? []));
        form.Set("move-to", source.MoveTo);
        form.Set("kind", source.TokenFile is null ? Password : Token);
        if (ReturnMailbox.Of(source) is not { } mailbox)
            return;
        form.Set("host", mailbox.Host);
        form.Set("port", mailbox.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        form.Set("way", mailbox.IsSecureFromTheStart ? Secure : Upgraded);
        form.Set("user", mailbox.User);
        form.Set("folder", mailbox.Folder);
    }

    /// <summary>Reads a platform's fields; what is wrong is noted in the form.</summary>
    /// <param name="form">The fields.</param>
    /// <param name="platform">Whose.</param>
    /// <param name="before">What the file says of it; null for nothing.</param>
    /// <param name="secret">The secret as typed; null keeps the one there is.</param>
    public static InboundSource ReadPlatform(StepForm form, string platform, InboundSource? before, string? secret) =>
        (before ?? new()) with
        {
            Secret = secret ?? before?.Secret,
            Sender = Text(form, "sender"),
            Zone = HasZone(platform) ? Text(form, "zone") : before?.Zone,
            TopicArn = HasTopicArn(platform) ? Text(form, "topic-arn") : before?.TopicArn,
            Topics = Topics(form),
        };

    /// <summary>Reads the fields of mail; what is wrong is noted in the form.</summary>
    /// <param name="form">The fields.</param>
    /// <param name="before">What the file says of it; null for nothing.</param>
    /// <param name="secret">The mailbox's password or token as typed; null keeps the one there is.</param>
    public static InboundSource ReadMail(StepForm form, InboundSource? before, MailboxSecret? secret)
    {
        var sealers = form.Named("sealers");
        var address = Address(form);
        var isToken = form.Word("kind", Kinds) == Token;
        if (address is not null && secret is null && before?.Imap is not null && isToken != before.TokenFile is not null)
            form.Problem(Secret, $"Type the {(isToken ? "token" : "password")}.");
        return (before ?? new()) with
        {
            Sender = Text(form, "sender"),
            Server = Text(form, "server"),
            Domain = Text(form, "domain"),
            Sealers = sealers.Count == 0 ? null : sealers,
            Imap = address,
            PasswordFile = address is null ? null : before?.PasswordFile,
            TokenFile = address is null ? null : before?.TokenFile,
            MoveTo = Text(form, "move-to"),
        };
    }

    /// <summary>What a form says of a mailbox, as the address that the file names; null for no mailbox.</summary>
    static string? Address(StepForm form)
    {
        var (host, user, folder) = (Text(form, "host"), Text(form, "user"), Text(form, "folder"));
        var port = form.Number("port");
        if (port > GreatestPort)
            form.Problem("port", $"is greater than {GreatestPort}");
        var way = form.Word("way", Ways) ?? Secure;
        if (host is null)
        {
            if (user is not null)
                form.Problem("host", "is missing: name it, or leave the login empty too");
            return null;
        }
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            form.Problem("host", "is not the name of a server, such as imap.example.com");
        if (user is null)
            form.Problem("user", "is missing");
        if (form.Problems.Any(problem => problem.Field is "host" or "port" or "user"))
            return null;
        return ReturnMailbox.AddressOf(way == Secure, user!, host, port, folder ?? "INBOX");
    }

    static IReadOnlyDictionary<string, string>? Topics(StepForm form)
    {
        var topics = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in form.Lines("topics"))
        {
            var cut = line.LastIndexOf('=');
            var (theirs, ours) = cut < 0 ? (line, "") : (line[..cut].Trim(), line[(cut + 1)..].Trim());
            if (theirs.Length == 0 || ours.Length == 0)
                form.Problem("topics", $"hold a line that is not “their name = your topic”: {line}");
            else if (!topics.TryAdd(theirs, ours))
                form.Problem("topics", $"name “{theirs}” twice");
        }
        return topics.Count == 0 ? null : topics;
    }

    static string? Text(StepForm form, string field) => form.Text(field) is { Length: > 0 } text ? text : null;

    /// <summary>Notes what is wrong with a source beside the field that says it.</summary>
    public static void Note(StepForm form, IEnumerable<SourceProblem> problems)
    {
        foreach (var problem in problems)
        {
            var field = problem.Field switch
            {
                "topicArn" => "topic-arn",
                "imap" or "maildir" => "host",
                _ => problem.Field,
            };
            // A field that lists several things may hold several that are wrong.
            if (field is "topics" or "sealers" || form.ProblemOf(field) is null)
                form.Problem(field, Sentence(problem));
        }
    }

    static string Sentence(SourceProblem problem)
    {
        if (problem.Text.EndsWith("is missing", StringComparison.Ordinal))
            return $"is missing: {problem.Help}";
        // The file's names stand between backticks; what was typed is quoted, as elsewhere on pages.
        var parts = problem.Text.Split('`');
        var text = string.Concat(parts.Select((part, at) => at == 0 ? part : $"{(at % 2 == 1 ? "“" : "”")}{part}"));
        var says = $"{Format.Sentence(text)}{(problem.Help is null ? "" : $": {problem.Help}")}";
        return char.IsUpper(says[0]) ? $"{says}." : says;
    }
}
