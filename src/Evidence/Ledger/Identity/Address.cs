namespace MaySend.Evidence.Ledger.Identity;

/// <summary>What an address is for.</summary>
public enum AddressKind
{
    /// <summary>An electronic mail address, <c>local@domain</c>.</summary>
    Email,

    /// <summary>A telephone number in international form, for calls and short messages.</summary>
    Telephone,
}

/// <summary>
/// Where a contact is reached. Equality is by <see cref="Matching"/>: domain as A-label and lower case, local part lower-cased; no plus-tag
/// folding, because <c>anna+shop@example.com</c> is another address than <c>anna@example.com</c>. <see cref="Verbatim"/> is kept for
/// delivery.
/// </summary>
public sealed partial record Address
{
    Address(AddressKind kind, string verbatim, string matching) => (Kind, Verbatim, Matching) = (kind, verbatim, matching);

    /// <summary>What it is for.</summary>
    public AddressKind Kind { get; }

    /// <summary>As it was given, without surrounding space.</summary>
    public string Verbatim { get; }

    /// <summary>The form under which it is found again.</summary>
    public string Matching { get; }

    /// <summary>True when both mean the same address.</summary>
    public bool Equals(Address? other) =>
        other is not null && Kind == other.Kind && string.Equals(Matching, other.Matching, StringComparison.Ordinal);

    /// <summary>By the matching form.</summary>
    public override int GetHashCode() => HashCode.Combine(Kind, string.GetHashCode(Matching, StringComparison.Ordinal));

    /// <summary>As given.</summary>
    public override string ToString() => Verbatim;

    /// <summary>Reads an address of either kind: with an <c>@</c> it is mail, else a telephone number.</summary>
    public static AddressReading Read(string? text) =>
        text?.Contains('@', StringComparison.Ordinal) == true ? Email(text) : Telephone(text);

    /// <summary>
    /// Reads a mail address. Accepted: one <c>@</c> outside quotes, a local part of at most 64 bytes (RFC 5321, 4.5.3.1.1; UTF-8 allowed,
    /// RFC 6531), a domain name with at least two labels that IDNA accepts, 254 bytes in all. Display names and comments are not addresses.
    /// </summary>
    public static AddressReading Email(string? text) => Email(text, isRecorded: false);

    static AddressReading Email(string? text, bool isRecorded)
    {
        if (IsUsual(text))
            return new(new Address(AddressKind.Email, text, text));
        var verbatim = text?.Trim() ?? "";
        if (verbatim.Length == 0)
            return new("the address is blank");
        if (verbatim.Length > 1000)
            return new("the address is too long");
        if (!IsWellFormed(verbatim))
            return new("the address is not valid Unicode");
        verbatim = Plain(verbatim, isRecorded);
        if (verbatim.Any(IsInvisible))
            return new("the address holds an invisible character");
        // Without ICU nothing composes them, and the same address written in two ways would be two contacts.
        if (verbatim.Any(IsApart))
            return new("an accent or part of a letter is a separate character; write the letter as one character");
        if (!isRecorded && CompatibilityForms.AreIn(verbatim))
            return new("a character stands for others, as a small raised 2 does; write the plain letters and digits");
        var at = verbatim.LastIndexOf('@');
        if (at < 0)
            return new("the address has no @");
        var local = verbatim[..at];
        if (LocalPartFault(local) is { } fault)
            return new(fault);
        if (IsMixed(local))
            return new(
                "letters of another script are mixed with Latin letters that look the same; write the part before the @ in one " + "script"
            );
        if (DomainALabel(verbatim[(at + 1)..], isRecorded, out var domain) is { } domainFault)
            return new(domainFault);
        var matching = MatchingLocalPart(local) + "@" + domain;
        return System.Text.Encoding.UTF8.GetByteCount(matching) > 254
            ? new("the address is longer than 254 bytes")
            : new(new Address(AddressKind.Email, verbatim, matching));
    }

    /// <summary>
    /// Reads a number in international form (E.164): <c>+</c> and 7 to 15 digits; spaces, dots, hyphens and brackets between them are
    /// dropped, and so is what is dialled at home only, <c>+44 (0)20</c>.
    /// </summary>
    public static AddressReading Telephone(string? text) => Telephone(text, isRecorded: false);

    /// <summary>
    /// Reads an address that is on record, as it was matched when it was recorded: see <see cref="OtherForms"/>.
    /// </summary>
    public static AddressReading Recorded(AddressKind kind, string verbatim) =>
        kind == AddressKind.Email ? Email(verbatim, isRecorded: true) : Telephone(verbatim, isRecorded: true);

    /// <summary>
    /// The other forms under which this number may be on record, from before its country's way of dialling was known or since; none for
    /// mail.
    /// </summary>
    public IEnumerable<Address> OtherForms =>
        Kind == AddressKind.Email
            ? []
            : TelephoneForms
                .Formerly(Matching[1..])
                .Append(TelephoneForms.FromAbroad(Matching[1..], hasOptionalZero: false) ?? "")
                .Where(digits => digits.Length is >= 7 and <= 15 && digits != Matching[1..])
                .Select(digits => new Address(Kind, $"+{digits}", $"+{digits}"));

    static AddressReading Telephone(string? text, bool isRecorded)
    {
        var verbatim = text?.Trim() ?? "";
        if (verbatim.Length == 0)
            return new("the number is blank");
        verbatim = Plain(verbatim, isRecorded);
        if (verbatim.Length == 0 || verbatim[0] != '+')
            return new("it is not an email address, and not a phone number that starts with + and the country code");
        var hasOptionalZero = verbatim.Contains("(0)", StringComparison.Ordinal);
        var given = new string([.. verbatim.Skip(1).Where(c => !(" .-()/".Contains(c, StringComparison.Ordinal) || IsDashOrSpace(c)))]);
        if (TelephoneForms.FromAbroad(given, hasOptionalZero) is not { } digits)
            return new(
                $"the 0 {(hasOptionalZero ? "in brackets" : "after the country code")} is part of the number in some countries only; "
                    + "write the number as it is dialled from abroad"
            );
        // Whoever was recorded before their country's way of dialling was known is found where they were put.
        if (isRecorded && TelephoneForms.Formerly(digits).Contains(given))
            digits = given;
        // What is sealed is read again one day: it is kept in the one form that stays the same.
        else if (digits != given && TelephoneForms.Formerly(digits).Any())
            verbatim = "+" + digits;
        return digits.Length is < 7 or > 15 || digits[0] == '0' || !digits.All(char.IsAsciiDigit)
            ? new("the number must be + and 7 to 15 digits")
            : new(new Address(AddressKind.Telephone, verbatim, "+" + digits));
    }
}

/// <summary>The outcome of reading an address: the address, or what is wrong with it (lower case, without the text itself).</summary>
public readonly record struct AddressReading
{
    internal AddressReading(Address address) => Address = address;

    internal AddressReading(string fault) => Fault = fault;

    /// <summary>The address; null when it is not one.</summary>
    public Address? Address { get; }

    /// <summary>What is wrong; null when it is an address.</summary>
    public string? Fault { get; }

    /// <summary>The address, or <see cref="FormatException"/> with the fault; for text that was checked before.</summary>
    public Address Required() => Address ?? throw new FormatException(Fault ?? "no address was read");
}
