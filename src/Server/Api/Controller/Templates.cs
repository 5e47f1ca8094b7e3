using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Server.Api.Controller;

/// <summary><c>/v1/templates</c>: what every message of a sender carried, by period: the way out, who sends, the notice.</summary>
static class Templates
{
    public static void MapTemplates(this WebApplication app) =>
        app.MapControllerResource<TemplateVersion>(
            "templates",
            (each, mistakes) =>
            {
                ControllerResource.Period(each.From, each.Until, mistakes);
                mistakes.Word("channel", each.Channel, Words.Channels);
                mistakes.Word("tracking", each.Tracking, Message.Tracking.Words);
            }
        );
}
