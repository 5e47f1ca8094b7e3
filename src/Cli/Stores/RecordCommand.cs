using System.CommandLine;
using MaySend.Cli.Commands;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend record</c>: put on record what reached us by phone, letter or any other way: one command each.</summary>
static class RecordCommand
{
    static readonly string[] YesNo = ["yes", "no"];

    public static Command Make() =>
        new("record", "Put on record what reached you by phone, by letter or in any other way.")
        {
            Refusal("refusal", "refusal", "Somebody asked to stop. Without a scope it binds every sender, channel and topic."),
            Refusal("objection", "objection", "Somebody objected to marketing (GDPR Art 21). Binds everything unless a scope is given."),
            Consent(),
            Judgement(),
            JudgementWithdrawal(),
            Notice(),
        };

    static Command Refusal(string name, string kind, string says)
    {
        var common = new EntryRecording();
        var (senders, channels, topics) = (
            Several("--sender", "the sender it applies to; all senders if left out"),
            Several("--channel", $"the channel it covers; all channels if left out: {string.Join(", ", Words.Channels)}"),
            Several("--topic", "the topic it covers; all topics if left out")
        );
        channels.AcceptOnlyFromAmong([.. Words.Channels]);
        var how = new Option<string>("--how")
        {
            Description = "how it reached us: phone, letter, reply, form, complaint, in person",
            DefaultValueFactory = _ => "phone",
        };
        var madeBy = new Option<string>("--made-by") { Description = "person or organisation", DefaultValueFactory = _ => "person" };
        madeBy.AcceptOnlyFromAmong([.. Law.Facts.Refusal.MadeBy.Words]);
        var command = common.On(new Command(name, says) { senders, channels, topics, how, madeBy });
        command.SetAction(
            (parsed, cancellation) =>
                common.RecordAsync(
                    parsed,
                    (when, id) =>
                        new RefusalMade(when, id)
                        {
                            Senders = Names(parsed.GetValue(senders)) ?? NameSet.Everything,
                            Channels = Names(parsed.GetValue(channels)) ?? NameSet.Everything,
                            Topics = Names(parsed.GetValue(topics)) ?? NameSet.Everything,
                            Kind = kind,
                            How = parsed.GetValue(how)!,
                            MadeBy = parsed.GetValue(madeBy)!,
                        },
                    cancellation
                )
        );
        return command;
    }

    static Command Consent()
    {
        var common = new EntryRecording();
        var (to, channels, topics) = (
            Several("--to", "the sender named"),
            Several("--channel", "the channel chosen"),
            Several("--topic", "what the person was told it would be about")
        );
        channels.AcceptOnlyFromAmong([.. Words.Channels]);
        var act = new Option<string?>("--act")
        {
            Description = $"how the person answered: {string.Join(", ", Law.Facts.Consent.Act.Words)}",
        };
        act.AcceptOnlyFromAmong([.. Law.Facts.Consent.Act.Words]);
        var wording = new Option<string?>("--wording") { Description = "the words shown or read out, or where they are archived" };
        var point = new Option<string?>("--point") { Description = "the form or script; its version in force then says what was shown" };
        var (informed, apart, told, condition) = (
            Flag("--informed", "the first layer of the notice said who, what and for how long"),
            Flag("--separate-request", "asked for apart from other matters"),
            Flag("--told-of-withdrawal", "told beforehand that it can be withdrawn"),
            Flag("--condition-of-service", "the service was not available without it")
        );
        var command = common.On(
            new Command(
                "consent",
                "Somebody consented, and you can show how. What you leave out counts as not shown; this does not lift a request to stop."
            )
            {
                to,
                channels,
                topics,
                act,
                wording,
                point,
                informed,
                apart,
                told,
                condition,
            }
        );
        command.SetAction(
            (parsed, cancellation) =>
                common.RecordAsync(
                    parsed,
                    (when, id) =>
                        new ConsentAnswered(when, id)
                        {
                            To = Names(parsed.GetValue(to)),
                            Channels = Names(parsed.GetValue(channels)),
                            Topics = Names(parsed.GetValue(topics)),
                            Act = parsed.GetValue(act),
                            Wording = parsed.GetValue(wording),
                            Point = parsed.GetValue(point),
                            Informed = Yes(parsed.GetValue(informed)),
                            SeparateRequest = Yes(parsed.GetValue(apart)),
                            ToldOfWithdrawal = Yes(parsed.GetValue(told)),
                            ConditionOfService = Yes(parsed.GetValue(condition)),
                            ObtainedThrough = "sender",
                        },
                    cancellation
                )
        );
        return command;
    }

