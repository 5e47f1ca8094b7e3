using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>Whether messages could be refused, read from what a template carried.</summary>
static class RefusalOffers
{
    /// <summary>
    /// Yes where refusal was offered, simple and free, and nothing on record stands in the way: a dead link, one that stops only part, or
    /// another medium (model §8). Silence about these three does not; silence about the others shows nothing.
    /// </summary>
    public static bool? OffersRefusal(this TemplateVersion template) =>
        template.RefusalOffered
        & template.RefusalSimple
        & template.RefusalFree
        & template.RefusalWorks is not false
        & template.RefusalScope is null or "everything"
        & template.RefusalMedium is null or "same";

    /// <summary>
    /// The version of a template that vouches for a message of the campaign's sender; null where it is another sender's or
    /// channel's, which says nothing about it.
    /// </summary>
    public static TemplateVersion? Vouching(this ControllerRecord controller, MessageSent sent, Campaign campaign) =>
        Fitting(controller.TemplateAt(sent.Template, sent.When, campaign.Day), campaign.Sender, sent.Channel);

    /// <summary>The same for a campaign's message, on its day.</summary>
    public static TemplateVersion? Vouching(this ControllerRecord controller, Campaign campaign) =>
        Fitting(controller.TemplateOn(campaign.Template, campaign.Day, campaign.Day), campaign.Sender, campaign.Channel);

    static TemplateVersion? Fitting(TemplateVersion? version, string sender, string channel) =>
        version is not null && version.IsFor(sender, channel) ? version : null;

    /// <summary>True when the template is of this sender's messages on this channel.</summary>
    public static bool IsFor(this TemplateVersion version, string sender, string channel) =>
        version.Sender == sender && ChannelNames.InLaw(version.Channel) == ChannelNames.InLaw(channel);
}
