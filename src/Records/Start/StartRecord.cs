using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Reading;
using YamlDotNet.Serialization;

namespace MaySend.Records.Start;

/// <summary>A signature under one sentence of the interview.</summary>
/// <param name="By">Who signed.</param>
/// <param name="On">When.</param>
/// <param name="Reason">Why they could.</param>
/// <param name="Of">The digest of the sentence: an answer that changes afterwards is not signed.</param>
public sealed record StartSignature(string By, DateOnly On, string Reason, string Of);

/// <summary>
/// An interview so far: who answers, what was answered and who signed which sentence. It is kept as <c>start.yaml</c> in the sender's
/// folder, and an answers file has the same form.
/// </summary>
public sealed record StartRecord
{
    /// <summary>The file's name in the sender's folder.</summary>
    public const string FileName = "start.yaml";

    /// <summary>Who answers.</summary>
    public string AskedBy { get; init; } = "";

    /// <summary>By question: the fields answered; an empty map is "I don't know".</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Answers { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>By sentence: who signed.</summary>
    public ImmutableSortedDictionary<string, StartSignature> Signed { get; init; } =
        ImmutableSortedDictionary.Create<string, StartSignature>(StringComparer.Ordinal);

    /// <summary>True when the question was answered, if only with "I don't know".</summary>
    public bool HasAnswered(string question) => Answers.ContainsKey(question);

    /// <summary>What was answered in a field; null where it was not.</summary>
    public string? this[string question, string field] =>
        Answers.TryGetValue(question, out var fields) && fields.TryGetValue(field, out var text) && text.Length > 0 ? text : null;

    /// <summary>A day that was answered.</summary>
    public DateOnly? Day(string question, string field) =>
        this[question, field] is { } text
        && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    /// <summary>A yes or a no that was answered.</summary>
    public bool? Flag(string question, string field) =>
        this[question, field] switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };

    /// <summary>The record with an answer; it may take the place of an earlier one.</summary>
    public StartRecord With(string question, IEnumerable<KeyValuePair<string, string>> fields) =>
        this with
        {
            Answers = Answers.SetItem(
                question,
                fields.Where(field => field.Value.Length > 0).ToImmutableSortedDictionary(StringComparer.Ordinal)
            ),
        };

    /// <summary>The signature under a sentence as it reads now, or read before it was reworded; null where there is none.</summary>
    public Signature? SignatureOf(StartSentence sentence) =>
        Signed.TryGetValue(sentence.Id, out var signed)
        && (signed.Of == DigestOf(sentence.Says) || signed.Of == DigestOf(StartSentences.Formerly(sentence.Says)))
            ? new Signature(signed.By, signed.On, signed.By == AskedBy ? $"self-signed: {signed.Reason}" : signed.Reason)
            : null;

    /// <summary>The record with a signature.</summary>
    public StartRecord Sign(StartSentence sentence, string by, DateOnly on, string reason) =>
        this with
        {
            Signed = Signed.SetItem(sentence.Id, new(by, on, reason, DigestOf(sentence.Says))),
        };

    static string DigestOf(string sentence) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sentence)));

    /// <summary>Reads a record or an answers file.</summary>
    /// <exception cref="BadInputException">It cannot be used; everything wrong is said at once.</exception>
    public static StartRecord Read(string path)
    {
        var problems = new Problems();
        var map = MapReader.Open(YamlTree.ReadFile(path, path, problems), problems, new Place(path));
        var record = new StartRecord { AskedBy = map.OptionalText("asked_by") ?? "" };
        foreach (var (question, value) in map.Entries("answers"))
            record = record with { Answers = record.Answers.SetItem(question.Text, Fields(question, value, problems)) };
        foreach (var (sentence, value) in map.Entries("signed"))
        {
            var signed = MapReader.Open(value, problems);
            record = record with
            {
                Signed = record.Signed.SetItem(
                    sentence.Text,
                    new(signed.Text("by"), signed.Day("on") ?? default, signed.Text("reason"), signed.Text("of"))
                ),
            };
            signed.Done();
        }
        map.Done();
        problems.ThrowIfAny();
        return record;
    }

    static ImmutableSortedDictionary<string, string> Fields(YamlText question, YamlTree value, Problems problems)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (value is YamlMap map)
            foreach (var (field, given) in map.Entries)
                if (given is YamlText text)
                    fields[field.Text] = text.Text.Trim();
                else
                    problems.Add(given.Place, $"`{field.Text}` of `{question.Text}` must be text");
        else if (value is not YamlText { Text: "unknown" })
            problems.Add(value.Place, $"`{question.Text}` is neither answered nor `unknown`", $"{question.Text}: unknown, or its fields");
        return fields.ToImmutable();
    }

    /// <summary>Writes the record.</summary>
    public void Write(string path) =>
        File.WriteAllText(
            path,
            "# What was answered in `maysend start`, and who signed what. The other files of this folder are written from it.\n"
                + new SerializerBuilder()
                    .Build()
                    .Serialize(
                        new Dictionary<string, object>
                        {
                            ["asked_by"] = AskedBy,
                            ["answers"] = Answers.ToDictionary(
                                pair => pair.Key,
                                pair =>
                                    pair.Value.IsEmpty
                                        ? (object)"unknown"
                                        : pair.Value.ToDictionary(field => field.Key, field => field.Value)
                            ),
                            ["signed"] = Signed.ToDictionary(
                                pair => pair.Key,
                                pair => new Dictionary<string, string>
                                {
                                    ["by"] = pair.Value.By,
                                    ["on"] = pair.Value.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                                    ["reason"] = pair.Value.Reason,
                                    ["of"] = pair.Value.Of,
                                }
                            ),
                        }
                    )
        );
}

/// <summary>One sentence to be signed, as it reads with what was answered.</summary>
/// <param name="Id">The question it comes from.</param>
/// <param name="Says">The sentence.</param>
public sealed record StartSentence(string Id, string Says);
