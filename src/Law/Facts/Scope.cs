namespace MaySend.Law.Facts;

/// <summary>
/// What a fact is a fact of. The first two are known once per campaign, the third once per recipient, the rest are records of which there
/// may be many.
/// </summary>
public enum Scope
{
    /// <summary>The message and the campaign it belongs to.</summary>
    Message,

    /// <summary>The legal entity that transmits or instigates it.</summary>
    Sender,

    /// <summary>The person meant to get it.</summary>
    Recipient,

    /// <summary>One occasion on which the recipient's details were obtained.</summary>
    Collection,

    /// <summary>One consent asked for, given or not.</summary>
    Consent,

    /// <summary>One request to stop: refusal, objection or withdrawal.</summary>
    Refusal,

    /// <summary>One legitimate interests assessment of the controller.</summary>
    Assessment,

    /// <summary>One look-up of the recipient in a register kept by somebody else.</summary>
    Check,
}

/// <summary>What holding no record of a kind, or no value of a fact, says.</summary>
public enum Silence
{
    /// <summary>Nothing: the formula that asks is not evidenced.</summary>
    NotEvidenced,

    /// <summary>
    /// "There is none", but only where our own register for this sender and channel is attached, readable and declared complete.
    /// </summary>
    NoneIfOurRegisterIsComplete,
}

/// <summary>The scopes and what silence means in each (model §1).</summary>
public static class Scopes
{
    /// <summary>How many scopes there are.</summary>
    public static readonly int Count = Enum.GetValues<Scope>().Length;

    /// <summary>The kinds of record a formula can quantify over.</summary>
    public static readonly IReadOnlyList<Scope> Records = [Scope.Collection, Scope.Consent, Scope.Refusal, Scope.Assessment, Scope.Check];

    /// <summary>True for a kind of which there may be many.</summary>
    public static bool IsRecord(this Scope scope) => scope >= Scope.Collection;

    /// <summary>True for what is known once per campaign and folded before the recipients are looked at.</summary>
    public static bool IsCampaign(this Scope scope) => scope is Scope.Message or Scope.Sender or Scope.Assessment;

    /// <summary>What having no record of this kind says.</summary>
    public static Silence SilenceOf(this Scope scope) =>
        scope == Scope.Refusal ? Silence.NoneIfOurRegisterIsComplete : Silence.NotEvidenced;

    /// <summary>The word used in law files and file headings.</summary>
    public static string Word(this Scope scope) =>
        scope switch
        {
            Scope.Message => "message",
            Scope.Sender => "sender",
            Scope.Recipient => "recipient",
            Scope.Collection => "collection",
            Scope.Consent => "consent",
            Scope.Refusal => "refusal",
            Scope.Assessment => "assessment",
            Scope.Check => "check",
            _ => throw new ArgumentOutOfRangeException(nameof(scope)),
        };
}
