using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using MaySend.Mail.Inbound.RawMail;

namespace MaySend.Records.Inbound;

/// <summary>A mail that lies in a mailbox or on disk.</summary>
/// <param name="Name">The mailbox and the mail's number in it, or the file, for messages.</param>
/// <param name="Octets">The mail; one that is longer than anything that is read is cut there, and then refused as too long.</param>
/// <param name="Arrived">When it arrived there (INTERNALDATE), never later than now.</param>
public sealed record MailboxMail(string Name, ReadOnlyMemory<byte> Octets, DateTimeOffset Arrived);

/// <summary>
/// Reads a mailbox by IMAP. A mail is marked, or moved, only after whoever takes it has put it on record; one that could not be put on
/// record is read again. Which ones were read is told by a keyword of ours where the server keeps keywords: a mail that somebody has
/// opened is read all the same, since it may be an opt-out. Elsewhere <c>\Seen</c> tells.
/// </summary>
/// <param name="mailbox">Which mailbox.</param>
/// <param name="clock">The clock.</param>
public sealed class MailboxReader(ReturnMailbox mailbox, TimeProvider clock)
{
    /// <summary>The keyword on what was read.</summary>
    public const string Keyword = "$MaySendRead";

    const int AtATime = 100;
    const int PatienceMilliseconds = 30_000;

    /// <summary>Hands over every mail that was not read before, the oldest first.</summary>
    /// <param name="take">Puts one on record; whatever it throws ends the reading, and its mail stays unread.</param>
    /// <param name="isMarking">False only looks: nothing is marked or moved.</param>
    /// <param name="cancellation">Ends the reading between two mails.</param>
    /// <returns>How many were handed over.</returns>
    /// <exception cref="MailboxUnavailableException">The mailbox is away or turns us away.</exception>
    public async Task<int> ReadAsync(Func<MailboxMail, Task> take, bool isMarking, CancellationToken cancellation)
    {
        using var client = new ImapClient { Timeout = PatienceMilliseconds };
        var (folder, next) = await OpenAsync(client, isMarking, cancellation);
        var read = await ReadNewAsync(folder, next, take, isMarking, cancellation);
        await AskAsync(() => client.DisconnectAsync(quit: true, cancellation));
        return read;
    }

    /// <summary>
    /// Reads as <see cref="ReadAsync"/> does, and stays: the server says when more has arrived (IDLE, RFC 2177). Where it does not offer
    /// to, this ends after one reading, and the caller comes again.
    /// </summary>
    /// <param name="take">Puts one on record; whatever it throws ends the watch, and its mail stays unread.</param>
    /// <param name="haveRead">Is told after each reading how many were handed over.</param>
    /// <param name="goesOn">Asked before each wait, and after it; false ends the watch.</param>
    /// <param name="look">Mail is looked for after this time also where nothing was said: not every server says all that arrives.</param>
    /// <param name="cancellation">Ends the watch.</param>
    /// <exception cref="MailboxUnavailableException">The mailbox is away or turns us away.</exception>
    public async Task WatchAsync(
        Func<MailboxMail, Task> take,
        Action<int> haveRead,
        Func<bool> goesOn,
        TimeSpan look,
        CancellationToken cancellation
    )
    {
        using var client = new ImapClient { Timeout = PatienceMilliseconds };
        var (folder, next) = await OpenAsync(client, isMarking: true, cancellation);
        var hasArrived = false;
        CancellationTokenSource? waiting = null;
        // Also what is said while mails are fetched and marked counts: it would be missed by whoever listens only while waiting.
        folder.CountChanged += (_, _) =>
        {
            hasArrived = true;
            waiting?.Cancel();
        };
        do
        {
            hasArrived = false;
            haveRead(await ReadNewAsync(folder, next, take, isMarking: true, cancellation));
            if (!client.Capabilities.HasFlag(ImapCapabilities.Idle) || !goesOn())
                break;
            using var limit = waiting = new CancellationTokenSource(look, clock);
            if (!hasArrived)
                await AskAsync(() => client.IdleAsync(limit.Token, cancellation));
            waiting = null;
        } while (goesOn());
        await AskAsync(() => client.DisconnectAsync(quit: true, cancellation));
    }

    async Task<(IMailFolder Folder, IMailFolder? Next)> OpenAsync(ImapClient client, bool isMarking, CancellationToken cancellation)
    {
        var secret = (await AskAsync(() => File.ReadAllTextAsync(SecretFile, cancellation))).Trim('\r', '\n');
        await AskAsync(() => client.ConnectAsync(mailbox.Host, mailbox.Port, mailbox.Security, cancellation));
        var token = mailbox.TokenFile is null ? null : OfToken(client, secret.Trim());
        await AskAsync(() =>
            token is null ? client.AuthenticateAsync(mailbox.User, secret, cancellation) : client.AuthenticateAsync(token, cancellation)
        );
        var folder = await AskAsync(() => client.GetFolderAsync(mailbox.Folder, cancellation));
        var next = mailbox.MoveTo is { } name ? await AskAsync(() => client.GetFolderAsync(name, cancellation)) : null;
        await AskAsync(() => folder.OpenAsync(isMarking ? FolderAccess.ReadWrite : FolderAccess.ReadOnly, cancellation));
        return (folder, next);
    }

