namespace MaySend.Gate.Doors;

/// <summary>What a credential's mail is, settled by who runs the gate and never by the message.</summary>
enum MailClass
{
    /// <summary>Direct marketing: asked about for each recipient, and stamped.</summary>
    Marketing,

    /// <summary>Service mail (receipts, passwords): passes as it is.</summary>
    Service,
}

/// <summary>What becomes of a message for somebody who may not get it.</summary>
enum WhenRefused
{
    /// <summary>550 5.7.1: the mail server tells its sender.</summary>
    Refuse,

    /// <summary>Taken and set aside for a person to look at; sent only when it is released and may then be sent.</summary>
    Hold,

    /// <summary>Taken, recorded as not sent, and let go: for programs that stop a whole campaign over refusals.</summary>
    Drop,
}

/// <summary>From where a message's campaign is read.</summary>
enum CampaignFrom
{
    /// <summary>The credential names it.</summary>
    Credential,

    /// <summary>A header field names it.</summary>
    Header,

    /// <summary>The tag of the envelope sender, behind its plus sign, names it.</summary>
    EnvelopeTag,
}

/// <summary>Opt-out fields that a message brings along.</summary>
enum BroughtFields
{
    /// <summary>Ours take their place.</summary>
    Replace,

    /// <summary>They stay if they are links of this store; else ours take their place.</summary>
    KeepIfOurs,
}

/// <summary>One program that hands mail to the gate, and what its mail is.</summary>
sealed record GateCredential(string Name, MailClass Class)
{
    public CampaignFrom CampaignFrom { get; init; }

    /// <summary>The campaign, where the credential names it.</summary>
    public string? Campaign { get; init; }

    /// <summary>The header field, where one names it; <c>X-Listmonk-Campaign</c> for listmonk.</summary>
    public string HeaderField { get; init; } = "X-MaySend-Campaign";

    /// <summary>Campaigns by the names the program has for them; a name that is not here is the campaign's own.</summary>
    public IReadOnlyDictionary<string, string> Campaigns { get; init; } = new Dictionary<string, string>();

    public WhenRefused WhenRefused { get; init; }

    public BroughtFields BroughtFields { get; init; }

    /// <summary>List-Id (RFC 2919), as <c>news.example.com</c>.</summary>
    public string? ListId { get; init; }

    /// <summary>The last part of Feedback-ID, the name under which mailbox providers count complaints.</summary>
    public string? FeedbackId { get; init; }

    /// <summary>CFBL-Address (RFC 9477).</summary>
    public string? ComplaintAddress { get; init; }

    /// <summary>The domain of opt-out mailboxes; null for a link only.</summary>
    public string? OptOutDomain { get; init; }

    /// <summary>The text in the body that the link takes the place of; null where the sender asks for none.</summary>
    public string? BodyPlaceholder { get; init; }

    /// <summary>The name of the campaign as the gate's record knows it; null when the message names none.</summary>
    public string? CampaignOf(string? named)
    {
        var name = CampaignFrom == CampaignFrom.Credential ? Campaign : named?.Trim();
        return string.IsNullOrEmpty(name) ? null : Campaigns.GetValueOrDefault(name, name);
    }
}
