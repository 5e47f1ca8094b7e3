using System.Collections.Frozen;
using System.Collections.Immutable;
using MaySend.Law.Formulas;

namespace MaySend.Records.Start;

/// <summary>One act that a step takes, with where it is done: a question of the interview, or a command and a page.</summary>
/// <param name="Kind">What kind of act it is.</param>
/// <param name="Questions">The questions that it answers; empty where it is done elsewhere.</param>
/// <param name="IsMoreFiles">True where it is done by bringing another file.</param>
public sealed record StartAct(RemedyKind Kind, ImmutableArray<string> Questions, bool IsMoreFiles)
{
    const string Box = "box",
        Notice = "notice",
        Files = "files";

    /// <summary>
    /// Where what meets a condition is said; of a condition that is not here, its kind of act decides. A form and its notice stand for
    /// those of every way in.
    /// </summary>
    static readonly FrozenDictionary<string, string> Said = new Dictionary<string, string>
    {
        ["refusal.covers-this-message"] = "stops",
        ["consent.not-withdrawn"] = "stops",
        ["collection.details-first-given-then"] = Files,
        ["collection.by-the-sender-from-the-recipient"] = Files,
        ["collection.told-of-marketing-use"] = Notice,
        ["collection.notice-named-the-interest"] = Notice,
        ["collection.lawful"] = Notice,
        ["message.privacy-notice-given-by-now"] = Notice,
        ["recipient.was-informed-in-time"] = Notice,
        ["collection.purposes-were-the-charitys"] = "charity",
        ["message.sole-purpose-charitable"] = "charity",
        ["sender.is-a-statutory-charity"] = "charity",
        ["consent.by-a-clear-affirmative-act"] = Box,
        ["consent.in-writing"] = Box,
        ["consent.freely-given"] = Box,
        ["consent.informed"] = Box,
        ["consent.asked-separately"] = Box,
        ["consent.told-it-can-be-withdrawn"] = Box,
        ["consent.proven-for-this-person"] = Box,
        ["consent.covers-this-sender"] = Box,
        ["consent.covers-this-channel"] = Box,
        ["consent.covers-this-purpose"] = Box,
        ["consent.given-before-sending"] = Files,
        ["consent.confirmed-from-the-address"] = "confirmed",
        ["consent.by-a-person-old-enough"] = "children",
        ["recipient.is-not-a-child"] = "children",
        ["message.targets-by-special-category-data"] = "chosen",
        ["message.profiles"] = "chosen",
        ["message.carries-nobody-elses-offers"] = "what",
        ["consent.covers-the-offers-of-others"] = "what",
        ["recipient.message-relates-to-their-job"] = "job",
        ["recipient.address-used-in-business-capacity"] = "job",
        ["recipient.is-individual-subscriber"] = "company",
        ["recipient.is-role-address"] = "company",
        ["recipient.is-an-identifiable-person"] = "company",
        ["recipient.in-country"] = "country",
        ["recipient.may-be-in"] = "country",
        ["check.of-register"] = "registers",
        ["check.done-within"] = "registers",
        ["check.listed"] = "registers",
        ["check.not-listed"] = "registers",
        ["assessment.within-its-frequency-cap"] = "history",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The conditions of which it is known where what meets them is said.</summary>
    public static IEnumerable<string> Conditions => Said.Keys;

    /// <summary>The act, with the questions that are asked in this interview.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="condition">The condition that it would meet; null where it is about no single one.</param>
    /// <param name="asked">The questions of this interview.</param>
    /// <param name="open">Those of them that nobody could answer: of several forms it is about these.</param>
    public static StartAct Of(RemedyKind kind, string? condition, IReadOnlyList<string> asked, IReadOnlyCollection<string>? open = null)
    {
        var place = Said.GetValueOrDefault(condition ?? "") ?? PlaceOf(kind);
        IEnumerable<string> questions = place switch
        {
            Box => StartWay.EveryForm.Select(form => form.Box),
            Notice => StartWay.EveryForm.Select(form => form.Notice),
            _ => [place],
        };
        ImmutableArray<string> here = [.. questions.Where(question => asked.Contains(question))];
        if (here.Where(question => open?.Contains(question) == true).ToList() is { Count: > 0 } unknown)
            here = [.. unknown];
        // An assessment's cap is counted over messages that are all on file, or weighed anew.
        return new(kind, here, here.IsEmpty && (place == Files || kind == RemedyKind.RecordIfTrue));
    }

    static string PlaceOf(RemedyKind kind) =>
        kind switch
        {
            RemedyKind.ProveCollectionPoint => Box,
            RemedyKind.ProveTemplate => "before",
            RemedyKind.SignProductMap => "similar",
            RemedyKind.ChangeMessage => "email",
            RemedyKind.RecordIfTrue => Files,
            _ => "",
        };

    /// <summary>About how many minutes it takes somebody who has what it needs.</summary>
    public int Minutes =>
        Kind switch
        {
            RemedyKind.SignJudgement => 2,
            RemedyKind.SignProductMap or RemedyKind.ProveTemplate => 5,
            RemedyKind.ChangeMessage => 10,
            RemedyKind.CheckRegister => 30,
            RemedyKind.SignAssessment => 40,
            _ => 15,
        };

    /// <summary>The command that does it.</summary>
    /// <param name="folder">The interview's folder, as commands name it.</param>
    public string Command(string folder) =>
        !Questions.IsEmpty ? $"maysend start --in {folder}{string.Concat(Questions.Select(question => $" --again {question}"))}"
        : IsMoreFiles ? $"maysend start MORE-EXPORTS --in {folder}"
        : Kind switch
        {
            RemedyKind.SignAssessment => "maysend assess new --help",
            RemedyKind.CheckRegister => "maysend checks --help",
            RemedyKind.SignJudgement => "maysend record judgement --help",
            RemedyKind.NewSaleOrConsent => "maysend sign-up open --help",
            RemedyKind.PutLawOnFile => "maysend law check --help",
            RemedyKind.ChangeMessage or RemedyKind.ProveTemplate => "maysend message check --help",
            _ => $"maysend start --in {folder}",
        };
}
