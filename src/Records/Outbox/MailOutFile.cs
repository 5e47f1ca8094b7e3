using System.Collections.Immutable;
using System.Text.Json;
using MailKit.Security;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;
using MimeKit;

namespace MaySend.Records.Outbox;

/// <summary>How the server's own mails go out, and how many may be asked for.</summary>
/// <param name="Handover">Who sends them; null where nobody does, and then no page takes sign-ups.</param>
/// <param name="PerHour">Mails in an hour, for everybody together.</param>
/// <param name="PerSourcePerHour">Sign-ups in an hour from one network address.</param>
/// <param name="SourceHeader">The header in which a proxy of yours says whence a request came; null where there is no proxy.</param>
sealed record MailOut(IMailHandover? Handover, int PerHour, int PerSourcePerHour, string? SourceHeader)
{
    /// <summary>Who is reminded of reviews that fall due; nobody where the file names nobody.</summary>
    public ImmutableArray<string> Reminded { get; init; } = [];
}

/// <summary>
/// Reads <c>mail-out.json</c> in the data folder: <c>{"webhook": {"url": "https://...", "secret": "..."}}</c> or <c>{"smtp": {"host":
/// "...", "from": "Lantern &lt;hello@lantern.example&gt;"}}</c>.
/// </summary>
static class MailOutFile
{
    sealed record Webhook(string? Url, string? Secret);

    sealed record Smtp(string? Host, string? From)
    {
        public int? Port { get; init; }

        public string? Security { get; init; }

        public string? User { get; init; }

        public string? Password { get; init; }
    }

    sealed record Entries
    {
        public Webhook? Webhook { get; init; }

        public Smtp? Smtp { get; init; }

        public int PerHour { get; init; } = 600;

        public int PerSourcePerHour { get; init; } = 30;

        public string? SourceHeader { get; init; }

        public ImmutableArray<string> Reminders { get; init; } = [];
    }

    /// <summary>The file's name.</summary>
    public const string Name = "mail-out.json";

    /// <summary>What the file says; nothing goes out where there is none.</summary>
    /// <exception cref="BadInputException">The file is wrong; everything found is said.</exception>
    public static MailOut Read(string folder, TimeProvider clock)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return new(null, new Entries().PerHour, new Entries().PerSourcePerHour, null);
        var problems = new Problems();
        Entries entries = new();
        try
        {
            entries = JsonSerializer.Deserialize<Entries>(File.ReadAllBytes(path), EntryJson.Options) ?? new();
        }
        catch (JsonException fault)
        {
            problems.Add(
                new Place(path, (int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1),
                $"cannot be read at {fault.Path}",
                "webhook (url, secret) or smtp (host, port, security, user, password, from), perHour, perSourcePerHour, sourceHeader, "
                    + "reminders"
            );
        }
        problems.ThrowIfAny();
        if (entries.PerHour < 1 || entries.PerSourcePerHour < 1)
            problems.Add(new Place(path), "perHour and perSourcePerHour are whole numbers from 1 on");
        IMailHandover? handover = (entries.Webhook, entries.Smtp) switch
        {
            ({ } webhook, null) => ByWebhook(webhook, path, clock, problems),
            (null, { } smtp) => BySmtp(smtp, path, clock, problems),
            _ => null,
        };
        if ((entries.Webhook is null) == (entries.Smtp is null))
            problems.Add(new Place(path), "say either `webhook` or `smtp`");
        ImmutableArray<string> reminders = entries.Reminders.IsDefault ? [] : entries.Reminders;
        foreach (string? reminded in reminders)
            if (reminded is null || Address.Email(reminded).Address is null)
                problems.Add(new Place(path), $"reminders: `{reminded}` is not a mail address", "privacy@shop.example");
        problems.ThrowIfAny();
        return new(handover, entries.PerHour, entries.PerSourcePerHour, entries.SourceHeader) { Reminded = reminders };
    }

    static WebhookHandover? ByWebhook(Webhook webhook, string path, TimeProvider clock, Problems problems)
    {
        var isUrl = Uri.TryCreate(webhook.Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";
        if (!isUrl || (url!.Scheme == "http" && !url.IsLoopback))
            problems.Add(new Place(path), "webhook: `url` is not an https address", "http is taken on this machine only");
        if (webhook.Secret is not { Length: >= 16 })
            problems.Add(new Place(path), "webhook: `secret` is missing or shorter than 16 characters", "it proves that the call is ours");
        return isUrl && webhook.Secret is { } secret ? new(url!, secret, clock) : null;
    }

    static SmtpHandover? BySmtp(Smtp smtp, string path, TimeProvider clock, Problems problems)
    {
        var security = SecureSocketOptions.StartTls;
        if (smtp.Security is { } word && !Enum.TryParse(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out security))
            problems.Add(new Place(path), $"smtp: `{word}` is not known", "start-tls, ssl-on-connect or none");
        if (string.IsNullOrWhiteSpace(smtp.Host))
            problems.Add(new Place(path), "smtp: `host` is missing");
        if (!MailboxAddress.TryParse(smtp.From ?? "", out var from) || Address.Email(from.Address).Address is null)
            problems.Add(new Place(path), "smtp: `from` is not a mail address", "Lantern <hello@lantern.example>");
        if (smtp.Port is < 1 or > 65535)
            problems.Add(new Place(path), "smtp: `port` is not 1 to 65535");
        return smtp.Host is { } host && from is not null
            ? new(
                new(host, smtp.Port ?? (security == SecureSocketOptions.SslOnConnect ? 465 : 587), security, from)
                {
                    User = smtp.User,
                    Password = smtp.Password,
                },
                clock
            )
            : null;
    }
}
