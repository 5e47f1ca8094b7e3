using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import;

/// <summary>An entry as a row of the companion file that is read back as the same entry.</summary>
static class CompanionRows
{
    /// <summary>The kinds of file, by the name under which a folder holds them.</summary>
    public static readonly IReadOnlyList<(string FileName, CompanionFile Kind)> Files =
    [
        ("people.csv", CompanionFiles.People),
        .. CompanionFiles.All.Select(kind => ($"{kind.Name}.csv", kind)),
    ];

    /// <summary>The file and the cells for an entry; null for a kind that no file holds.</summary>
    public static (CompanionFile Kind, IReadOnlyDictionary<string, string> Cells)? Of(string address, ContactEntry entry)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["address"] = address,
            ["id"] = entry.Id,
            ["when"] = Text(entry.When),
        };
        var kind = entry switch
        {
            DetailsStated stated => People(stated, cells),
            DetailsCollected collected => Collection(collected, cells),
            ConsentAnswered consent => Consent(consent, cells),
            RefusalMade refusal => Refusal(refusal, cells),
            MessageSent sent => Send(sent, cells),
            RegisterChecked check => Check(check, cells),
            AddressFailed failed => Bounce(failed, cells),
            _ => null,
        };
        return kind is null ? null : (kind, cells);
    }

    static CompanionFile People(DetailsStated stated, Dictionary<string, string> cells)
    {
        cells["country"] = Text(stated.Countries);
        cells["subscriber"] = stated.Subscriber ?? "";
        cells["register_number"] = stated.RegisterNumber ?? "";
        cells["address_kind"] = stated.AddressKind ?? "";
        cells["personal_data"] = Text(stated.PersonalData);
        cells["business_capacity"] = Text(stated.BusinessCapacity);
        cells["published_for_contact"] = Text(stated.PublishedForContact);
        cells["minor"] = Text(stated.Minor);
        cells["vulnerable"] = Text(stated.Vulnerable);
        cells["existing_client"] = Text(stated.ExistingClient);
        cells["directory"] = stated.Directory ?? "";
        cells["region"] = stated.Region ?? "";
        return CompanionFiles.People;
    }

    static CompanionFile Collection(DetailsCollected collected, Dictionary<string, string> cells)
    {
        var shown = collected.Shown ?? new Shown();
        // An occasion has a day; ticks that are kept without theirs have the first there is.
        if (collected.When.Day == DateOnly.MinValue)
            cells["when"] = "0001-01-01";
        cells["obtained_by"] = collected.ObtainedBy ?? "";
        cells["from"] = collected.From ?? "";
        cells["context"] = collected.Context ?? "";
        cells["point"] = collected.Point ?? "";
        cells["products"] = string.Join(' ', collected.Products.Select(CodeOf));
        cells["country"] = Text(collected.Countries);
        cells["refused"] = Text(collected.Refused);
        cells["consent_ticked"] = Text(collected.ConsentTicked);
        cells["boxes"] = string.Join(
            ' ',
            (collected.Boxes ?? ImmutableSortedDictionary<string, bool>.Empty).Select(box => $"{box.Key}={Text(box.Value)}")
        );
        cells["audience"] = collected.Audience ?? "";
        cells["purposes_charitable"] = Text(collected.PurposesWereCharitable);
        cells["contract_running"] = Text(collected.ContractRunning);
        cells["refusal_offered"] = Text(shown.RefusalOffered);
        cells["refusal_simple"] = Text(shown.RefusalSimple);
        cells["refusal_free"] = Text(shown.RefusalFree);
        cells["consent_asked"] = Text(shown.ConsentAsked);
        cells["notice_named_marketing"] = Text(shown.NoticeNamedMarketing);
        cells["told_no_marketing"] = Text(shown.ToldNoMarketing);
        cells["basis_claimed"] = shown.BasisClaimed ?? "";
        cells["notice_named_interest"] = Text(shown.NoticeNamedInterest);
        cells["notice_given"] = Text(shown.NoticeGiven);
        cells["right_to_object_shown"] = Text(shown.RightToObjectShown);
        cells["lawful"] = Text(shown.Lawful);
        cells["details_given_anew"] = Text(shown.DetailsGivenAnew);
        return CompanionFiles.Collections;
    }

    static CompanionFile Consent(ConsentAnswered consent, Dictionary<string, string> cells)
    {
        cells["to"] = Text(consent.To);
        cells["chose_among_senders"] = Text(consent.ChoseAmongSenders);
        cells["covers_others_offers"] = Text(consent.CoversOthersOffers);
        cells["told_until"] = consent.ToldUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
        cells["channels"] = Text(consent.Channels);
        cells["topics"] = Text(consent.Topics);
        cells["act"] = consent.Act ?? "";
        cells["condition_of_service"] = Text(consent.ConditionOfService);
        cells["informed"] = Text(consent.Informed);
        cells["separate_request"] = Text(consent.SeparateRequest);
        cells["told_of_withdrawal"] = Text(consent.ToldOfWithdrawal);
        cells["wording"] = consent.Wording ?? "";
        cells["point"] = consent.Point ?? "";
        cells["signed_up"] = Text(consent.SignedUp);
        cells["obtained_through"] = consent.ObtainedThrough ?? "";
        cells["supplier_checked"] = Text(consent.SupplierChecked);
        cells["confirmed"] = consent.Confirmed is { } confirmed ? Text(confirmed) : "";
        cells["carries_name"] = Text(consent.CarriesName);
        cells["explicit"] = Text(consent.Explicit);
        cells["covers_profiling"] = Text(consent.CoversProfiling);
        cells["covers_tracking"] = Text(consent.CoversTracking);
        cells["withdrawn"] = consent.Withdrawn is { } withdrawn ? Text(withdrawn) : "";
        cells["purpose_ended"] = Text(consent.PurposeEnded);
        cells["age"] = consent.Age?.ToString(CultureInfo.InvariantCulture) ?? "";
        cells["parent_authorised"] = Text(consent.ParentAuthorised);
        cells["renewed"] = consent.Renewed is { } renewed ? Text(renewed) : "";
        cells["covers_upload"] = Text(consent.CoversUpload);
        cells["covers_political"] = Text(consent.CoversPolitical);
        return CompanionFiles.Consents;
    }

    static CompanionFile Refusal(RefusalMade refusal, Dictionary<string, string> cells)
    {
        cells["senders"] = Text(refusal.Senders);
        cells["channels"] = Text(refusal.Channels);
        cells["topics"] = Text(refusal.Topics);
        cells["kind"] = refusal.Kind;
        cells["how"] = refusal.How;
        cells["made_by"] = refusal.MadeBy;
        return CompanionFiles.Refusals;
    }

    static CompanionFile Send(MessageSent sent, Dictionary<string, string> cells)
    {
        cells["sender"] = sent.Sender;
        cells["channel"] = sent.Channel;
        cells["marketing"] = Text(sent.IsMarketing);
        cells["template"] = sent.Template ?? "";
        return CompanionFiles.Sends;
    }

    static CompanionFile Check(RegisterChecked check, Dictionary<string, string> cells)
    {
        cells["register"] = check.Register;
        cells["listed"] = Text(check.Listed);
        cells["entered"] = check.Entered?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
        return CompanionFiles.Checks;
    }

    static CompanionFile Bounce(AddressFailed failed, Dictionary<string, string> cells)
    {
        cells["kind"] = failed.IsPermanent ? "hard" : "soft";
        cells["class"] = failed.Class ?? "";
        return CompanionFiles.Bounces;
    }

    /// <summary>
    /// A product's code as one word: where a line has no code it keeps its name, and a word of the name must not pass for a code.
    /// </summary>
    public static string CodeOf(string product) =>
        string.Join('-', product.Split([' ', ';', '|', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));

    static string Text(When when) => when.Day == DateOnly.MinValue ? "" : when.ToString();

    static string Text(NameSet? names) => names?.ToString() ?? "";

    static string Text(bool? flag) =>
        flag switch
        {
            true => "yes",
            false => "no",
            null => "",
        };
}
