using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;

namespace MaySend.Records.Start;

/// <summary>
/// A way in: where people gave their address. Each has a form of its own, so what people saw there is asked and signed of each alone.
/// </summary>
/// <param name="Point">The collection point that stands for it.</param>
/// <param name="Prefix">What its questions' ids begin with.</param>
/// <param name="When">When people were there, as a question says it.</param>
/// <param name="Who">Who they are, as a sentence to be signed says it; a place for the sender's name.</param>
public sealed record StartWay(string Point, string Prefix, string When, string Who)
{
    /// <summary>The shop's own checkout.</summary>
    public static readonly StartWay Checkout = new("checkout", "", "when they ordered", "people who ordered from {0}");

    /// <summary>A counter, which a shop's export names as the source of the sale.</summary>
    public static readonly StartWay Till = new(
        "till",
        "till-",
        "when they bought at the counter",
        "people who bought from {0} at the counter"
    );

    /// <summary>The form of a list or a newsletter.</summary>
    public static readonly StartWay SignUp = new("sign-up", "sign-up-", "when they signed up", "people who signed up with {0}");

    /// <summary>What people sent or filled in before they bought, if they did.</summary>
    public static readonly StartWay Enquiry = new(
        "enquiry",
        "enquiry-",
        "when they enquired or began a trial",
        "people who enquired at {0} or began a trial there"
    );

    /// <summary>A place at which somebody met them, such as a trade show.</summary>
    public static readonly StartWay Meeting = new("meeting", "meeting-", "when you met them", "people whom {0} met");

    /// <summary>Where supporters of a cause gave, helped or joined.</summary>
    public static readonly StartWay Support = new(
        "support",
        "support-",
        "when they gave, helped or joined",
        "people who gave to {0}, helped it or joined it"
    );

    /// <summary>Every way that is asked about.</summary>
    public static readonly IReadOnlyList<StartWay> All = [Checkout, Till, SignUp, Enquiry, Meeting, Support];

    /// <summary>So many forms of a way are asked about: the one of now, and those that it had before.</summary>
    const int MostForms = 3;

    /// <summary>The forms of every way, of each the one of now first.</summary>
    public static readonly IReadOnlyList<StartWay> EveryForm = [.. All.SelectMany(way => way.Forms)];

    /// <summary>The form that came after this one at the same way in; null for the one of now.</summary>
    public StartWay? Later { get; private init; }

    /// <summary>The form that people saw there before this one: it has questions and a signature of its own.</summary>
    public StartWay Earlier => this with { Prefix = $"{Prefix}earlier-", When = $"{When} earlier", Later = this };

    /// <summary>This form and those before it, the newest first.</summary>
    public IReadOnlyList<StartWay> Forms
    {
        get
        {
            List<StartWay> forms = [this];
            while (forms.Count < MostForms)
                forms.Add(forms[^1].Earlier);
            return forms;
        }
    }

    /// <summary>
    /// The forms to ask about: one before another wherever somebody came before the day since when the later is said to have stood.
    /// </summary>
    public IEnumerable<StartWay> FormsToAsk(StartRecord record, StartFindings found)
    {
        foreach (var form in Forms)
        {
            yield return form;
            if (record.Day(form.Since, "from") is not { } from || found.CameBefore(this, from) == 0)
                yield break;
        }
    }

    /// <summary>The question what people saw there.</summary>
    public string Box => $"{Prefix}box";

    /// <summary>The question since when it has looked like that.</summary>
    public string Since => $"{Prefix}since";

    /// <summary>The question what the small print said.</summary>
    public string Notice => $"{Prefix}notice";

    /// <summary>The way through which the people of a file came, where a row does not say it itself.</summary>
    public static StartWay Of(ImportSummary summary) => summary.Format is var format && IsOfOrders(format) ? Checkout : SignUp;

    static bool IsOfOrders(string format) =>
        format is "shopify-orders" or "shopify-customers" or "woocommerce" or "woocommerce-orders" or "orders";
}
