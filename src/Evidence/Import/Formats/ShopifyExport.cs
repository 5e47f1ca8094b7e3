using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// Shopify's customers and orders. Customers: no date of consent; <c>no</c> is both never ticked and unsubscribed, and the stricter is
/// kept; <c>yes</c> is a status. Ids, phone and post code may carry an apostrophe. Orders: one row per line item, only the first has the
/// order's own fields; numbers begin with <c>#</c>.
/// </summary>
static class ShopifyExport
{
    static readonly CsvLayout Layout = new() { HasGuardingApostrophes = true, Dates = ["yyyy-MM-dd HH:mm:ss zzz"] };

    // The shop's language is the language of its export.
    static readonly ImmutableDictionary<string, ImmutableArray<string>> CustomerNames = Names(
        ("Email", ["E-Mail", "E-mail", "Correo electrónico", "Adresse e-mail", "E-mailadres"]),
        (
            "Accepts Email Marketing",
            [
                "Akzeptiert E-Mail-Marketing",
                "Accepte le marketing par e-mail",
                "Acepta marketing por correo electrónico",
                "Accetta l'e-mail marketing",
                "Accepteert e-mailmarketing",
            ]
        ),
        (
            "Accepts SMS Marketing",
            [
                "Akzeptiert SMS-Marketing",
                "Accepte le marketing par SMS",
                "Acepta marketing por SMS",
                "Accetta l'SMS marketing",
                "Accepteert sms-marketing",
            ]
        ),
        ("Customer ID", ["Kunden-ID", "Identifiant du client", "ID de cliente", "ID cliente", "Klant-ID"]),
        ("Total Spent", ["Gesamtausgaben", "Total dépensé", "Total gastado", "Totale speso", "Totaal besteed"]),
        ("Total Orders", ["Bestellungen insgesamt", "Total des commandes", "Total de pedidos", "Totale ordini"]),
        ("Phone", ["Telefon", "Téléphone", "Teléfono", "Telefono", "Telefoon"]),
        ("Country", ["Land", "Pays", "País", "Paese"])
    );

    static readonly ImmutableDictionary<string, ImmutableArray<string>> OrderNames = Names(
        ("Cancelled at", ["Canceled at"]),
        ("Name", ["Bestellnummer", "Nom", "Nombre", "Nome"]),
        ("Email", ["E-Mail", "E-mail", "Adresse e-mail", "Correo electrónico"]),
        ("Created at", ["Erstellt am", "Créé le", "Creado el", "Creato il"]),
        ("Lineitem name", ["Positionsname", "Nom de l'article", "Nombre del artículo"]),
        ("Lineitem sku", ["Positions-SKU", "SKU de l'article"]),
        ("Accepts Marketing", ["Accepts Email Marketing", "Akzeptiert Marketing", "Accepte le marketing", "Acepta marketing"]),
        ("Shipping Country", ["Versandland", "Pays de livraison", "País de envío"]),
        ("Billing Country", ["Rechnungsland", "Pays de facturation", "País de facturación"])
    );

    static ImmutableDictionary<string, ImmutableArray<string>> Names(params (string Name, string[] Others)[] names) =>
        names.ToImmutableDictionary(pair => pair.Name, pair => pair.Others.ToImmutableArray(), StringComparer.OrdinalIgnoreCase);

    public static readonly ImportFormat Customers = new("shopify-customers", "Shopify customers export, old and new columns")
    {
        Headers =
        [
            ["Email", "Accepts Email Marketing", "Total Spent"],
            ["Email", "Accepts Marketing", "Total Spent"],
            ["Email", "Accepts Email Marketing", "Customer ID"],
            ["Email", "Accepts Email Marketing", "Default Address Country Code"],
        ],
        Aliases = CustomerNames,
        Optional =
        [
            "Phone",
            "Accepts SMS Marketing",
            "Default Address Phone",
            "Default Address Country Code",
            "Country Code",
            "Country",
            "Total Orders",
        ],
        Layout = Layout,
        Row = ReadCustomer,
    };

    public static readonly ImportFormat Orders = new("shopify-orders", "Shopify orders export")
    {
        Headers =
        [
            ["Name", "Email", "Created at", "Lineitem name"],
        ],
        Aliases = OrderNames,
        Optional = ["Accepts Marketing", "Financial Status", "Lineitem sku", "Shipping Country", "Billing Country", "Source"],
        Layout = Layout,
        Table = ReadOrders,
    };

