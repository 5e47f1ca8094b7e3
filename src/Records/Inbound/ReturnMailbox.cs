using System.Net;
using MailKit.Security;
using MaySend.Reading;

namespace MaySend.Records.Inbound;

/// <summary>
/// A mailbox in which answers arrive, read by IMAP (RFC 9051). Its password, or the OAuth token that takes its place (RFC 7628), stays in a
/// file of its own and is read at each connection, so that it may be changed there.
/// </summary>
public sealed class ReturnMailbox
{
    const int PlainPort = 143;
    const int SecurePort = 993;

    ReturnMailbox(string host, int port, SecureSocketOptions security, string user, string folder) =>
        (Host, Port, Security, User, Folder) = (host, port, security, user, folder);

    /// <summary>The server's name or address.</summary>
    public string Host { get; }

    /// <summary>Its port.</summary>
    public int Port { get; }

    internal SecureSocketOptions Security { get; }

    /// <summary>True where TLS begins with the first octet, false where STARTTLS begins it.</summary>
    public bool IsSecureFromTheStart => Security == SecureSocketOptions.SslOnConnect;

    /// <summary>Who signs in.</summary>
    public string User { get; }

    /// <summary>The folder that is read; <c>INBOX</c> unless the address names another.</summary>
    public string Folder { get; }

    /// <summary>The file that holds the password, and nothing else; null where a token takes its place.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>
    /// The file that holds an OAuth access token, and nothing else; null where there is a password. Whoever renews the token writes it anew
    /// there: it is read at each connection, and is never asked for or renewed by us.
    /// </summary>
    public string? TokenFile { get; init; }

    /// <summary>The folder to which mails go once they are on record; null leaves them where they are, marked.</summary>
    public string? MoveTo { get; init; }

    /// <summary>Its address as <c>inbound.json</c> names it; it holds no password.</summary>
    public string Address => AddressOf(IsSecureFromTheStart, User, Host, Port, Folder);

    /// <summary>The address of a mailbox.</summary>
    /// <param name="isSecure">True where TLS begins with the first octet.</param>
    /// <param name="user">Who signs in.</param>
    /// <param name="host">The server's name or address.</param>
    /// <param name="port">Its port; null for the usual one.</param>
    /// <param name="folder">The folder.</param>
    public static string AddressOf(bool isSecure, string user, string host, int? port, string folder)
    {
        var at = host.Contains(':', StringComparison.Ordinal) ? $"[{host.Trim('[', ']')}]" : host;
        var door = port is null || port == (isSecure ? SecurePort : PlainPort) ? "" : $":{port}";
        return $"{(isSecure ? "imaps" : "imap")}://{Uri.EscapeDataString(user)}@{at}{door}/{Uri.EscapeDataString(folder)}";
    }

    /// <summary>Which one it is, for messages; it holds no password.</summary>
    public override string ToString() => $"{User} at {Host}";

    /// <summary>
    /// Reads <c>imaps://USER@HOST/FOLDER</c> (TLS from the first octet) or <c>imap://USER@HOST/FOLDER</c>, which must offer STARTTLS
    /// unless the server is on this machine: neither the password nor what people wrote crosses a network in clear text.
    /// </summary>
    /// <param name="url">The address; an at sign within the user is written <c>%40</c>.</param>
    /// <param name="secrets">The files that hold what it signs in with; one of the two.</param>
    /// <param name="moveTo">The folder for what is on record; null for none.</param>
    /// <param name="place">Where the address stands.</param>
    /// <param name="problems">What is wrong with it.</param>
    /// <returns>Null where it cannot be used.</returns>
    public static ReturnMailbox? Read(string url, MailboxSecrets secrets, string? moveTo, Place place, Problems problems)
    {
        const string Example = "imaps://answers@mail.example.com/INBOX";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("imap" or "imaps") || address.Host.Length == 0)
        {
            // What was given may hold a password, so it is not repeated.
            problems.Add(place, "the address of the mailbox is not an IMAP address", Example);
            return null;
        }
        var user = Uri.UnescapeDataString(address.UserInfo);
        if (user.Length == 0)
            problems.Add(place, "the address of the mailbox names no user to sign in", Example);
        if (address.UserInfo.Contains(':', StringComparison.Ordinal))
            problems.Add(place, "the address of the mailbox holds a password", "put it into a file: addresses are shown and logged");
        if (address.Query.Length > 0 || address.Fragment.Length > 0)
            problems.Add(place, "the address of the mailbox says more than the folder", Example);
        var isWhole = secrets.Check(place, problems);
        var folder = Uri.UnescapeDataString(address.AbsolutePath.Trim('/'));
        if (moveTo is not null && moveTo.Equals(folder.Length == 0 ? "INBOX" : folder, StringComparison.OrdinalIgnoreCase))
            problems.Add(place, $"`{moveTo}` is the folder that MaySend reads", "name another folder, or leave it out");
        if (user.Length == 0 || address.UserInfo.Contains(':', StringComparison.Ordinal) || !isWhole)
            return null;
        var isSecure = address.Scheme == "imaps";
        return new(
            address.DnsSafeHost,
            address.IsDefaultPort || address.Port < 0 ? (isSecure ? SecurePort : PlainPort) : address.Port,
            isSecure ? SecureSocketOptions.SslOnConnect
                : IsHere(address.DnsSafeHost) ? SecureSocketOptions.None
                : SecureSocketOptions.StartTls,
            user,
            folder.Length == 0 ? "INBOX" : folder
        )
        {
            PasswordFile = secrets.PasswordFile,
            TokenFile = secrets.TokenFile,
            MoveTo = string.IsNullOrWhiteSpace(moveTo) ? null : moveTo,
        };
    }

    /// <summary>The mailbox that a source names, to be shown; null where it names none that can be read.</summary>
    public static ReturnMailbox? Of(InboundSource source) =>
        InboundFile.Mailbox(source, InboundFile.FileName, new Problems(), isSecretAtHand: true);

    static bool IsHere(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
