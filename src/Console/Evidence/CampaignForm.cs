using System.Collections.Immutable;
using System.Security.Claims;
using MaySend.Console.Access;
using MaySend.Console.Assessing;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Console.Evidence;

/// <summary>A campaign as the fields of a form: the same words in and out.</summary>
/// <param name="record">What the controller has on record: senders, templates, topics and families to choose from.</param>
/// <param name="today">The day whose product map is offered.</param>
sealed class CampaignForm(ControllerRecord record, DateOnly today)
{
    /// <summary>The senders to choose from.</summary>
    public IReadOnlyList<string> Senders { get; } = [.. record.Senders.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The templates to choose from, by name.</summary>
    public IReadOnlyList<string> Templates { get; } =
    [.. record.Templates.Select(one => one.Template).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The topics that senders offer people.</summary>
    public IReadOnlyList<string> Topics { get; } =
    [.. record.Senders.Keys.SelectMany(record.Names.TopicsOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The families of the signed product map; none while nobody has signed one.</summary>
    public IReadOnlyList<string> Families { get; } = [.. (record.MapOn(today)?.Families ?? []).Order(StringComparer.Ordinal)];

    /// <summary>Facts that are yes, no, or not said.</summary>
    public static readonly (string Name, string Label, Func<Campaign, bool?> Of)[] Facts =
    [
        ("third-party", "It also advertises somebody else's goods or services", one => one.ThirdPartyContent),
        ("profiling", "People are chosen, or its content is made, by what they bought, opened or clicked", one => one.Profiling),
        (
            "special",
            "People are chosen by something about health, belief, origin, politics or sex life",
            one => one.SpecialCategoryTargeting
        ),
        ("job", "It is about the recipients' work", one => one.RelatesToJob),
        ("charitable", "Its only purpose is the charity's cause", one => one.SolePurposeCharitable),
        ("contract", "It goes only to people with a running contract, and belongs to that contract", one => one.RunningContract),
        ("political", "It is political: for a party or a candidate, or about an election, a vote or a law", one => one.Political),
        ("selected", "Among those on the list, people are chosen by more that you know of them", one => one.FurtherSelected),
    ];

    /// <summary>Puts a campaign into the fields.</summary>
    public void Put(StepForm form, Campaign campaign)
    {
        form.Set("id", campaign.Id);
        form.Set("sender", campaign.Sender);
        form.Set("channel", campaign.CarriedAs ?? campaign.Channel);
        form.Set("day", Format.IsoDay(campaign.Day));
        form.Set("until", campaign.Until is { } until ? Format.IsoDay(until) : null);
        form.Set("template", campaign.Template);
        form.Set("topics", NameSet.Of(campaign.Topics.Where(Topics.Contains)));
        form.Set("more-topics", string.Join(", ", campaign.Topics.Except(Topics, StringComparer.Ordinal)));
        form.Set("families", NameSet.Of(campaign.Families));
        form.Set("products", string.Join(", ", campaign.Products));
        form.Set("purpose", campaign.Purpose);
        foreach (var (name, _, of) in Facts)
            form.Set(name, Word(of(campaign)));
        form.Set("subject", campaign.RegulatedSubject);
        form.Set("line-shown", Word(campaign.CallingLineShown));
        if (campaign.Calls is not { } calls)
            return;
        form.Set("hours", string.Join(", ", calls.Hours));
        form.Set("line-registered", Word(calls.LineRegistered));
        form.Set("range", calls.Range);
        form.Set("sender-name", calls.SenderName);
        form.Set("machine", Word(calls.MachineDisclosed));
        form.Set("upload", Word(calls.UploadAnnounced));
    }

    /// <summary>
    /// Reads the fields; every problem is noted in the form. Null while there is not even a sender, a channel and a day, so that nothing
    /// can be counted.
    /// </summary>
    /// <param name="form">The fields.</param>
    /// <param name="who">Who describes it.</param>
    /// <param name="before">What it was described as before; what the form does not ask stays as it was. Null for a new one.</param>
    public Campaign? Read(StepForm form, ClaimsPrincipal who, Campaign? before)
    {
        var id = form.Slug("id");
        var (day, until) = (form.Day("day"), form.Day("until"));
        Need(form, "day", day is not null, "Say on which day it goes out.");
        if (until < day)
            form.Problem("until", "is before the first day");
        var sender = form.Word("sender", Senders);
        Need(form, "sender", sender is not null, "Choose the sender.");
        var channel = form.Word("channel", Words.Channels.Concat(ChannelNames.All.Select(one => one.Name)));
        Need(form, "channel", channel is not null, "Choose how it goes out.");
        var topics = form.Chosen("topics", Topics).Concat(form.Named("more-topics")).ToList();
        Need(form, "topics", topics.Count > 0, "Name what it is about, in the words offered to people.");
        Need(
            form,
            "more-topics",
            topics.TrueForAll(CampaignTopics.IsOne),
            "Name its topics one by one: `all` does not say what it is about."
        );
        var (families, products) = (form.Chosen("families", Families), form.Named("products"));
        var isCharitable = form.Choice("charitable") == true;
        var purpose = form.Word("purpose", Message.Purpose.Words) ?? "direct-marketing";
        if (purpose == "direct-marketing" && families.Count == 0 && products.Count == 0 && !isCharitable)
            form.Problem("families", "Name what it advertises: product families, or single products.");
        var judged = purpose == "direct-marketing" ? null : Judged(form, who);
        if (sender is null || channel is null || day is null)
            return null;
        return (before ?? new Campaign(id, sender, channel, day.Value)) with
        {
            Id = id,
            Sender = sender,
            Channel = ChannelNames.InLaw(channel),
            CarriedAs = ChannelNames.Find(channel)?.Name,
            Day = day.Value,
            Until = until == day ? null : until,
            Template = form.Word("template", Templates),
            Topics = Ordered(topics, before?.Topics),
            Families = Ordered(families, before?.Families),
            Products = Ordered(products, before?.Products),
            Purpose = purpose,
            Judged = judged,
            ThirdPartyContent = form.Choice("third-party"),
            Profiling = form.Choice("profiling"),
            SpecialCategoryTargeting = form.Choice("special"),
            RelatesToJob = form.Choice("job"),
            SolePurposeCharitable = form.Choice("charitable"),
            RunningContract = form.Choice("contract"),
            Political = form.Choice("political"),
            FurtherSelected = form.Choice("selected"),
            CallingLineShown = form.Choice("line-shown"),
            RegulatedSubject = form.Word("subject", Message.RegulatedSubject.Words) ?? "none",
            Calls = Calls(form),
        };
    }

    /// <summary>That a message is no marketing is a judgement: only who may sign makes it, with a reason.</summary>
    Signature? Judged(StepForm form, ClaimsPrincipal who)
    {
        if (!who.May(Permit.SignEvidence))
        {
            form.Problem("purpose", $"Whether a message is not marketing is a judgement that {Permit.Who(Permit.SignEvidence)} may make.");
            return null;
        }
        var reason = form.Text("judged");
        Need(form, "judged", reason.Length is > 0 and <= ControllerForms.GreatestReason, "Say why it is not marketing.");
        return new(who.Signs(), today, reason);
    }

    static CallDetails? Calls(StepForm form)
    {
        ImmutableArray<string> hours = [.. form.Named("hours")];
        if (!hours.IsEmpty && Hours.Read(hours, out var problem) is null)
            form.Problem("hours", problem);
        var calls = new CallDetails
        {
            Hours = hours,
            LineRegistered = form.Choice("line-registered"),
            Range = form.Word("range", Calling.CallingRange.Words),
            SenderName = form.Word("sender-name", Calling.SenderNameRegistered.Words),
            MachineDisclosed = form.Choice("machine"),
            UploadAnnounced = form.Choice("upload"),
        };
        return calls.Equals(new CallDetails()) ? null : calls;
    }

    /// <summary>The same names as before stand in the order in which they stood: nothing was changed, and so the digest does not.</summary>
    static ImmutableArray<string> Ordered(IReadOnlyCollection<string> chosen, ImmutableArray<string>? before) =>
        before is { IsDefaultOrEmpty: false } known
        && known.Order(StringComparer.Ordinal).SequenceEqual(chosen.Order(StringComparer.Ordinal))
            ? known
            : [.. chosen];

    static void Need(StepForm form, string field, bool isThere, string says)
    {
        if (!isThere && form.ProblemOf(field) is null)
            form.Problem(field, says);
    }

    static string? Word(bool? said) => said is null ? null : Format.YesNo(said);
}