    static Command Judgement()
    {
        var common = new EntryRecording();
        var fact = new Option<string>("--fact") { Description = "the fact judged, such as recipient.minor", Required = true };
        var value = new Option<string>("--value") { Description = "the answer", Required = true };
        var reason = new Option<string>("--reason") { Description = "the reason; kept on record", Required = true };
        var record = new Option<string?>("--record") { Description = "the order, sign-up or check it is about" };
        var until = Inputs.Day("--until", "the first day on which it no longer applies");
        var command = common.On(
            new Command("judgement", "A named person answers what no record shows, with a reason. It never contradicts a record.")
            {
                fact,
                value,
                reason,
                record,
                until,
            }
        );
        command.SetAction(
            (parsed, cancellation) =>
            {
                Check(parsed.GetValue(fact)!, parsed.GetValue(value)!);
                return common.RecordAsync(
                    parsed,
                    (when, id) =>
                        new FactJudged(
                            when,
                            id,
                            parsed.GetValue(fact)!,
                            parsed.GetValue(value)!,
                            parsed.GetValue(common.By)!,
                            parsed.GetValue(reason)!
                        )
                        {
                            RecordId = parsed.GetValue(record) ?? "",
                            Until = parsed.GetValue(until),
                        },
                    cancellation,
                    (onRecord, problems) =>
                    {
                        var judged = new FactJudged(default, "", "", "", "", "") { RecordId = parsed.GetValue(record) ?? "" };
                        if (JudgedRecords.Fault(judged, onRecord) is { } fault)
                            problems.Add(new Place("--record"), fault);
                    }
                );
            }
        );
        return command;
    }

    static Command JudgementWithdrawal()
    {
        var common = new EntryRecording();
        var judgement = new Option<string>("--judgement") { Description = "the id of the judgement that is taken back", Required = true };
        var reason = new Option<string>("--reason") { Description = "the reason; kept on record", Required = true };
        var command = common.On(
            new Command(
                "judgement-withdrawal",
                "A named person takes a judgement back, with a reason. An earlier judgement that it replaced does not come back."
            )
            {
                judgement,
                reason,
            }
        );
        command.SetAction(
            (parsed, cancellation) =>
                common.RecordAsync(
                    parsed,
                    (when, id) =>
                        new JudgementWithdrawn(
                            when,
                            id,
                            parsed.GetValue(judgement)!,
                            parsed.GetValue(common.By)!,
                            parsed.GetValue(reason)!
                        ),
                    cancellation,
                    (onRecord, problems) => IsOnRecord(parsed.GetValue(judgement)!, onRecord, problems)
                )
        );
        return command;
    }

    static void IsOnRecord(string judgement, IReadOnlyList<ContactEntry> onRecord, Problems problems)
    {
        string[] ids = [.. onRecord.OfType<FactJudged>().Select(judged => judged.Id)];
        if (!ids.Contains(judgement))
            problems.Add(
                new Place("--judgement"),
                $"no judgement `{judgement}` is on record about this person",
                ids is [] ? null : $"on record: {string.Join(", ", ids)}"
            );
    }

    static Command Notice()
    {
        var common = new EntryRecording();
        var (objection, interest) = (
            Flag("--shows-right-to-object", "it shows the right to object clearly and apart"),
            Flag("--names-interest", "it names the legitimate interest")
        );
        var command = common.On(new Command("notice", "A privacy notice was served outside a form.") { objection, interest });
        command.SetAction(
            (parsed, cancellation) =>
                common.RecordAsync(
                    parsed,
                    (when, id) =>
                        new NoticeServed(when, id, Yes(parsed.GetValue(objection)) == true, Yes(parsed.GetValue(interest)) == true),
                    cancellation
                )
        );
        return command;
    }

    static void Check(string name, string text)
    {
        var problems = new Problems();
        if (
            Vocabulary.Find(name) is not { } fact
            || fact.Scope is not (Scope.Recipient or Scope.Collection or Scope.Consent or Scope.Check)
        )
            problems.Add(
                new Place("--fact"),
                $"`{name}` is not a fact that a judgement about a person can answer",
                "docs/law-files.md lists the facts of recipient, collection, consent and check"
            );
        else if (!fact.TryRead(text, out _, out var problem))
            problems.Add(new Place("--value"), $"`{text}`: {problem}");
        problems.ThrowIfAny();
    }

    static Option<string[]> Several(string name, string description) =>
        new(name) { Description = description, AllowMultipleArgumentsPerToken = true };

    static Option<string?> Flag(string name, string description)
    {
        var option = new Option<string?>(name) { Description = $"{description}: yes or no", HelpName = "yes|no" };
        option.AcceptOnlyFromAmong(YesNo);
        return option;
    }

    static bool? Yes(string? word) => word is null ? null : word == "yes";

    static NameSet? Names(string[]? names) =>
        names is { Length: > 0 }
            ? names is ["all"]
                ? NameSet.Everything
                : NameSet.Of(names)
            : null;
}
