using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Server.Api.Bodies;

namespace MaySend.Server.Api;

/// <summary>What an entry from outside may say. Nothing that comes in here can lift a refusal.</summary>
static class EntryChecks
{
    public static void Check(ContactEntry entry, Mistakes mistakes)
    {
        if (entry.Id.Length is 0 or > 200)
            mistakes.Add("id", "is blank or longer than 200 characters");
        if (entry.Id.StartsWith("link ", StringComparison.Ordinal) || entry.Id.StartsWith("linked ", StringComparison.Ordinal))
            mistakes.Add("id", "ids that begin with `link` are reserved for MaySend");
        if (Entitlements.IsSystems(EntryKinds.Of(entry)))
            mistakes.Add("kind", "is written only by MaySend itself", Instead(entry));
        switch (entry)
        {
            case DetailsStated stated:
                mistakes.Word("subscriber", stated.Subscriber, Recipient.Subscriber.Words);
                mistakes.Word("addressKind", stated.AddressKind, Recipient.AddressKind.Words);
                mistakes.Word("directory", stated.Directory, Calling.Directory.Words);
                mistakes.Word("region", stated.Region, Calling.Region.Words);
                if (stated is { Subscriber: "corporate", RegisterNumber: null or "" })
                    mistakes.Add("registerNumber", "is missing", "a corporate subscriber needs its number in a register");
                else if (stated.Subscriber == "corporate" && !RegisterNumber.IsOne(stated.RegisterNumber))
                    mistakes.Add("registerNumber", "is not a number", "a corporate subscriber needs its number in a register");
                break;
            case DetailsCollected collected:
                mistakes.Word("from", collected.From, Collection.From.Words);
                mistakes.Word("context", collected.Context, Words.Contexts);
                mistakes.Word("audience", collected.Audience, Words.Audiences);
                break;
            case ConsentAnswered consent:
                // Of one that was withdrawn they say what to stop: as in a refusal, what is not understood makes that wide.
                if (consent.Withdrawn is null)
                    mistakes.Words("channels", consent.Channels, Words.Channels);
                mistakes.Word("act", consent.Act, Consent.Act.Words);
                mistakes.Word("obtainedThrough", consent.ObtainedThrough, Consent.ObtainedThrough.Words);
                if (consent.ServedHere)
                    mistakes.Add("servedHere", "cannot be set from outside", "only a form that MaySend served itself can lift a refusal");
                break;
            case RefusalMade refusal:
                Refusal(refusal, mistakes);
                break;
            case MessageSent sent:
                mistakes.Word("channel", sent.Channel, Words.Channels);
                break;
            case RegisterChecked check:
                if (Registers.Find(check.Register) is null)
                    mistakes.Add(
                        "register",
                        "is not a register that any law on file asks about",
                        $"one of {string.Join(", ", Registers.Names)}"
                    );
                break;
            case FactJudged judged:
                Judged(judged, mistakes);
                break;
            case JudgementWithdrawn withdrawn:
                if (withdrawn.JudgementId.Length == 0)
                    mistakes.Add("judgementId", "is blank", "the id of the judgement that is taken back");
                Signed(withdrawn.By, withdrawn.Reason, mistakes);
                break;
        }
    }

    static string Instead(ContactEntry entry) =>
        entry switch
        {
            RefusalRetracted => "only the person can take a refusal back, on the page where it was made, within the hour",
            AddressLinked => "POST /v1/people/{address}/links",
            _ => "use POST /v1/decisions; MaySend keeps its decisions by itself",
        };

    public static void Refusal(RefusalMade refusal, Mistakes mistakes)
    {
        // A channel that is not understood widens the request, as a sender or a topic does, and the answer says so.
        mistakes.Word("colour", refusal.Kind, Law.Facts.Refusal.Kind.Words);
        mistakes.Word("madeBy", refusal.MadeBy, Law.Facts.Refusal.MadeBy.Words);
    }

    static void Judged(FactJudged judged, Mistakes mistakes)
    {
        if (Vocabulary.Find(judged.Fact) is not { } fact)
            mistakes.Add("fact", "is not a fact that can be judged");
        else if (!fact.TryRead(judged.Value, out _, out var problem))
            mistakes.Add("value", problem ?? "is not a value of this fact", fact.Form);
        Signed(judged.By, judged.Reason, mistakes);
    }

    static void Signed(string by, string reason, Mistakes mistakes)
    {
        if (string.IsNullOrWhiteSpace(by))
            mistakes.Add("by", "is blank", "a judgement needs a named person");
        if (string.IsNullOrWhiteSpace(reason))
            mistakes.Add("reason", "is blank");
    }
}
