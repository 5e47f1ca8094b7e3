using System.Net;
using MailKit.Security;
using MaySend.Gate.Delivery;
using MaySend.Gate.Doors;
using MaySend.Gate.Messages;
using MaySend.Gate.Policy;
using MaySend.Reading;

namespace MaySend.Gate.Configuration;

/// <summary>Reads <c>gate.yaml</c>; every problem is named with its place, and nothing starts while there is one.</summary>
static class GateFile
{
    static readonly Dictionary<string, SecureSocketOptions> Securities = new()
    {
        ["none"] = SecureSocketOptions.None,
        ["starttls"] = SecureSocketOptions.StartTls,
        ["tls"] = SecureSocketOptions.SslOnConnect,
    };

    /// <summary>The options in the file.</summary>
    /// <exception cref="BadInputException">The file cannot be used; all that is wrong is said at once.</exception>
    public static GateOptions Read(string path, TimeProvider? clock = null)
    {
        var problems = new Problems();
        var map = MapReader.Open(YamlTree.ReadFile(path, path, problems), problems, new Place(path));
        var hostname = CredentialsFile.Plain(map, "hostname") ?? map.Text("hostname");
        var (credentials, logins) = CredentialsFile.Read(map, problems);
        var signedIn = new GateCredentials(logins);
        var doors = map.Items("doors")
            .Select(item => DoorFile.Read(MapReader.Open(item, problems), hostname, credentials, signedIn))
            .ToList();
        if (doors.Count == 0)
            map.Problem("doors", "no `doors`", "- {protocol: lmtp, listen: 127.0.0.1:2526, credential: newsletter}");
        var policies = map.Items("policies").Select(item => Policy(MapReader.Open(item, problems))).ToList();
        var hop = map.OptionalMap("next_hop") is { } next ? Hop(next, path) : null;
        if (hop is null && !doors.All(door => door?.Protocol == GateProtocol.Policy))
            map.Problem("next_hop", "no `next_hop`", "next_hop: {host: 127.0.0.1, port: 10026}: where permitted mail goes on to");
        var signer = map.OptionalMap("dkim") is { } dkim ? Signer(dkim, path, clock ?? TimeProvider.System) : null;
        var pages = Pages(map);
        var check = Address(map, "check") ?? (pages is null ? null : new Uri(pages, "health/opt-outs"));
        map.Done();
        problems.ThrowIfAny();
        return new(hostname, [.. doors.OfType<GateDoor>()], credentials, policies, hop, signer, pages!, check);
    }

    /// <summary>Where recipients reach the opt-out pages. Links in messages must be https (RFC 8058 3.1).</summary>
    static Uri? Pages(MapReader map)
    {
        if (!map.Has("public_url"))
        {
            map.Problem("public_url", "no `public_url`", "public_url: https://stop.example.com: where recipients reach the opt-out pages");
            return null;
        }
        var url = Address(map, "public_url");
        if (url is not null && url.Scheme != Uri.UriSchemeHttps)
            map.Problem("public_url", "`public_url` must be https: mail programs use no other address");
        return url is null || url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
    }

    static Uri? Address(MapReader map, string key)
    {
        if (map.OptionalText(key) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.UserInfo.Length == 0)
            return url;
        map.Problem(key, $"`{text}` is not an address", "https://stop.example.com");
        return null;
    }

    static NextHopOptions Hop(MapReader map, string path)
    {
        var port = 25;
        if (map.OptionalText("port") is { } text && (!int.TryParse(text, out port) || port is < 1 or > 65535))
            map.Problem("port", "`port` must be a number from 1 to 65535");
        var host = map.Text("host");
        // Mail that leaves the machine leaves it encrypted, unless somebody says otherwise.
        var isHere = host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        var options = new NextHopOptions
        {
            Host = host,
            Port = port,
            Security = map.Word("security", Securities, isHere ? SecureSocketOptions.None : SecureSocketOptions.StartTls),
            Login = map.OptionalText("login"),
            Password = map.OptionalText("password_file") is { } file ? Secret(map, "password_file", Beside(path, file)) : null,
        };
        if (options.Login is null != options.Password is null)
            map.Problem("login", "`login` and `password_file` go together");
        map.Done();
        return options;
    }

    static MessageSigner? Signer(MapReader map, string path, TimeProvider clock)
    {
        var (domain, selector, file) = (map.Text("domain"), map.Text("selector"), map.Text("key_file"));
        map.Done();
        if (domain.Length == 0 || selector.Length == 0 || file.Length == 0)
            return null;
        try
        {
            return new MessageSigner(domain, selector, Beside(path, file), clock);
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            map.Problem("key_file", $"the DKIM key cannot be read: {fault.Message}", "an RSA private key in PEM");
            return null;
        }
    }

    static PolicyRule Policy(MapReader map)
    {
        var rule = new PolicyRule(map.OptionalText("login"), map.OptionalText("from"), map.Text("campaign"));
        if (rule.Login is null && rule.From is null)
            map.Problem("login", "neither `login` nor `from` is given, so the rule would match all mail");
        map.Done();
        return rule;
    }

    static string? Secret(MapReader map, string key, string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            map.Problem(key, $"the file cannot be read: {fault.Message}");
            return null;
        }
    }

    static string Beside(string file, string path) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, path);
}