    static void ReadCustomer(RowDraft draft)
    {
        var row = draft.Cells;
        var phone = row.Optional("Phone") ?? row.Optional("Default Address Phone");
        var (email, sms) = (
            row.Flag(row.HasColumn("Accepts Email Marketing") ? "Accepts Email Marketing" : "Accepts Marketing"),
            row.Flag("Accepts SMS Marketing")
        );
        var countries = Countries(row, "Default Address Country Code", "Country Code", "Country");
        if (draft.ReadAddress("Email"))
        {
            AddAnswer(draft, email, "email", draft.Address!);
            if (countries is not null)
                draft.AddUnnamed(new DetailsStated(RowDraft.UnknownWhen, "") { Countries = countries }, "shopify");
            if (row.Text("Total Orders") is not ("" or "0"))
                draft.Claim("a count of orders says neither when nor what: import the orders export");
        }
        // A number that is not international cannot be told apart from another country's; what was said about text messages is then only a
        // claim.
        if (sms is null || phone is null)
            return;
        if (Address.Telephone(phone).Address is { } number)
            AddAnswer(draft, sms, "sms", number);
        else
            draft.Claim("an answer about text messages for a number without its country code could not be kept");
    }

    static void AddAnswer(RowDraft draft, bool? answer, string channel, Address address)
    {
        if (answer == false)
            draft.AddUnnamed(draft.Refusal(null, "import: accepts marketing = no", "at-collection", channel: channel), "shopify", address);
        if (answer == true)
            draft.Claim($"accepts {channel} marketing = yes without a time or a wording: a status, not a consent");
    }

    static NameSet? Countries(CsvRows row, params ReadOnlySpan<string> columns)
    {
        var names = new List<string>();
        foreach (var column in columns)
            if (row.Countries(column) is { } found)
                names.AddRange(found.Names);
        return names.Count == 0 ? null : NameSet.Of(names);
    }

    static IEnumerable<ReadRow> ReadOrders(FormatReading reading)
    {
        Order? order = null;
        while (reading.Next() is { } draft)
        {
            var number = draft.Cells.Text("Name");
            if (order is null || number != order.Number)
            {
                if (order is not null)
                    yield return order.Done();
                order = new Order(draft, number);
            }
            order.AddLine(draft);
        }
        if (order is not null)
            yield return order.Done();
    }

    /// <summary>One order over its rows: the first row that says something says it for all.</summary>
    sealed class Order
    {
        readonly RowDraft draft;
        readonly bool isUsable;
        readonly bool isAtCounter;
        readonly DetailsCollected collected;
        readonly SortedSet<string> products = new(StringComparer.Ordinal);

        public Order(RowDraft draft, string number)
        {
            (this.draft, Number) = (draft, number);
            var row = draft.Cells;
            var placed = row.When("Created at", isRequired: true);
            // Both spellings stand in exports; whichever is filled counts.
            var cancelled = row.When("Cancelled at", isRequired: false) ?? row.When("Canceled at", isRequired: false);
            var ticked = row.Flag("Accepts Marketing");
            var countries = Countries(row, "Shipping Country", "Billing Country");
            if (number.Length == 0)
                row.Problem("Name", "the order has no number");
            // An order without its time is a bad row; its tick may ask to stop all the same.
            isUsable = draft.ReadAddress("Email") && (placed is not null || ticked is not null);
            // Whoever bought at a counter saw no checkout: what that form showed says nothing about this sale.
            isAtCounter = row.Text("Source").Trim().Equals("pos", StringComparison.OrdinalIgnoreCase);
            var isOff = cancelled is not null || row.Text("Financial Status").ToLowerInvariant() is "voided" or "expired";
            collected = new DetailsCollected(placed ?? RowDraft.UnknownWhen, number)
            {
                ObtainedBy = draft.Options.Sender,
                From = "recipient",
                Context = isOff ? "cancelled-sale" : "sale",
                Point = isAtCounter ? draft.Options.TillPoint : draft.Options.Point,
                Countries = countries,
                ConsentTicked = ticked,
            };
        }

        public string Number { get; }

        /// <summary>
        /// A line without a code keeps its name, which no map knows: the order then counts as half mapped, not as fully known.
        /// </summary>
        public void AddLine(RowDraft line)
        {
            var row = line.Cells;
            if (line != draft)
                draft.Join(line);
            if ((row.Optional("Lineitem sku") ?? row.Optional("Lineitem name")) is { } code)
                products.Add(code);
        }

        public ReadRow Done()
        {
            if (!isUsable)
                return draft.Done();
            draft.Add(collected with { Products = [.. products] });
            if (isAtCounter && draft.Options.TillPoint is null)
                draft.Claim("a sale at the counter (Source = pos) did not pass the checkout: name the counter's own collection point");
            else if (!isAtCounter && draft.Options.Point is null)
                draft.Claim(
                    "an order says when and what, not whether a refusal was offered: name the checkout it came through (a collection point)"
                );
            return draft.Done();
        }
    }
}
