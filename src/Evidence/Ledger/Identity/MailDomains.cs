using System.Collections.Frozen;

namespace MaySend.Evidence.Ledger.Identity;

/// <summary>Domains as rules name them, and those at which the public has mailboxes or other people have domains.</summary>
public static class MailDomains
{
    /// <summary>Domains of public mailboxes, by their size; nobody speaks for all who have one there.</summary>
    static readonly FrozenSet<string> Public = FrozenSet.ToFrozenSet(
        [
            .. (
                "aol.com arcor.de bluewin.ch btinternet.com centrum.cz comcast.net free.fr freemail.hu freenet.de gmail.com gmx.at gmx.ch "
                + "gmx.com gmx.de gmx.net googlemail.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it icloud.com "
                + "inbox.lv interia.pl laposte.net libero.it live.co.uk live.com live.fr live.nl mail.bg mail.com mail.ru me.com msn.com "
                + "o2.pl onet.pl orange.fr outlook.com outlook.de outlook.fr proton.me protonmail.com rocketmail.com sapo.pt seznam.cz "
                + "sfr.fr sky.com t-online.de talktalk.net telia.com tiscali.it tuta.com tutanota.com virgilio.it virginmedia.com "
                + "wanadoo.fr web.de wp.pl yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br "
                + "yahoo.com.mx yahoo.de yahoo.es yahoo.fr yahoo.gr yahoo.ie yahoo.it yahoo.ro yahoo.se "
                + "yandex.com yandex.ru ymail.com ziggo.nl"
            ).Split(' '),
        ],
        StringComparer.Ordinal
    );

    /// <summary>
    /// The domain that a text names as a whole: <c>@firm.example</c>, <c>*@firm.example</c> or <c>*@*.firm.example</c>; null for anything
    /// else.
    /// </summary>
    public static string? Whole(string text)
    {
        var plain = text.Trim();
        var at = plain.IndexOf('@');
        if (at < 0 || plain[..at] is not ("" or "*"))
            return null;
        return Of(plain[(at + 1)..]);
    }

    /// <summary>A domain in the form in which rules name it; null for what is none.</summary>
    public static string? Of(string text)
    {
        var plain = text.Trim();
        plain = plain.StartsWith("*.", StringComparison.Ordinal) ? plain[2..] : plain;
        return Address.Email($"somebody@{plain}").Address is { } read ? read.Matching[(read.Matching.LastIndexOf('@') + 1)..] : null;
    }

    /// <summary>
    /// True for a domain for which no one firm speaks: the public has mailboxes there, below it or above it, or everybody registers domains
    /// under it.
    /// </summary>
    public static bool IsPublic(string domain) =>
        IsASuffix(domain) || Public.Contains(domain) || Around.Contains(domain) || IsBelow(domain);

    /// <summary>Every domain above one of public mailboxes.</summary>
    static readonly FrozenSet<string> Around = Public.SelectMany(Above).ToFrozenSet(StringComparer.Ordinal);

    static bool IsBelow(string domain) => Above(domain).Any(Public.Contains);

    static IEnumerable<string> Above(string domain)
    {
        for (var dot = domain.IndexOf('.'); dot >= 0; dot = domain.IndexOf('.', dot + 1))
            yield return domain[(dot + 1)..];
    }

    /// <summary>
    /// A top level, or a second level under a country's that is open to everybody: <c>co.uk</c>, <c>com.au</c>, <c>or.at</c>. Not the whole
    /// list of public suffixes: it knows the words that countries use for it, and so a rule that it doubts waits for a person.
    /// </summary>
    static bool IsASuffix(string domain)
    {
        var dot = domain.IndexOf('.');
        return dot < 0 || domain is "me.uk" or "id.au" || domain.Length - dot == 3 && Open.Contains(domain[..dot]);
    }

    /// <summary>What countries call their open second levels, and those for schools, health and public bodies.</summary>
    static readonly FrozenSet<string> Open = FrozenSet.ToFrozenSet(
        [.. "ac asso co com edu gen go gob gouv gov govt gv ltd mil ne net nhs nom or org plc police sch school".Split(' ')],
        StringComparer.Ordinal
    );
}
