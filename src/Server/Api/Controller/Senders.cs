using MaySend.Evidence.Entries;

namespace MaySend.Server.Api.Controller;

/// <summary><c>/v1/senders</c>: the legal entities that send.</summary>
static class Senders
{
    public static void MapSenders(this WebApplication app) =>
        app.MapControllerResource<SenderDeclared>(
            "senders",
            (each, mistakes) => mistakes.Word("trade", each.Trade, Law.Facts.Calling.Trade.Words)
        );
}
