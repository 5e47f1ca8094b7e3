using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Evidence.Entries;

/// <summary>
/// One campaign: the message that is to go out on a day, as its sender describes it. What is not said stays null and is not evidenced.
/// It is not a template: what the template carries is evidence of its own.
/// </summary>
public sealed record Campaign(string Id, string Sender, string Channel, DateOnly Day)
{
    /// <summary>A word of <see cref="Message.Channel"/>; what senders call a channel is read as what it is in law.</summary>
    public string Channel { get; init; } = ChannelNames.InLaw(Channel);

    /// <summary>What the sender calls the channel, if that is not one of the law's channels.</summary>
    public string? CarriedAs { get; init; } = ChannelNames.Find(Channel)?.Name;

    /// <summary>
    /// The last day on which it may go out, included; null where <see cref="Day"/> is the only one. For a campaign of several days, ask
    /// again for each day.
    /// </summary>
    public DateOnly? Until { get; init; }

    /// <summary>The same campaign asked about for one day. Its identity stays the one of the campaign it was made of.</summary>
    public Campaign OnDay(DateOnly day) => day == Day ? this : this with { Day = day };

    /// <summary>True for its days, the first and the last among them.</summary>
    public bool Has(DateOnly day) => Day <= day && day <= (Until ?? Day);

    /// <summary>The day of it that is nearest to a day.</summary>
    public DateOnly Nearest(DateOnly day) =>
        day < Day ? Day
        : day > (Until ?? Day) ? Until ?? Day
        : day;

    /// <summary>A word of <see cref="Message.Purpose"/>.</summary>
    public string Purpose { get; init; } = "direct-marketing";

    /// <summary>
    /// Who judged what the message is for, when and why. "Service" is a judgement a named person makes (model §2): without a signature it
    /// is not recorded, and so is anything in <see cref="NeededFor"/>.
    /// </summary>
    public Signature? Judged { get; init; }

    /// <summary>The template whose version in force on the day says what the message carries.</summary>
    public string? Template { get; init; }

    /// <summary>What it is about.</summary>
    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>Families it advertises.</summary>
    public ImmutableArray<string> Families { get; init; } = [];

    /// <summary>Product codes it advertises, mapped by the signed map.</summary>
    public ImmutableArray<string> Products { get; init; } = [];

    /// <summary>It advertises other people's products.</summary>
    public bool? ThirdPartyContent { get; init; }

    /// <summary>Its sole purpose is charitable.</summary>
    public bool? SolePurposeCharitable { get; init; }

    /// <summary>The sender transmits or instigates it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? SentOrInstigated { get; init; } = true;

    /// <summary>Recipients are chosen, or content made, by profiling.</summary>
    public bool? Profiling { get; init; }

    /// <summary>Recipients are chosen by special-category data.</summary>
    public bool? SpecialCategoryTargeting { get; init; }

    /// <summary>It relates to the recipients' jobs.</summary>
    public bool? RelatesToJob { get; init; }

    /// <summary>The calling line is shown.</summary>
    public bool? CallingLineShown { get; init; }

    /// <summary>
    /// A word of <see cref="Message.RegulatedSubject"/>. A message about which nothing is said has none; of a call it is not known.
    /// </summary>
    public string RegulatedSubject { get; init; } = "none";

    /// <summary>What is said about the calls, if the campaign makes calls or uses machines; null if nothing is.</summary>
    public CallDetails? Calls { get; init; }

    /// <summary>It goes only to people whose contract is running, and belongs to the object of that contract.</summary>
    public bool? RunningContract { get; init; }

    /// <summary>It is for a party, a candidate or an office holder, or meant to move an election, a vote or a law.</summary>
    public bool? Political { get; init; }

    /// <summary>Among those on the list, recipients or what they get are chosen by anything else that is known of them.</summary>
    public bool? FurtherSelected { get; init; }

    /// <summary>What the processing is necessary for.</summary>
    public ImmutableArray<string> NeededFor { get; init; } = ["none"];

    /// <summary>Names exactly this campaign: SHA-256 over its content.</summary>
    [JsonIgnore]
    public Digest Digest => Digests.GetValue(this, static campaign => new Named(DigestOf(campaign))).Digest;

    // Beside the record and not in it: a changed copy must not carry the digest of what it was copied from.
    static readonly ConditionalWeakTable<Campaign, Named> Digests = [];

    sealed record Named(Digest Digest);

    static Digest DigestOf(Campaign campaign) => Digest.Of(JsonSerializer.SerializeToUtf8Bytes(campaign, CampaignJson));

    static readonly JsonSerializerOptions CampaignJson = new(EntryJson.Options) { IgnoreReadOnlyProperties = true };
}
