using System.Collections.Immutable;
using MaySend.Law;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Server.Answered;

/// <summary>The provisions in force on a day.</summary>
/// <param name="Law">The law's digest.</param>
/// <param name="Day">The day.</param>
/// <param name="Provisions">Those in force then.</param>
sealed record LawInForce(Digest Law, DateOnly Day, IReadOnlyList<ProvisionInForce> Provisions);

/// <summary>One rule of law as it stands on a day. What it says is a paraphrase; the source leads to the text.</summary>
/// <param name="Id">Names it: <c>gb/pecr/reg-22</c>.</param>
/// <param name="Jurisdiction">Whose law: <c>gb</c>, <c>eu</c>, <c>house</c>.</param>
/// <param name="Key">The key it bears on.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Title">What people call it.</param>
/// <param name="ShortName">Its short name in answers: "PECR reg 22".</param>
/// <param name="Says">A paraphrase.</param>
/// <param name="From">The first day on which it is law.</param>
/// <param name="Until">The first day on which it is no longer law; left out while none is known.</param>
/// <param name="Source">Where to read it.</param>
/// <param name="Authority">Who says so; guidance is never shown as statute.</param>
/// <param name="Confidence">How sure the reading is.</param>
/// <param name="Channels">The channels it bears on.</param>
/// <param name="Note">Who reads it so, or what to mind; left out where there is nothing.</param>
/// <param name="Grounds">The ways to lift it on that day.</param>
sealed record ProvisionInForce(
    string Id,
    string Jurisdiction,
    Key Key,
    ProvisionKind Kind,
    string Title,
    string ShortName,
    string Says,
    DateOnly From,
    DateOnly? Until,
    string Source,
    Authority Authority,
    Confidence Confidence,
    ImmutableArray<string> Channels,
    string? Note,
    IReadOnlyList<GroundInForce> Grounds
);

/// <summary>One way to lift a prohibition.</summary>
/// <param name="Name">Its name within the provision.</param>
/// <param name="Says">A paraphrase.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="RestsOn">Consent, or an exception to the need for it.</param>
/// <param name="Confidence">How sure the reading is.</param>
sealed record GroundInForce(string Name, string Says, string Cite, RestsOn RestsOn, Confidence Confidence);

/// <summary>What turns each key, by jurisdiction and channel.</summary>
/// <param name="Law">The law's digest.</param>
/// <param name="Day">The day.</param>
/// <param name="Rows">A row for each jurisdiction, key and channel.</param>
sealed record LawTable(Digest Law, DateOnly Day, IReadOnlyList<LawTableRow> Rows);

/// <summary>What turns a key for one channel in one jurisdiction.</summary>
/// <param name="Jurisdiction">Whose law.</param>
/// <param name="Key">The key.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Grounds">The grounds that turn it; empty where none is needed.</param>
/// <param name="Provisions">The provisions that require one.</param>
sealed record LawTableRow(string Jurisdiction, Key Key, string Channel, IReadOnlyList<string> Grounds, IReadOnlyList<string> Provisions);

/// <summary>What changed in the law between two days.</summary>
/// <param name="Law">The law's digest.</param>
/// <param name="From">The earlier day.</param>
/// <param name="To">The later day.</param>
/// <param name="Changes">What ended first, then what began.</param>
sealed record LawBetween(Digest Law, DateOnly From, DateOnly To, IReadOnlyList<LawTurn> Changes);

/// <summary>Whether a part of the law came or went.</summary>
enum Turn
{
    /// <summary>It was in force on the earlier day, and is no longer.</summary>
    Ended,

    /// <summary>It was not in force on the earlier day, and is.</summary>
    Began,
}

/// <summary>One part of the law that began or ended.</summary>
/// <param name="Change">Which of the two.</param>
/// <param name="Provision">The provision.</param>
/// <param name="Ground">The ground of it; left out where it is the provision itself.</param>
sealed record LawTurn(Turn Change, string Provision, string? Ground);

/// <summary>Which ledger this is.</summary>
/// <param name="Id">The store's random id.</param>
/// <param name="Controller">How far the controller's own chain reaches.</param>
sealed record LedgerNamed(string Id, string Controller);

/// <summary>A signed statement of how far every chain had come. Kept elsewhere, it proves that nothing before it was changed
/// later.</summary>
/// <param name="Origin"><c>maysend/ledger/</c> and the store's id.</param>
/// <param name="Entries">How many entries it covers.</param>
/// <param name="Root">The root of the tree, 32 bytes in base64.</param>
/// <param name="RecordedAt">When it was made.</param>
/// <param name="Note">The whole signed note, to be kept as it is.</param>
sealed record CheckpointSigned(string Origin, long Entries, string Root, DateTimeOffset RecordedAt, string Note);

/// <summary>A valid key, without its secret.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Name">Who or what uses it.</param>
/// <param name="Scopes">What it may do.</param>
sealed record KeyShown(string Id, string Name, ImmutableArray<string> Scopes);

/// <summary>A key that was issued. Its secret is in this answer and nowhere else.</summary>
/// <param name="Key">The secret, to be sent as <c>Authorization: Bearer</c>.</param>
/// <param name="Id">Names it.</param>
/// <param name="Name">Who or what uses it.</param>
/// <param name="Scopes">What it may do.</param>
sealed record KeyIssued(string Key, string Id, string Name, ImmutableArray<string> Scopes);
