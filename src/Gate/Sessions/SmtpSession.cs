using MaySend.Gate.Doors;
using MaySend.Gate.Protocol;
using MaySend.Gate.Rulings;

namespace MaySend.Gate.Sessions;

/// <summary>
/// One conversation in SMTP (RFC 5321) or LMTP (RFC 2033). In LMTP each recipient has a reply of its own after the message; in SMTP a
/// transaction has one recipient, so that its one reply can be about that person, and a client with more is told to send another
/// transaction (452, which all of them do).
/// </summary>
sealed class SmtpSession(GateDoor door, SmtpWire wire, Intake intake, Func<Task<SmtpWire>> secure, CancellationToken stopping)
{
    const int GreatestErrors = 20;

    static readonly Reply NeedsUtf8 = new(553, "5.6.7", "an address in UTF-8 needs SMTPUTF8");

    readonly List<MailPath> recipients = [];
    SmtpWire wire = wire;
    MailPath? from;
    string? greeted;
    GateCredential? credential = door.Credential;
    bool isSecure;
    int errors;

    /// <summary>The client is a mail server that may say for whom it speaks.</summary>
    public bool IsTrusted { get; init; }

    // Of the whole connection, and of the next message alone.
    ClientAttributes client = ClientAttributes.None;
    ClientAttributes forwarded = ClientAttributes.None;

    bool IsLmtp => door.Protocol == GateProtocol.Lmtp;

    /// <summary>
    /// Speaks until the client quits, or something ends the conversation. A message that was taken in whole is always answered.
    /// </summary>
    public async Task RunAsync()
    {
        try
        {
            await wire.ReplyAsync(new(220, null, $"{door.Hostname} {(IsLmtp ? "LMTP" : "ESMTP")} MaySend gate"));
            while (await wire.ReadLineAsync(stopping) is { } line)
            {
                if (!await AnswerAsync(Command.Of(line)))
                    return;
                if (errors > GreatestErrors)
                    throw new WireFault(new(421, "4.7.0", "too many errors"));
            }
        }
        catch (WireFault fault)
        {
            await wire.ReplyAsync(fault.Reply);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not answered is sent once more, to whoever listens then.
            await wire.ReplyAsync(new(421, "4.3.2", "the gate is stopping"));
        }
    }

    /// <summary>Answers one command; false when it was the last.</summary>
    async ValueTask<bool> AnswerAsync(Command command)
    {
        switch (command.Verb)
        {
            case "LHLO" when IsLmtp:
            case "EHLO" or "HELO" when !IsLmtp:
                await GreetAsync(command);
                return true;
            case "STARTTLS" when !IsLmtp && door.Certificate is not null && !isSecure && command.Rest.Length == 0:
                await SecureAsync();
                return true;
            case "AUTH" when !IsLmtp:
                await ReplyAsync(await AuthenticateAsync(command));
                return true;
            case "XCLIENT" when IsTrusted:
                await ReplyAsync(SpeakFor(command));
                return true;
            case "XFORWARD" when IsTrusted:
                await ReplyAsync(Forward(command));
                return true;
            case "MAIL":
                await ReplyAsync(Mail(command));
                return true;
            case "RCPT":
                await ReplyAsync(Recipient(command));
                return true;
            case "DATA":
                await DataAsync(command);
                return true;
            case "RSET":
                Reset();
                await wire.ReplyAsync(Reply.Ok);
                return true;
            case "NOOP":
                await wire.ReplyAsync(Reply.Ok);
                return true;
            case "VRFY" or "EXPN":
                await wire.ReplyAsync(new(252, "2.5.0", "send the message and see"));
                return true;
            case "QUIT":
                await wire.ReplyAsync(new(221, "2.0.0", "bye"));
                return false;
            case "GET" or "HEAD" or "POST" or "PUT" or "OPTIONS" or "CONNECT":
                // A browser on this machine, led here by somebody's page; what it carries would be read as commands.
                throw new WireFault(new(421, "4.7.0", "no HTTP is spoken here"));
            default:
                await ReplyAsync(new(500, "5.5.1", "command not known here"));
                return true;
        }
    }

    async Task GreetAsync(Command command)
    {
        if (command.Rest.Length == 0)
        {
            await ReplyAsync(new(501, "5.5.4", "say who you are"));
            return;
        }
        Reset();
        greeted = command.Rest;
        if (command.Verb == "HELO")
        {
            await wire.ReplyAsync(new(250, null, door.Hostname));
            return;
        }
        List<string> offers = [door.Hostname, "PIPELINING", $"SIZE {door.GreatestMessage}", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];
        if (!IsLmtp && door.Certificate is not null && !isSecure)
            offers.Add("STARTTLS");
        if (MayAuthenticate)
            offers.Add("AUTH PLAIN LOGIN");
        offers.AddRange(IsTrusted ? ClientAttributes.Offers : []);
        var lines = offers.Select((offer, at) => $"250{(at == offers.Count - 1 ? ' ' : '-')}{offer}\r\n");
        await wire.SendAsync(System.Text.Encoding.ASCII.GetBytes(string.Concat(lines)));
    }

    /// <summary>
    /// From here on the connection is that client's, and begins anew. A login that the server in front has checked stands for its
    /// credential; one that no credential bears, or none at all, stands for nobody, never for the door's own.
    /// </summary>
    Reply SpeakFor(Command command)
    {
        if (from is not null)
            return new(503, "5.5.1", "not within a transaction");
        if (ClientAttributes.OfClient(command.Rest) is not { } said)
            return new(501, "5.5.4", "an attribute is not known here");
        client = client.With(said);
        if (said.SaysLogin)
            credential = said.Login is { } login ? door.Credentials.Of(login) : null;
        greeted = null;
        Reset();
        return new(220, null, $"{door.Hostname} {(IsLmtp ? "LMTP" : "ESMTP")} MaySend gate");
    }

