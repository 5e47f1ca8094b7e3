using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using MaySend.Mail.Inbound.RawMail;

namespace MaySend.Records.Inbound;

/// <summary>A mail that lies in a mailbox.</summary>
/// <param name="Name">The mailbox and the mail's number in it, for messages.</param>
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
        var password = await AskAsync(() => File.ReadAllTextAsync(mailbox.PasswordFile, cancellation));
        await AskAsync(() => client.ConnectAsync(mailbox.Host, mailbox.Port, mailbox.Security, cancellation));
        await AskAsync(() => client.AuthenticateAsync(mailbox.User, password.Trim('\r', '\n'), cancellation));
        var folder = await AskAsync(() => client.GetFolderAsync(mailbox.Folder, cancellation));
        var next = mailbox.MoveTo is { } name ? await AskAsync(() => client.GetFolderAsync(name, cancellation)) : null;
        await AskAsync(() => folder.OpenAsync(isMarking ? FolderAccess.ReadWrite : FolderAccess.ReadOnly, cancellation));
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
        await AskAsync(() => client.DisconnectAsync(quit: true, cancellation));
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
            AuthenticationException => $"{mailbox.Host} does not let {mailbox.User} sign in: the login or the password is wrong",
            SslHandshakeException => $"{mailbox.Host} could not show by its certificate that it is {mailbox.Host}: nothing was said to it",
            NotSupportedException => $"{mailbox.Host} offers no TLS: nothing crosses a network in clear text",
            FolderNotFoundException missing => $"the mailbox of {mailbox} has no folder `{missing.FolderName}`",
            CommandException or ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException =>
                $"the mailbox of {mailbox} was not read: {fault.Message}",
            FileNotFoundException or UnauthorizedAccessException => $"the password of {mailbox} cannot be read from {mailbox.PasswordFile}",
            SocketException or IOException or TimeoutException => $"{mailbox.Host}:{mailbox.Port} cannot be reached: {fault.Message}",
            _ => null,
        };
}
