using System.Text;

namespace MaySend.Torture;

/// <summary>
/// A small shop on record, from which every round begins: people who may be mailed, some who have asked to stop, a link, a hold, an
/// erasure and a checkpoint, so that no table is empty; and an opt-out link for everybody.
/// </summary>
sealed class Shop : IDisposable
{
    const int People = 400;

    readonly Place made = new();

    Shop() { }

    /// <summary>The folder of the store, closed; rounds copy it.</summary>
    public string Store => made["store"];

    public string Key { get; private set; } = "";

    /// <summary>Everybody who may be mailed at first.</summary>
    public IReadOnlyList<string> Mailable { get; private set; } = [];

    /// <summary>Everybody who has asked to stop, or was erased, before any round.</summary>
    public IReadOnlyList<string> Refusing { get; } =
    [.. Enumerable.Range(0, People).Where(number => number % 8 == 7).Select(Address), "erased@example.com"];

    /// <summary>The path of each address's opt-out link.</summary>
    public IReadOnlyDictionary<string, string> Links { get; private set; } = new Dictionary<string, string>();

    public static async Task<Shop> MakeAsync()
    {
        var shop = new Shop();
        shop.WriteFiles();
        await shop.made.DoAsync("store", "init", "--data", "store");
        await shop.made.DoAsync("store", "load", "--data", "store", "--in", "shop");
        await shop.made.DoAsync("hold", Address(1), "--data", "store", "--reason", "dispute");
        await shop.made.DoAsync("erase", "erased@example.com", "--data", "store", "--by", "dpo", "--reason", "request", "--yes");
        await shop.made.DoAsync("ledger", "checkpoint", "--data", "store");
        await using (var served = await Served.StartAsync(shop.made, ""))
        {
            shop.Key = served.Key;
            await served.JsonAsync($"/v1/people/{Address(2)}/links", $$"""{"address": "{{Address(3)}}"}""");
            var links = new Dictionary<string, string>();
            foreach (var address in Enumerable.Range(0, People).Select(Address))
                links[address] = await served.LinkAsync(address);
            shop.Links = links;
            var verdicts = await served.VerdictsAsync([.. links.Keys]);
            shop.Mailable = [.. links.Keys.Where(address => verdicts[address] == "permitted")];
            await served.StopAsync();
        }
        if (shop.Mailable.Count < People * 3 / 4 || shop.Refusing.Intersect(shop.Mailable).Any())
            throw new InvalidOperationException(
                $"{shop.Mailable.Count} of {People} may be mailed at first: nothing can be shown with that"
            );
        return shop;
    }

    public void Dispose() => made.Dispose();

    static string Address(int number) => $"p{number:000}@example.com";

    void WriteFiles()
    {
        // Tomorrow: about a day that has passed the silence of a register counts on, whatever is lost today.
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        const string Signed = "signed: {by: dpo, on: 2025-01-05, reason: seen}";
        made.Write(
            "shop/sender.yaml",
            $$"""
            sender: lantern-ltd
            establishment: gb
            statutory_charity: no
            statements:
              - {says: offers-to-children, answer: no, since: 2024-01-01, {{Signed}}}
              - {says: refusals-complete, answer: yes, channels: [email], since: 2024-01-01, {{Signed}}}
              - {says: marketing-only-through-templates, answer: yes, since: 2024-01-01, {{Signed}}}
              - {says: sends-complete, answer: yes, since: 2024-01-01, {{Signed}}}
            """
        );
        made.Write(
            "shop/collection-points.yaml",
            $$"""
            points:
              checkout:
                - {version: checkout@1, from: 2024-01-01, refusal_offered: yes, refusal_simple: yes, refusal_free: yes, consent_asked: no, notice_named_marketing: yes,
                   notice_named_interest: yes, notice_given: yes, right_to_object_shown: yes, lawful: yes, details_given_anew: yes, wording: Tick if you want no offers, {{Signed}}}
            """
        );
        made.Write(
            "shop/templates.yaml",
            $$"""
            templates:
              newsletter:
                - {version: newsletter@1, sender: lantern-ltd, from: 2024-01-01, refusal_offered: yes, refusal_simple: yes, refusal_free: yes, sender_identified: yes,
                   stop_address_valid: yes, commercial_nature_clear: yes, states_right_to_object: yes, carries_privacy_notice: yes, tracking: none, {{Signed}}}
            """
        );
        made.Write("shop/product-map.yaml", $"map: map-1\nproducts: product-map.csv\n{Signed}\n");
        made.Write("shop/product-map.csv", "code,family,range\nC1,candles,homeware\n");
        made.Write(
            "shop/assessments.yaml",
            $$"""
            assessments:
              LIA-1: {sender: lantern-ltd, purpose_test: passed, necessity_test: passed, balancing_test: passed, channels: [email], audiences: [customers], families: all, countries: all,
                covers_profiling: no, covers_children: no, {{Signed}}, review_due: {{today.AddYears(1):yyyy-MM-dd}}}
            """
        );
        made.Write(
            "shop/campaigns/spring.yaml",
            $"""
            campaign: spring
            sender: lantern-ltd
            channel: email
            day: {today.AddDays(1):yyyy-MM-dd}
            template: newsletter
            topics: [homeware]
            families: [candles]
            third_party_content: no
            sole_purpose_charitable: no
            profiling: no
            special_category_targeting: no
            """
        );
        var people = new StringBuilder("address,country,subscriber,personal_data,business_capacity,minor\n");
        var orders = new StringBuilder("address,id,when,obtained_by,from,context,point,products,country,refused\n");
        var refusals = new StringBuilder("address,id,when,senders,channels,topics,kind,how,made_by\n");
        foreach (var (at, address) in Enumerable.Range(0, People).Select(Address).Append("erased@example.com").Index())
        {
            people.Append(address).Append(",gb,individual,yes,no,no\n");
            orders.Append(address).Append($",{at},2025-09-02T10:00+01:00,lantern-ltd,recipient,sale,checkout,C1,gb,no\n");
            if (at % 8 == 7)
                refusals.Append(address).Append($",stop-{at},2025-12-01T09:00+00:00,lantern-ltd,email,all,refusal,link,person\n");
        }
        made.Write("shop/people.csv", people.ToString());
        made.Write("shop/orders.csv", orders.ToString());
        made.Write("shop/refusals.csv", refusals.ToString());
    }
}
