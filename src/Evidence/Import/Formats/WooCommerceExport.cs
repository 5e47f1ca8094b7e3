using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// WooCommerce's customers report. There is no consent in it. <c>Sign Up</c> is when an account was made (guests have none), in the shop's
/// own zone; a count of orders has no dates; the subscription mark that a Mailchimp plugin leaves is unreliable and only a claim.
/// </summary>
static class WooCommerceExport
{
    public static readonly ImportFormat Customers = new("woocommerce", "WooCommerce customers (Analytics, Customers)")
    {
        Headers =
        [
            ["Username", "Last Active", "Sign Up", "Email", "AOV"],
        ],
        Aliases = new Dictionary<string, ImmutableArray<string>>
        {
            ["Username"] = ["Benutzername", "Nom d’utilisateur", "Nom d'utilisateur", "Nombre de usuario"],
            ["Last Active"] = ["Last active", "Zuletzt aktiv", "Dernière activité", "Última actividad"],
            ["Sign Up"] = ["Sign up", "Date registered", "Registrierung", "Registriert", "Inscription", "Registro"],
            ["Email"] = ["E-Mail", "E-mail", "Correo electrónico"],
            ["AOV"] = ["Durchschnittlicher Bestellwert", "Panier moyen", "Valor medio de pedido"],
            ["Country / Region"] = ["Country", "Land / Region", "Pays / région", "País / Región"],
            ["Orders"] = ["Bestellungen", "Commandes", "Pedidos"],
        }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
        Row = Read,
    };

    static void Read(RowDraft draft)
    {
        var row = draft.Cells;
        var signedUp = row.When("Sign Up", isRequired: false);
        var countries = row.Countries("Country / Region");
        if (!draft.ReadAddress("Email"))
            return;
        if (signedUp is { } when)
            draft.AddUnnamed(
                new DetailsCollected(when, "")
                {
                    ObtainedBy = draft.Options.Sender,
                    From = "recipient",
                    Context = "free-account",
                    Point = draft.Options.Point,
                    Countries = countries,
                },
                "account"
            );
        else if (countries is not null)
            draft.AddUnnamed(new DetailsStated(RowDraft.UnknownWhen, "") { Countries = countries }, "woocommerce");
        if (row.Text("Orders") is not ("" or "0"))
            draft.Claim("a count of orders says neither when nor what: import the orders themselves");
        if (row.Optional("mailchimp_woocommerce_is_subscribed") is { } mark)
            draft.Claim($"mailchimp_woocommerce_is_subscribed = {mark}: a plugin's mark, which re-synchronising has been known to change");
    }
}
