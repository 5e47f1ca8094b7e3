using MaySend.Gate.Doors;
using MaySend.Reading;

namespace MaySend.Gate.Configuration;

/// <summary>Reads <c>credentials</c> of <c>gate.yaml</c>: which programs hand mail in, and what their mail is.</summary>
static class CredentialsFile
{
    /// <summary>Every credential by its name, and those that sign in by their logins.</summary>
    public static (Dictionary<string, GateCredential>, Dictionary<string, (string, GateCredential)>) Read(MapReader map, Problems problems)
    {
        var found = new Dictionary<string, GateCredential>(StringComparer.Ordinal);
        var logins = new Dictionary<string, (string, GateCredential)>(StringComparer.Ordinal);
        foreach (var (name, node) in map.Entries("credentials"))
        {
            var entry = MapReader.Open(node, problems, name.Place);
            var credential = Credential(name.Text, entry);
            found[name.Text] = credential;
            if (entry.OptionalText("login") is { } login && Password(entry) is { } hash && !logins.TryAdd(login, (hash, credential)))
                entry.Problem("login", $"`{login}` is already another credential's login");
            entry.Done();
        }
        return (found, logins);
    }

    static GateCredential Credential(string name, MapReader map)
    {
        var credential = new GateCredential(
            name,
            map.Word(
                "class",
                new Dictionary<string, MailClass> { ["marketing"] = MailClass.Marketing, ["service"] = MailClass.Service },
                default,
                isRequired: true
            )
        )
        {
            Campaign = map.OptionalText("campaign"),
            CampaignFrom = map.Word(
                "campaign_from",
                new Dictionary<string, CampaignFrom> { ["header"] = CampaignFrom.Header, ["envelope-tag"] = CampaignFrom.EnvelopeTag },
                CampaignFrom.Credential
            ),
            HeaderField = map.OptionalText("header") ?? "X-MaySend-Campaign",
            Campaigns = map.Entries("campaigns")
                .ToDictionary(entry => entry.Key.Text, entry => (entry.Value as YamlText)?.Text ?? "", StringComparer.Ordinal),
            WhenRefused = map.Word(
                "when_refused",
                new Dictionary<string, WhenRefused>
                {
                    ["refuse"] = WhenRefused.Refuse,
                    ["hold"] = WhenRefused.Hold,
                    ["drop"] = WhenRefused.Drop,
                },
                WhenRefused.Refuse
            ),
            BroughtFields = map.Word(
                "opt_out_fields",
                new Dictionary<string, BroughtFields> { ["replace"] = BroughtFields.Replace, ["keep-if-ours"] = BroughtFields.KeepIfOurs },
                BroughtFields.Replace
            ),
            ListId = Plain(map, "list_id"),
            FeedbackId = Plain(map, "feedback_id"),
            ComplaintAddress = Plain(map, "complaints_to"),
            OptOutDomain = Plain(map, "opt_out_domain"),
            BodyPlaceholder = map.OptionalText("body_placeholder"),
        };
        if (credential is { Class: MailClass.Marketing, CampaignFrom: CampaignFrom.Credential, Campaign: null })
            map.Problem(
                "campaign",
                "neither `campaign` nor `campaign_from`",
                "the gate asks about marketing by campaign: name one, or say where the message names it"
            );
        return credential;
    }

    /// <summary>A value that goes into a header: printable ASCII without what would end or change a field.</summary>
    public static string? Plain(MapReader map, string key)
    {
        if (map.OptionalText(key) is not { } text)
            return null;
        if (text.All(c => c is > ' ' and < '\x7f' and not ('<' or '>' or ',' or ';' or ':' or '"' or '\\')))
            return text;
        map.Problem(key, $"`{key}` goes into a header, so it must be plain ASCII without spaces, brackets, commas, colons or quotes");
        return null;
    }

    static string? Password(MapReader map)
    {
        var text = map.Text("password");
        if (text.Length == 0 || GateCredentials.IsHash(text))
            return text;
        map.Problem(
            "password",
            "`password` is not a line that `maysend gate password` prints",
            "run it and paste its line: passwords are not kept in clear text"
        );
        return null;
    }
}