    Reply Forward(Command command)
    {
        if (from is not null)
            return new(503, "5.5.1", "not within a transaction");
        if (ClientAttributes.OfMessage(command.Rest) is not { } said)
            return new(501, "5.5.4", "an attribute is not known here");
        forwarded = forwarded.With(said);
        return Reply.Ok;
    }

    /// <summary>A password crosses the wire in clear text only where the wire does not leave the machine.</summary>
    bool MayAuthenticate => !IsLmtp && (isSecure || door.IsOnThisMachine);

    async Task SecureAsync()
    {
        // Commands sent along in clear text would be read as if they had come under TLS (RFC 3207 4.2).
        if (wire.HasMore())
            throw new WireFault(new(503, "5.5.0", "nothing may follow STARTTLS before the handshake"));
        await wire.ReplyAsync(new(220, "2.0.0", "go ahead"));
        wire = await secure();
        isSecure = true;
        (greeted, credential) = (null, door.Credential);
        Reset();
    }

    async ValueTask<Reply> AuthenticateAsync(Command command)
    {
        if (greeted is null || from is not null)
            return new(503, "5.5.1", "not now");
        if (!MayAuthenticate)
            return new(538, "5.7.11", "only under TLS");
        var words = command.Rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (login, password) = words switch
        {
            [var plain, var initial] when Is(plain, "PLAIN") => SaslText.Plain(initial),
            [var plain] when Is(plain, "PLAIN") => SaslText.Plain(await PromptAsync("")),
            [var word] when Is(word, "LOGIN") => (
                SaslText.Read(await PromptAsync("VXNlcm5hbWU6")),
                SaslText.Read(await PromptAsync("UGFzc3dvcmQ6"))
            ),
            _ => (null, null),
        };
        if (login is null || password is null)
            return new(501, "5.5.2", "AUTH PLAIN or AUTH LOGIN, in base64");
        if (await door.Credentials.FindAsync(login, password, stopping) is not { } found)
            return new(535, "5.7.8", "login or password is wrong");
        credential = found;
        return new(235, "2.7.0", "welcome");
    }

    async ValueTask<string> PromptAsync(string prompt)
    {
        await wire.ReplyAsync(new(334, null, prompt));
        return await wire.ReadLineAsync(stopping) ?? throw WireFault.Broken();
    }

    static bool Is(string given, string word) => given.Equals(word, StringComparison.OrdinalIgnoreCase);

    Reply Mail(Command command)
    {
        if (greeted is null || from is not null)
            return new(503, "5.5.1", greeted is null ? "greet first" : "one sender at a time");
        if (credential is null)
            return new(530, "5.7.0", "sign in first");
        if (command.Path("FROM:") is not { } path)
            return new(501, "5.1.7", "that is not a sender");
        if (!path.Parameters.All(MailPath.IsKnown))
            return new(555, "5.5.4", "a parameter is not known here");
        if (
            path.Parameters.FirstOrDefault(parameter => parameter.Name == "SIZE").Value is { } size
            && long.TryParse(size, out var octets)
            && octets > door.GreatestMessage
        )
            return new(552, "5.3.4", "message too large");
        if (!path.MayStand(path))
            return NeedsUtf8;
        from = path;
        return Reply.Ok;
    }

    Reply Recipient(Command command)
    {
        if (from is null)
            return new(503, "5.5.1", "the sender comes first");
        if (command.Path("TO:") is not { Mailbox.Length: > 0 } path)
            return new(501, "5.1.3", "that is not a recipient");
        if (path.Parameters.Count > 0)
            return new(555, "5.5.4", "a parameter is not known here");
        if (!path.MayStand(from))
            return NeedsUtf8;
        if (recipients.Count >= (IsLmtp ? door.GreatestRecipients : 1))
            return new(452, "4.5.3", "too many recipients in one transaction; send the rest in another");
        recipients.Add(path);
        return new(250, "2.1.5", "ok");
    }

    async Task DataAsync(Command command)
    {
        if (recipients.Count == 0 || from is null || credential is null || command.Rest.Length > 0)
        {
            await ReplyAsync(new(command.Rest.Length > 0 ? 501 : 503, "5.5.1", "no valid recipients"));
            return;
        }
        await wire.ReplyAsync(new(354, null, "go ahead, end with CRLF.CRLF"));
        var octets = await wire.ReadMessageAsync(door.GreatestMessage, stopping);
        var replies = octets is null
            ? [.. recipients.Select(_ => new Reply(552, "5.3.4", "message too large"))]
            : await intake.TakeAsync(
                new(from.Mailbox, [.. recipients.Select(path => path.Mailbox)])
                {
                    Client = greeted ?? "",
                    Behind = client.With(forwarded),
                    IsLmtp = IsLmtp,
                    Is8Bit = from.Parameters.Any(parameter => parameter is { Name: "BODY" } && Is(parameter.Value, "8BITMIME")),
                    IsInternational = from.IsInternational,
                },
                octets,
                credential,
                CancellationToken.None
            );
        Reset();
        foreach (var reply in replies)
            await wire.ReplyAsync(reply);
    }

    async ValueTask ReplyAsync(Reply reply)
    {
        // A client that is told to send the rest in another transaction has made no mistake.
        if (reply.Code >= 500)
            errors++;
        await wire.ReplyAsync(reply);
    }

    void Reset()
    {
        from = null;
        forwarded = ClientAttributes.None;
        recipients.Clear();
    }
}
