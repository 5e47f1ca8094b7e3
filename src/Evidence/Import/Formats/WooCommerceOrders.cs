using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// WooCommerce orders as the common export plugins write them, one row an order. Lines stand in <c>line_item_1</c>, <c>line_item_2</c>, ...
/// or in columns of their own. A refund is a sale; an order that failed, was cancelled or is a draft is none. Times are the shop's own and
/// carry no zone.
/// </summary>
static class WooCommerceOrders
{
    public static readonly ImportFormat Orders = new("woocommerce-orders", "WooCommerce orders (CSV of an export plugin)")
    {
        Headers =
        [
            ["order_id", "order_date", "status", "billing_email"],
        ],
        Aliases = new Dictionary<string, ImmutableArray<string>>
        {
            ["order_id"] =
            [
                "Order ID",
                "order_number",
                "Order Number",
                "Order No.",
                "Bestellnummer",
                "Numéro de commande",
                "Número de pedido",
            ],
            ["order_date"] = ["Order Date", "date", "Date", "order_date_created", "Bestelldatum", "Date de commande", "Fecha del pedido"],
            ["status"] = ["Order Status", "order_status", "Bestellstatus", "État de la commande", "Estado del pedido"],
            ["billing_email"] =
            [
                "Email (Billing)",
                "Billing Email",
                "Billing Email Address",
                "customer_email",
                "Customer Email",
                "Rechnungs-E-Mail",
                "E-mail (facturation)",
                "Email (facturación)",
            ],
            ["billing_country"] = ["Country Code (Billing)", "Country Name (Billing)", "Billing Country", "Rechnungsland"],
            ["shipping_country"] = ["Country Code (Shipping)", "Country Name (Shipping)", "Shipping Country", "Lieferland"],
            ["SKU"] = ["sku", "Item SKU", "Product SKU", "line_item_sku"],
            [Tick] =
            [
                "meta:mailchimp_woocommerce_is_subscribed",
                "mailchimp_woocommerce_is_subscribed",
                "meta:_mc4wp_optin",
                "_mc4wp_optin",
                "meta:newsletter_optin",
                "newsletter_optin",
                "meta:marketing_optin",
                "marketing_optin",
                "meta:_automatewoo_optin",
                "Newsletter",
                "Marketing opt-in",
            ],
        }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
        Optional = ["billing_country", "shipping_country", "SKU", Tick],
        Layout = new CsvLayout { Dates = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm"] },
        Row = Read,
    };

    const string Tick = "marketing_box";

    static void Read(RowDraft draft)
    {
        var row = draft.Cells;
        var placed = row.When("order_date", isRequired: true);
        var countries = Countries(row);
        var number = row.Text("order_id");
        if (number.Length == 0)
            row.Problem("order_id", "the order has no number");
        var context = ContextOf(row);
        var ticked = row.Optional(Tick) is { } tick ? StateWords.Flag(tick) ?? row.Flag(Tick) : null;
        if (!draft.ReadAddress("billing_email") || (placed is null && ticked is null))
            return;
        draft.Add(
            new DetailsCollected(placed ?? RowDraft.UnknownWhen, number)
            {
                ObtainedBy = draft.Options.Sender,
                From = "recipient",
                Context = context,
                Point = draft.Options.Point,
                Countries = countries,
                ConsentTicked = ticked,
                Products = [.. Products(row).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            }
        );
        if (draft.Options.Point is null)
            draft.Claim(
                "an order says when and what, not whether a refusal was offered: name the checkout it came through (a collection point)"
            );
    }

    /// <summary>What an order in this state is; a state that is not known is no sale.</summary>
    static string? ContextOf(CsvRows row)
    {
        var state = row.Text("status").ToLowerInvariant();
        if (state.StartsWith("wc-", StringComparison.Ordinal))
            state = state[3..];
        switch (state)
        {
            case "completed"
            or "processing"
            or "refunded"
            or "on-hold"
            or "on hold"
            or "abgeschlossen"
            or "in bearbeitung"
            or "terminée"
            or "completado":
                return "sale";
            case "cancelled" or "canceled" or "failed" or "trash" or "storniert" or "annulée" or "cancelado":
                return "cancelled-sale";
            case "pending" or "pending payment" or "draft" or "checkout-draft" or "auto-draft":
                return "started-checkout";
            case "":
                return null;
            default:
                row.Problem(
                    "status",
                    $"`{state}` is not a known state of an order",
                    "give it one with a mapping: values: {status: {" + state + ": completed}}"
                );
                return null;
        }
    }

    static NameSet? Countries(CsvRows row)
    {
        var names = new List<string>();
        foreach (var column in new[] { "shipping_country", "billing_country" })
            if (row.HasColumn(column) && row.Countries(column) is { } found)
                names.AddRange(found.Names);
        return names.Count == 0 ? null : NameSet.Of(names);
    }

    /// <summary>The codes of every line; a line without a code keeps its name, which no map knows.</summary>
    static IEnumerable<string> Products(CsvRows row)
    {
        if (row.Optional("SKU") is { } codes)
            foreach (var code in codes.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                yield return code;
        for (var i = 1; row.HasColumn(Item(i)) || row.HasColumn(Sku(i)); i++)
        {
            if (row.Optional(Item(i)) is { } line && Part(line, "sku") is { Length: > 0 } sku)
                yield return sku;
            else if (row.Optional(Sku(i)) is { } own)
                yield return own;
            else if (row.Optional(Item(i)) is { } named && Part(named, "name") is { Length: > 0 } name)
                yield return name;
        }
    }

    static string Item(int i) => string.Create(CultureInfo.InvariantCulture, $"line_item_{i}");

    static string Sku(int i) => string.Create(CultureInfo.InvariantCulture, $"Product Item {i} SKU");

    /// <summary>A part of <c>name:Candle|product_id:1|sku:C1|quantity:1</c>.</summary>
    static string? Part(string line, string name) =>
        line.Split('|')
            .Where(part => part.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))
            .Select(part => part[(name.Length + 1)..].Trim())
            .FirstOrDefault();
}
