using System.Collections.Frozen;
using System.Text;

namespace MaySend.Evidence.Ledger.Identity;

public sealed partial record Address
{
    const char FirstFullWidth = '\uFF01',
        LastFullWidth = '\uFF5E',
        VoicedMark = '\u3099',
        HalfVoicedMark = '\u309A';

    static readonly FrozenSet<char> VoicedAfterOne =
        "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホゝヽ".ToFrozenSet();
    static readonly FrozenSet<char> HalfVoicedAfterTwo = "はひふへほハヒフヘホ".ToFrozenSet();
    static readonly FrozenDictionary<char, char> VoicedElsewhere = new Dictionary<char, char>
    {
        ['う'] = 'ゔ',
        ['ウ'] = 'ヴ',
        ['ワ'] = 'ヷ',
        ['ヰ'] = 'ヸ',
        ['ヱ'] = 'ヹ',
        ['ヲ'] = 'ヺ',
    }.ToFrozenDictionary();

    /// <summary>Letters of Cyrillic and Greek that nobody can tell from a Latin one.</summary>
    static readonly FrozenSet<char> Lookalikes = "аеорсухіјѕһԁԛԝοανιρυ".ToFrozenSet();

    /// <summary>
    /// One mailbox is written in many ways: full-width letters and dots of Asian keyboards, syllables taken apart, space around the
    /// <c>@</c>, the apostrophe by which a spreadsheet keeps a cell as text, the ligatures of a PDF. The way it is kept is one; what is on
    /// record from before ligatures were spelt out is found where it was put.
    /// </summary>
    static string Plain(string text, bool isRecorded)
    {
        // However many there are: with one left the same mailbox, read again, would be another contact.
        while (text is ['\'' or '\u2018' or '\u2019' or '\uFF07', ..])
            text = text[1..].TrimEnd('\'', '\u2019', '\uFF07').TrimStart();
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!isRecorded && CompatibilityForms.SpeltOut(c) is { } spelt)
            {
                plain.Append(spelt);
                continue;
            }
            var letter = c switch
            {
                >= FirstFullWidth and <= LastFullWidth => (char)(c - FirstFullWidth + '!'),
                '\u3002' or '\uFF61' => '.',
                _ => c,
            };
            if (plain.Length > 0 && (Composed(plain[^1], letter) ?? (isRecorded ? null : Am(plain[^1], letter))) is { } syllable)
                plain[^1] = syllable;
            else
                plain.Append(letter);
        }
        var at = plain.ToString().LastIndexOf('@');
        return at < 0 ? plain.ToString() : $"{plain.ToString(0, at).TrimEnd()}@{plain.ToString(at + 1, plain.Length - at - 1).TrimStart()}";
    }

    /// <summary>The one character that two are; null where they stay two (Unicode Standard, 3.12 for Hangul).</summary>
    static char? Composed(char first, char second)
    {
        const int Lead = 0x1100,
            Vowel = 0x1161,
            Tail = 0x11A7,
            Syllable = 0xAC00,
            Leads = 19,
            Vowels = 21,
            Tails = 28;
        if (first >= Lead && first < Lead + Leads && second >= Vowel && second < Vowel + Vowels)
            return (char)(Syllable + ((((first - Lead) * Vowels) + (second - Vowel)) * Tails));
        if (
            first >= Syllable
            && first < Syllable + (Leads * Vowels * Tails)
            && (first - Syllable) % Tails == 0
            && second > Tail
            && second < Tail + Tails
        )
            return (char)(first + (second - Tail));
        return second switch
        {
            VoicedMark when VoicedAfterOne.Contains(first) => (char)(first + 1),
            VoicedMark when VoicedElsewhere.TryGetValue(first, out var voiced) => voiced,
            HalfVoicedMark when HalfVoicedAfterTwo.Contains(first) => (char)(first + 2),
            _ => null,
        };
    }

    /// <summary>The vowel am of Thai and Lao, which is typed as one character or as two.</summary>
    static char? Am(char first, char second) =>
        (first, second) switch
        {
            ('\u0E4D', '\u0E32') => '\u0E33',
            ('\u0ECD', '\u0EB2') => '\u0EB3',
            _ => null,
        };

    /// <summary>
    /// Marks and parts of syllables that stand alone: nothing here composes them, so the same address could be written in two ways.
    /// </summary>
    static bool IsApart(char c) =>
        c
            is (>= '\u0300' and <= '\u036F')
                or VoicedMark
                or HalfVoicedMark
                or (>= '\u1100' and <= '\u11FF')
                or (>= '\uD7B0' and <= '\uD7FB');

    /// <summary>
    /// The local part as it is found again: without quotes and backslashes that need not be, in lower case.
    /// </summary>
    static string MatchingLocalPart(string local)
    {
        if (local[0] == '"' && Unquoted(local) is var bare)
            local = bare.Length > 0 && bare[0] != '"' && LocalPartFault(bare) is null ? bare : Quoted(bare);
        // A list put into capitals or small letters by Turkish rules writes İ for i, and ı for I: it is the same mailbox.
        return local.ToLowerInvariant().Replace('ς', 'σ').Replace('İ', 'i').Replace('ı', 'i');
    }

    /// <summary>
    /// Latin letters mixed with such as look the same: two mailboxes that nobody can tell apart. Taking one for the other would lend it
    /// the other's permission, or lose a request to stop; so it is no address, and whoever sent it in hears so.
    /// </summary>
    static bool IsMixed(string local) =>
        local.Any(char.IsAsciiLetter) && local.Any(letter => Lookalikes.Contains(char.ToLowerInvariant(letter)));

    static string Quoted(string bare) => $"\"{bare.Replace("\\", @"\\").Replace("\"", "\\\"")}\"";

    /// <summary>
    /// What stands between the quotes, without the backslashes that only quote (RFC 5321, 4.1.2: with them and without it is the same
    /// mailbox).
    /// </summary>
    static string Unquoted(string local)
    {
        var bare = new StringBuilder(local.Length);
        for (var i = 1; i < local.Length - 1; i++)
            bare.Append(local[i] == '\\' ? local[++i] : local[i]);
        return bare.ToString();
    }
}
