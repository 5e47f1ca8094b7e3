using MaySend.Law;
using MaySend.Law.Cases;
using MaySend.Law.Provisions;

namespace MaySend.LawPages;

/// <summary>A case that bears on a provision: it stands in a file beside it.</summary>
public sealed record CaseView(string Name, string Source, string? Send, string? Process, string? Separate, string Place);

/// <summary>One provision as it was law on a day.</summary>
public sealed record ProvisionView
{
    /// <summary>Its id and its file below <c>law/</c>.</summary>
    public required string Id { get; init; }

    /// <summary>send or process.</summary>
    public required string Key { get; init; }

    /// <summary>prohibition, bar, duty, no-rule or separate.</summary>
    public required string Kind { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Its short name: "PECR reg 22".</summary>
    public required string ShortName { get; init; }

    /// <summary>A paraphrase.</summary>
    public required string Says { get; init; }

    /// <summary>Where the law says so.</summary>
    public required string Cite { get; init; }

    /// <summary>Its first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The first day on which it is no longer law; null for none on file.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The day from which this reading was known; null for always.</summary>
    public DateOnly? KnownFrom { get; init; }

    /// <summary>Where to read it.</summary>
    public required string Url { get; init; }

    /// <summary>When it was read; null where it was not.</summary>
    public DateOnly? ReadOn { get; init; }

    /// <summary>Who says so.</summary>
    public required string Authority { get; init; }

    /// <summary>How sure the file is.</summary>
    public required string Confidence { get; init; }

    /// <summary>The lawyer who signed it off, and when; null until then.</summary>
    public string? Reviewed { get; init; }

    /// <summary>What to mind.</summary>
    public string? Note { get; init; }

    /// <summary>The house policy switch that adds it; null for law.</summary>
    public string? AddedBy { get; init; }

    /// <summary>The channels it governs.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>When it applies, in our words; null where nothing is said.</summary>
    public string? AppliesSays { get; init; }

    /// <summary>Where the law says when it applies.</summary>
    public string? AppliesCite { get; init; }

    /// <summary>When it applies; null for always.</summary>
    public ClauseView? Applies { get; init; }

    /// <summary>The ways to lift it, or to have the permission.</summary>
    public required IReadOnlyList<GroundView> Grounds { get; init; }

    /// <summary>What makes a bar hold or meets a duty, in our words.</summary>
    public string? BodySays { get; init; }

    /// <summary>What makes a bar hold or meets a duty.</summary>
    public ClauseView? Body { get; init; }

    /// <summary>The cases in the files beside it.</summary>
    public IReadOnlyList<CaseView> Cases { get; init; } = [];

    /// <summary>The provision as it was law, and known, on a day; grounds and conditions of other days are left out.</summary>
    public static ProvisionView Of(Provision provision, DateOnly day) => Of(provision.On(day, day), day, day);

    static ProvisionView Of(Provision provision, DateOnly day, DateOnly knownAt) =>
        new()
        {
            Id = provision.Id,
            Key = provision.Key.Word(),
            Kind = Wording.Of(provision.Kind),
            Title = provision.Title,
            ShortName = provision.ShortName,
            Says = provision.Says,
            Cite = provision.Cite,
            From = provision.InForce.From,
            Until = provision.InForce.Until,
            KnownFrom = provision.KnownFrom,
            Url = provision.Source.Url,
            ReadOn = provision.Source.ReadOn,
            Authority = Wording.Of(provision.Authority),
            Confidence = Wording.Of(provision.Confidence),
            Reviewed = provision.Reviewed,
            Note = provision.Note,
            AddedBy = provision.AddedBy,
            Channels = provision.Channels,
            AppliesSays = Text(provision.AppliesSays),
            AppliesCite = Text(provision.AppliesCite),
            Applies = ClauseView.Of(provision.AppliesWhen, day),
            Grounds = [.. provision.Grounds.Where(ground => IsLaw(ground, day)).Select(ground => Of(ground.On(day, knownAt), day))],
            BodySays = Text(provision.BodySays),
            Body = ClauseView.Of(provision.Body, day),
        };

    /// <summary>True for a ground that exists on a day, as known then.</summary>
    public static bool IsLaw(Ground ground, DateOnly day) =>
        ground.InForce.On(day) && (ground.KnownFrom is null || ground.KnownFrom <= day);

    static GroundView Of(Ground ground, DateOnly day) =>
        new(
            ground.Name,
            ground.Cite,
            ground.Says,
            Wording.Of(ground.RestsOn),
            ground.InForce.From == DateOnly.MinValue ? null : ground.InForce.From,
            ground.InForce.Until,
            ground.KnownFrom,
            Wording.Of(ground.Authority),
            Wording.Of(ground.Confidence),
            ground.Note,
            ground.DroppedBy,
            ground.Cannot,
            ClauseView.Of(ground.Body, day)
        );

    static string? Text(string text) => text.Length == 0 ? null : text;
}

/// <summary>
/// The law of one country on one day, written so that a national lawyer can correct it: its own send and process law, and those it takes
/// from elsewhere (GDPR).
/// </summary>
/// <param name="Id">The jurisdiction.</param>
/// <param name="Name">Its name.</param>
/// <param name="Day">The day.</param>
/// <param name="Confidence">How sure the folder is as a whole.</param>
/// <param name="Reviewed">The lawyer who signed the folder off, and when; null until then.</param>
/// <param name="Zone">Where its days are counted.</param>
/// <param name="SendLaw">Whose send law decides.</param>
/// <param name="ProcessLaw">Whose process law decides.</param>
/// <param name="Reach">Whom it reaches, in sentences.</param>
/// <param name="ReachCite">Where the law says so.</param>
/// <param name="ReachNote">What to mind about that.</param>
/// <param name="Information">What people want to know beside the rules.</param>
/// <param name="Send">Provisions of the send key, separate permissions last.</param>
/// <param name="Process">Provisions of the process key.</param>
public sealed record LawPage(
    string Id,
    string Name,
    DateOnly Day,
    string Confidence,
    string? Reviewed,
    string Zone,
    string SendLaw,
    string ProcessLaw,
    IReadOnlyList<string> Reach,
    string ReachCite,
    string? ReachNote,
    IReadOnlyList<InformationLine> Information,
    IReadOnlyList<ProvisionView> Send,
    IReadOnlyList<ProvisionView> Process
)
{
    /// <summary>The page of a jurisdiction on a day.</summary>
    public static LawPage Of(LawBook law, Jurisdiction jurisdiction, DateOnly day) =>
        new(
            jurisdiction.Id,
            jurisdiction.Name,
            day,
            Wording.Of(jurisdiction.Confidence),
            jurisdiction.Reviewed,
            jurisdiction.Zone,
            jurisdiction.SendLaw,
            jurisdiction.ProcessLaw,
            [.. ReachOf(jurisdiction)],
            jurisdiction.ReachCite,
            jurisdiction.ReachNote,
            [.. InformationLine.Of(law, jurisdiction, day)],
            Provisions(law, jurisdiction.SendLaw, Key.Send, day),
            Provisions(law, jurisdiction.ProcessLaw, Key.Process, day)
        );

    /// <summary>The cases in the file beside a provision, and in files whose name begins with the provision's.</summary>
    public static IReadOnlyList<CaseView> CasesOf(Provision provision, IEnumerable<LawCase> cases)
    {
        var stem = provision.Id[(provision.Id.LastIndexOf('/') + 1)..];
        var folder = provision.Id[..provision.Id.LastIndexOf('/')];
        return
        [
            .. cases
                .Where(c => IsBeside(c.Place.File, folder, stem))
                .Select(c => new CaseView(c.Name, c.Source, c.Send?.Word(), c.Process?.Word(), c.Separate?.Word(), c.Place.ToString())),
        ];
    }

    static bool IsBeside(string file, string folder, string stem)
    {
        var name = Path.GetFileName(file);
        return file.StartsWith($"{folder}/", StringComparison.Ordinal)
            && name.StartsWith(stem, StringComparison.Ordinal)
            && name.Length > stem.Length
            && name[stem.Length] is '.' or '-';
    }

    static IReadOnlyList<ProvisionView> Provisions(LawBook law, string jurisdiction, Key key, DateOnly day) =>
        [
            .. law.AsAt(jurisdiction, key, day, day)
                .OrderBy(p => Rank(p.Kind))
                .ThenBy(p => !p.Channels.Contains("email"))
                .Select(p => ProvisionView.Of(p, day)),
        ];

    static int Rank(ProvisionKind kind) =>
        kind switch
        {
            ProvisionKind.Prohibition => 0,
            ProvisionKind.Bar => 1,
            ProvisionKind.Duty => 2,
            ProvisionKind.NoRule => 3,
            _ => 4,
        };

    static IEnumerable<string> ReachOf(Jurisdiction jurisdiction)
    {
        var name = jurisdiction.Name;
        if (jurisdiction.IsEverywhere)
        {
            yield return "applies beside the law of every country";
            yield break;
        }
        yield return jurisdiction.SendReachesRecipients
            ? $"send: messages to people in {name}{Whose(jurisdiction, jurisdiction.SendLaw)}"
            : $"send: not messages to people in {name}";
        if (jurisdiction.SendReachesSenders)
            yield return $"send: messages from senders established in {name}, wherever they go";
        if (jurisdiction.ProcessReachesSenders)
            yield return $"process: senders established in {name}{Whose(jurisdiction, jurisdiction.ProcessLaw)}";
        if (jurisdiction.ProcessReachesRecipients)
            yield return $"process: offers to people in {name}, wherever the sender is";
        if (jurisdiction.UnknownCountry == UnknownCountry.Always)
            yield return "also: recipients whose country is not known";
        if (jurisdiction.UnknownCountry == UnknownCountry.WhenSenderEstablished)
            yield return $"also: recipients whose country is not known, for senders established in {name}";
    }

    static string Whose(Jurisdiction jurisdiction, string id) => id == jurisdiction.Id ? "" : $", by the law in law/{id}/";
}

/// <summary>A label and what it says.</summary>
public sealed record InformationLine(string Label, string Text)
{
    /// <summary>What is said of a jurisdiction, without what names an instrument younger than the day.</summary>
    public static IEnumerable<InformationLine> Of(LawBook law, Jurisdiction jurisdiction, DateOnly day) =>
        from line in jurisdiction.Information
        let text = law.Instruments.NoteOn(line.Text, day, day)
        where text is not null
        select new InformationLine(line.Label, text);
}