    string SecretFile => mailbox.PasswordFile ?? mailbox.TokenFile!;

    /// <summary>The standard's way where the server has it (RFC 7628), else the older one that Google and Microsoft began with.</summary>
    SaslMechanism OfToken(ImapClient client, string token) =>
        client.AuthenticationMechanisms.Contains("OAUTHBEARER") ? new SaslMechanismOAuthBearer(mailbox.User, token)
        : client.AuthenticationMechanisms.Contains("XOAUTH2") ? new SaslMechanismOAuth2(mailbox.User, token)
        : throw new MailboxUnavailableException($"{mailbox.Host} takes no OAuth token (OAUTHBEARER, XOAUTH2)");

    async Task<int> ReadNewAsync(
        IMailFolder folder,
        IMailFolder? next,
        Func<MailboxMail, Task> take,
        bool isMarking,
        CancellationToken cancellation
    )
    {
        var unread = await AskAsync(() => folder.SearchAsync(Unread(folder), cancellation));
        var read = 0;
        foreach (var some in unread.Chunk(AtATime))
        foreach (
            var known in await AskAsync(() =>
                folder.FetchAsync(some, MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate, cancellation)
            )
        )
        {
            if (await OctetsAsync(folder, known.UniqueId, cancellation) is not { } octets)
                continue;
            await take(new($"{mailbox} {known.UniqueId}", octets, Arrived(known)));
            read++;
            if (isMarking)
                await AskAsync(() => MarkAsync(folder, next, known.UniqueId, cancellation));
        }
        return read;
    }

    static SearchQuery Unread(IMailFolder folder) =>
        SearchQuery.NotDeleted.And(KeepsKeywords(folder) ? SearchQuery.NotKeyword(Keyword) : SearchQuery.NotSeen);

    static bool KeepsKeywords(IMailFolder folder) =>
        folder.PermanentFlags.HasFlag(MessageFlags.UserDefined) || folder.PermanentKeywords.Contains(Keyword);

    /// <summary>Without marking it as seen (BODY.PEEK); null where it is gone meanwhile.</summary>
    async Task<byte[]?> OctetsAsync(IMailFolder folder, UniqueId id, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await folder.GetStreamAsync(id, 0, InboundMail.LargestMessage + 1, cancellation);
            using var octets = new MemoryStream();
            await stream.CopyToAsync(octets, cancellation);
            return octets.ToArray();
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (Says(fault) is { } says)
        {
            throw new MailboxUnavailableException(says, fault);
        }
    }

    DateTimeOffset Arrived(IMessageSummary known) =>
        known.InternalDate is { } date && date < clock.GetUtcNow() ? date.ToUniversalTime() : clock.GetUtcNow();

    static async Task MarkAsync(IMailFolder folder, IMailFolder? next, UniqueId id, CancellationToken cancellation)
    {
        var mark = new StoreFlagsRequest(StoreAction.Add, MessageFlags.Seen) { Silent = true };
        if (KeepsKeywords(folder))
            mark.Keywords.Add(Keyword);
        await folder.StoreAsync(id, mark, cancellation);
        if (next is not null)
            await folder.MoveToAsync(id, next, cancellation);
    }

    async Task AskAsync(Func<Task> ask) =>
        await AskAsync(async () =>
        {
            await ask();
            return true;
        });

    async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (Says(fault) is { } says)
        {
            throw new MailboxUnavailableException(says, fault);
        }
    }

    /// <summary>What is wrong, in words for whoever runs it; null for what is no matter of the mailbox.</summary>
    string? Says(Exception fault) =>
        fault switch
        {
            AuthenticationException => $"{mailbox.Host} does not let {mailbox.User} sign in: "
                + (mailbox.TokenFile is null ? "the login or the password is wrong" : "the token has expired, or belongs to somebody else"),
            SslHandshakeException =>
                $"{mailbox.Host} could not prove with its certificate that it is {mailbox.Host}: nothing was sent to it",
            NotSupportedException => $"{mailbox.Host} offers no TLS, and MaySend sends nothing over a network in clear text",
            FolderNotFoundException missing => $"the mailbox of {mailbox} has no folder `{missing.FolderName}`",
            CommandException or ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException =>
                $"the mailbox of {mailbox} was not read: {fault.Message}",
            FileNotFoundException or UnauthorizedAccessException =>
                $"the {(mailbox.TokenFile is null ? "password" : "token")} of {mailbox} cannot be read from {SecretFile}",
            SocketException or IOException or TimeoutException => $"{mailbox.Host}:{mailbox.Port} cannot be reached: {fault.Message}",
            _ => null,
        };
}
