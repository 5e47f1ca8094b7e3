using System.Collections.Immutable;
using MaySend.Console.Assessing;
using MaySend.Evidence.Entries;

namespace MaySend.Console.Evidence;

/// <summary>One thing that is so, is not so, or is not known, with its place in a form and its words.</summary>
/// <param name="Name">Its field.</param>
/// <param name="Label">What a yes says.</param>
/// <param name="Of">Reads it.</param>
/// <param name="With">Sets it.</param>
sealed record Flag<T>(string Name, string Label, Func<T, bool?> Of, Func<T, bool?, T> With);

/// <summary>What forms, their boxes and templates may have shown: the same list for the form, the reading and the signature.</summary>
static class Flags
{
    /// <summary>Of a form, till or script.</summary>
    public static readonly ImmutableArray<Flag<Shown>> OfPoints =
    [
        new(
            "refusal-offered",
            "a chance to opt out was offered",
            one => one.RefusalOffered,
            (one, said) => one with { RefusalOffered = said }
        ),
        new("refusal-simple", "opting out was simple", one => one.RefusalSimple, (one, said) => one with { RefusalSimple = said }),
        new("refusal-free", "opting out was free", one => one.RefusalFree, (one, said) => one with { RefusalFree = said }),
        new(
            "refusals-in-register",
            "everybody who said no there is in the list of opt-outs",
            one => one.RefusalsInRegister,
            (one, said) => one with { RefusalsInRegister = said }
        ),
        new(
            "consent-asked",
            "consent to marketing was asked for",
            one => one.ConsentAsked,
            (one, said) => one with { ConsentAsked = said }
        ),
        new(
            "notice-named-marketing",
            "the notice named marketing",
            one => one.NoticeNamedMarketing,
            (one, said) => one with { NoticeNamedMarketing = said }
        ),
        new(
            "told-no-marketing",
            "people were told there would be no marketing",
            one => one.ToldNoMarketing,
            (one, said) => one with { ToldNoMarketing = said }
        ),
        new(
            "notice-named-interest",
            "the notice named the legitimate interest",
            one => one.NoticeNamedInterest,
            (one, said) => one with { NoticeNamedInterest = said }
        ),
        new("notice-given", "the privacy notice was given", one => one.NoticeGiven, (one, said) => one with { NoticeGiven = said }),
        new(
            "right-to-object-shown",
            "the right to object was shown apart from the rest",
            one => one.RightToObjectShown,
            (one, said) => one with { RightToObjectShown = said }
        ),
        new(
            "details-given-anew",
            "people typed their details there",
            one => one.DetailsGivenAnew,
            (one, said) => one with { DetailsGivenAnew = said }
        ),
        new("lawful", "the collection was lawful", one => one.Lawful, (one, said) => one with { Lawful = said }),
    ];

    /// <summary>Of a box to tick.</summary>
    public static readonly ImmutableArray<Flag<Box>> OfBoxes =
    [
        new("came-ticked", "it was already ticked", one => one.TickedByDefault, (one, said) => one with { TickedByDefault = said }),
        new("informed", "it says who sends what, and for how long", one => one.Informed, (one, said) => one with { Informed = said }),
        new(
            "separate",
            "it stands apart from other matters",
            one => one.SeparateRequest,
            (one, said) => one with { SeparateRequest = said }
        ),
        new("can-stop", "it says that people can stop", one => one.ToldOfWithdrawal, (one, said) => one with { ToldOfWithdrawal = said }),
        new(
            "required",
            "the form cannot be sent without it",
            one => one.ConditionOfService,
            (one, said) => one with { ConditionOfService = said }
        ),
        new("ongoing", "what it asks for has no end of its own", one => one.Ongoing, (one, said) => one with { Ongoing = said }),
    ];

    /// <summary>Of every message of a template.</summary>
    public static readonly ImmutableArray<Flag<TemplateVersion>> OfTemplates =
    [
        new("refusal-offered", "it offers a way to opt out", one => one.RefusalOffered, (one, said) => one with { RefusalOffered = said }),
        new("refusal-simple", "opting out is simple", one => one.RefusalSimple, (one, said) => one with { RefusalSimple = said }),
        new("refusal-free", "opting out is free", one => one.RefusalFree, (one, said) => one with { RefusalFree = said }),
        new("refusal-works", "the way to opt out works", one => one.RefusalWorks, (one, said) => one with { RefusalWorks = said }),
        new("sender-identified", "it says who sends it", one => one.SenderIdentified, (one, said) => one with { SenderIdentified = said }),
        new(
            "stop-address",
            "it gives an address for requests to stop",
            one => one.StopAddressValid,
            (one, said) => one with { StopAddressValid = said }
        ),
        new(
            "commercial",
            "it is plainly advertising",
            one => one.CommercialNatureClear,
            (one, said) => one with { CommercialNatureClear = said }
        ),
        new(
            "right-to-object",
            "it states the right to object, apart from the rest",
            one => one.StatesRightToObject,
            (one, said) => one with { StatesRightToObject = said }
        ),
        new(
            "privacy-notice",
            "it links the privacy notice",
            one => one.CarriesPrivacyNotice,
            (one, said) => one with { CarriesPrivacyNotice = said }
        ),
    ];

    /// <summary>Reads every flag of a form.</summary>
    public static T Read<T>(this ImmutableArray<Flag<T>> flags, StepForm form, T into, string prefix = "") =>
        flags.Aggregate(into, (one, flag) => flag.With(one, form.Choice(prefix + flag.Name)));

    /// <summary>Puts every flag into a form.</summary>
    public static void Put<T>(this ImmutableArray<Flag<T>> flags, StepForm form, T from, string prefix = "")
    {
        foreach (var flag in flags)
            form.Set(
                prefix + flag.Name,
                flag.Of(from) is { } said
                    ? said
                        ? "yes"
                        : "no"
                    : null
            );
    }

    /// <summary>Each flag with its place in the form, for those who only draw it.</summary>
    public static IEnumerable<(string Name, string Label)> Fields<T>(this ImmutableArray<Flag<T>> flags, string prefix = "") =>
        flags.Select(flag => (prefix + flag.Name, flag.Label));
}
