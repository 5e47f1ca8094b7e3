using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Server.Api.Controller;

/// <summary><c>/v1/statements</c>: what a named person states for a sender: that a register is complete, that nothing is offered to
/// children.</summary>
static class Statements
{
    public static void MapStatements(this WebApplication app) =>
        app.MapControllerResource<StatementSigned>(
            "statements",
            (each, mistakes) =>
            {
                mistakes.Words("channels", each.Channels, Words.Channels);
                if (each.Channels.IsEmpty)
                    mistakes.Add("channels", "names no channel", "leave it out for every channel");
                if (each.Answer is null)
                    mistakes.Add("answer", "is missing", "true or false; if left out, the statement says nothing");
            }
        );
}
