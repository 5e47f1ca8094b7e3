using System.Globalization;
using System.Net;
using System.Text;
using MaySend.Mail.Messages;

namespace MaySend.Mail.Inbound;

/// <summary>What could not be read, or not understood, and is kept for a person.</summary>
sealed partial class ReadingDraft
{
    /// <summary>As much of an event is kept for the person who looks at it, in characters.</summary>
    const int LongestKept = 4_000;

    /// <summary>So many people are held for one event that nobody can read.</summary>
    const int GreatestHeld = 20;

    /// <summary>
    /// Something could not be read: it is told, and kept with its text, since it may be somebody's opt-out. Where its words say so,
    /// everybody whom it names is held: nobody can say which of them asked.
    /// </summary>
    public void Problem(
        string place,
        string says,
        string remedy = "look at the call in the platform's log; if this is a new form, report it",
        bool mayBeStop = false
    )
    {
        problems.Add(new(place, says, remedy));
        var raw = Raw();
        Keep(place, says, raw, address: null, mayBeStop || HeldBlock.Kind(raw) is not null, Digest(place, says, raw), Arrival);
    }

    /// <summary>
    /// An event whose word is not known. However often it comes, one word is one question; but a word that sounds like an opt-out or a
    /// complaint is one for each person, who is held until somebody has read it.
    /// </summary>
    public void Unknown(string place, string? word, string id, string? address = null, SignalTime? when = null)
    {
        if (HeldBlock.Kind(word) is null)
            Ignore(place, IgnoredReason.UnknownEvent, word, id);
        else
            Keep(
                place,
                $"the event {word} is not known",
                Raw(),
                SignalAddresses.Read(address, SignalChannel.Email),
                true,
                id,
                when ?? Arrival
            );
    }

    void Keep(string place, string says, string raw, string? address, bool mayBeStop, string id, SignalTime when)
    {
        List<string?> whom =
            address is not null ? [address]
            : mayBeStop ? [.. Named(raw)]
            : [];
        foreach (var (one, index) in (whom.Count == 0 ? [null] : whom).Select((one, index) => (one, index)))
            signals.Add(
                new()
                {
                    Kind = InboundSignalKind.Ignored,
                    Ignored = IgnoredReason.NeedsAPerson,
                    Source = name,
                    EventId = index == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}/{index}"),
                    Address = one,
                    When = when,
                    Detail = says,
                    MayBeStop = mayBeStop,
                    Words = raw.Length > LongestKept ? raw[..LongestKept] : raw,
                    Place = place,
                }
            );
    }

    static IEnumerable<string> Named(string raw) =>
        AddressRuns
            .Mailboxes(raw.Contains('@', StringComparison.Ordinal) ? raw : WebUtility.UrlDecode(raw))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(GreatestHeld);

    // The one event of a batch, or the whole body where it is no batch.
    string Raw() => current?.Raw ?? Encoding.UTF8.GetString(request.Body.Span);
}
