using System.Collections.Frozen;

namespace MaySend.Evidence.Ledger.Identity;

/// <summary>Domains as rules name them, and those at which the public has mailboxes.</summary>
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
                + "wanadoo.fr web.de wp.pl yahoo.co.uk yahoo.com yahoo.de yahoo.es yahoo.fr yahoo.it yandex.ru ymail.com ziggo.nl"
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

    /// <summary>True for a domain at which the public has mailboxes.</summary>
    public static bool IsPublic(string domain) => Public.Contains(domain);
}
