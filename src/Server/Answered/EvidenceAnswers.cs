using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Server.Http;

namespace MaySend.Server.Answered;

/// <summary>Whether an entry is new.</summary>
enum Recording
{
    /// <summary>It was added.</summary>
    Added,

    /// <summary>It was on record already; nothing was added.</summary>
    AlreadyThere,
}

/// <summary>An entry is on record.</summary>
/// <param name="Outcome">Whether it is new.</param>
/// <param name="Position">Its place in the ledger: chain and number.</param>
/// <param name="Contact">The random id of the contact it is about.</param>
/// <param name="Id">The entry's own id.</param>
/// <param name="NotUnderstood">Names in it that are not on record, such as a sender that was not declared: as recorded they apply to
/// nobody or mean nothing. Left out if there are none.</param>
sealed record EntryOnRecord(Recording Outcome, string Position, string Contact, string Id, IReadOnlyList<string>? NotUnderstood);

/// <summary>What is on record about an address.</summary>
/// <param name="State">Whether anything is.</param>
/// <param name="Contact">The random id of the contact; left out where there is none.</param>
/// <param name="Position">How far the ledger was read.</param>
/// <param name="Suppressions">What outlived an erasure, as the requests to stop that they are; on the first page only.</param>
/// <param name="Page">The entries, oldest first.</param>
sealed record Timeline(
    DossierState State,
    string? Contact,
    string Position,
    ImmutableArray<RefusalMade> Suppressions,
    Page<TimelineEntry> Page
);

/// <summary>One entry, and how it came there.</summary>
/// <param name="Position">Its place in the ledger: chain and number.</param>
/// <param name="RecordedAt">When the store took it in.</param>
/// <param name="By">Which person or program recorded it.</param>
/// <param name="File">SHA-256 of the file it was read from; left out where it came from none.</param>
/// <param name="Row">The row of that file; left out where it came from none.</param>
/// <param name="Entry">What it says.</param>
sealed record TimelineEntry(string Position, DateTimeOffset RecordedAt, string By, string? File, long? Row, ContactEntry Entry);

/// <summary>Whether what the controller has on record is new.</summary>
enum Renewal
{
    /// <summary>There was none of that id.</summary>
    Added,

    /// <summary>It took the place of what was; the past still finds that.</summary>
    Replaced,
}

/// <summary>The new state of what the controller has on record.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Outcome">Whether it is new.</param>
sealed record StateOnRecord(string Id, Renewal Outcome);

/// <summary>A person was forgotten.</summary>
/// <param name="Outcome">That it was done.</param>
/// <param name="Contacts">How many contacts were erased: one for each linked address.</param>
/// <param name="ResidueCleared">False while a reader or the server's own log still holds deleted bytes; they go with the next
/// clearing.</param>
/// <param name="Suppressed">What is kept so that nobody writes to them again.</param>
sealed record PersonForgotten([property: AllowedValues("erased")] string Outcome, int Contacts, bool ResidueCleared, bool Suppressed);

/// <summary>Two addresses belong to one person.</summary>
/// <param name="Outcome">That it was done.</param>
sealed record AddressesLinked([property: AllowedValues("linked")] string Outcome);

/// <summary>A domain at which no address gets marketing, subdomains included.</summary>
/// <param name="Domain">The domain, as an A-label in lower case.</param>
/// <param name="On">The day it was asked for.</param>
/// <param name="How">How it reached the sender.</param>
sealed record RefusedDomain(string Domain, DateOnly On, string How);

/// <summary>An import.</summary>
/// <param name="Id">Names it.</param>
/// <param name="FileName">The file's name, without folders.</param>
/// <param name="FileDigest">SHA-256 of the file.</param>
/// <param name="Rows">How many rows were read.</param>
/// <param name="RecordedAt">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Proposal">The proposal to take back its requests to stop that waits for an agreement; left out where none does.</param>
/// <param name="TakenBack">Who took its requests to stop back; left out while they count.</param>
sealed record ImportShown(
    string Id,
    string FileName,
    string FileDigest,
    long Rows,
    DateTimeOffset RecordedAt,
    string By,
    string? Proposal,
    TakenBack? TakenBack
);

/// <summary>The requests to stop of an import were taken back.</summary>
/// <param name="Reason">Why.</param>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="AgreedBy">Who agreed.</param>
sealed record TakenBack(string Reason, string ProposedBy, string AgreedBy);

/// <summary>Somebody proposes to take the requests to stop of an import back; nothing changes until somebody else agrees.</summary>
/// <param name="Id">Names the proposal.</param>
/// <param name="Import">The import.</param>
sealed record TakeBackWaiting(string Id, string Import);

/// <summary>Requests to stop were taken back: they no longer stop anything.</summary>
/// <param name="Id">The proposal that was agreed to.</param>
/// <param name="Reason">Why.</param>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="AgreedBy">Who agreed.</param>
sealed record TakeBackAgreed(string Id, string Reason, string ProposedBy, string AgreedBy);
