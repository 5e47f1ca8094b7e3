using System.Text.RegularExpressions;

namespace MaySend.Acceptance;

/// <summary>
/// A party's mail about a vote, screened by the program: who agreed to political advertising, who is a member, who only reads its news.
/// </summary>
public sealed class PoliticalTests
{
    const string Signed = "signed: {by: data protection officer, on: 2026-01-12, reason: checked}";

    const string Consent =
        ",2026-06-01T10:00+00:00,river-party,email,party-news,unticked-box,no,yes,yes,yes,form and log,sender,2026-06-01T10:05+00:00,no,";

    [Fact]
    public async Task A_party_may_mail_its_members_and_who_agreed_to_political_advertising_but_not_the_readers_of_its_news()
    {
        using var party = Party("political: yes\nfurther_selected: no");
        var rows = await ScreenAsync(party);
        rows["voter@example.com"].ShouldBe("permitted");
        rows["member@example.com"].ShouldBe("permitted");
        rows["reader@example.com"].ShouldNotBe("permitted");
        // The Regulation also speaks of messages that are directed at citizens of the Union elsewhere, and this party writes from Ireland.
        rows["abroad@example.com"].ShouldNotBe("permitted");
    }

    [Fact]
    public async Task A_party_that_selects_among_its_members_needs_their_consent_to_political_advertising()
    {
        using var party = Party("political: yes\nfurther_selected: yes");
        var rows = await ScreenAsync(party);
        rows["member@example.com"].ShouldNotBe("permitted");
        rows["voter@example.com"].ShouldBe("permitted");
    }

    [Fact]
    public async Task The_same_mail_that_is_not_political_goes_to_all_who_agreed_to_it()
    {
        using var party = Party("sole_purpose_charitable: no\nfamilies: [mugs]");
        (await ScreenAsync(party)).Values.ShouldAllBe(verdict => verdict == "permitted");
    }

    [Fact]
    public async Task The_answer_says_what_kind_of_consent_is_missing()
    {
        using var party = Party("political: yes\nfurther_selected: no");
        var ended = await Maysend.RunAsync("ask", "reader@example.com", "--in", party.FullName, "--campaign", "vote", "--full");
        var said = Regex.Replace(ended.Said, @"\s+", " ");
        said.ShouldContain("Regulation 2024/900 Art 18");
        said.ShouldContain("expressly, and separately, for political advertising");
    }

    static Folder Party(string campaign)
    {
        var folder = new Folder();
        folder.Write(
            "sender.yaml",
            $$"""
            sender: river-party
            establishment: ie
            statutory_charity: no
            trade: non-profit
            topics: [party-news]
            {{Signed}}
            statements:
              - {says: offers-to-children, answer: no, since: 2024-01-01, {{Signed}}}
              - {says: refusals-complete, answer: yes, channels: [email], since: 2024-01-01, {{Signed}}}
              - {says: marketing-only-through-templates, answer: yes, since: 2024-01-01, {{Signed}}}
              - {says: sends-complete, answer: yes, since: 2024-01-01, {{Signed}}}

            """
        );
        folder.Write(
            "templates.yaml",
            $$"""
            templates:
              letter:
                - {version: letter-1, {{Signed}}, sender: river-party, channel: email, from: 2026-01-01, refusal_offered: yes,
                   refusal_simple: yes, refusal_free: yes, sender_identified: yes, stop_address_valid: yes, commercial_nature_clear: yes,
                   states_right_to_object: yes, carries_privacy_notice: yes, tracking: none, labels: [political-advertisement]}

            """
        );
        folder.Write(
            "campaigns/vote.yaml",
            $$"""
            campaign: vote
            sender: river-party
            channel: email
            day: 2026-11-24
            template: letter
            topics: [party-news]
            third_party_content: no
            profiling: no
            special_category_targeting: no
            {{campaign}}

            """
        );
        folder.Write(
            "people.csv",
            """
            address,country,subscriber,address_kind,personal_data,business_capacity
            voter@example.com,ie,individual,named,yes,no
            reader@example.com,ie,individual,named,yes,no
            member@example.com,nl,individual,named,yes,no
            abroad@example.com,gb,individual,named,yes,no

            """
        );
        folder.Write(
            "consents.csv",
            $"""
            address,id,when,to,channels,topics,act,condition_of_service,informed,separate_request,told_of_withdrawal,wording,obtained_through,confirmed,purpose_ended,covers_political
            voter@example.com,c1{Consent}yes
            reader@example.com,c2{Consent}
            member@example.com,c3{Consent}
            abroad@example.com,c4{Consent}

            """
        );
        folder.Write(
            "collections.csv",
            "address,id,when,obtained_by,from,context\nmember@example.com,m1,2026-06-01T10:00+00:00,river-party,recipient,membership\n"
        );
        folder.Write("refusals.csv", "address,id,when,senders,channels,topics,kind,how,made_by\n");
        folder.Write("sends.csv", "address,id,when,sender,channel,marketing,template\n");
        return folder;
    }

    static async Task<Dictionary<string, string>> ScreenAsync(Folder party)
    {
        using var output = new Folder();
        var ended = await Maysend.RunAsync("screen", "--in", party.FullName, "--campaign", "vote", "--out", output.FullName);
        ended.Status.ShouldBe(0, ended.Said);
        return new[] { "permitted", "not-shown", "refused" }
            .SelectMany(name =>
                File.ReadLines(Path.Combine(output.FullName, $"{name}.csv")).Skip(1).Select(line => (Address: line.Split(',')[0], name))
            )
            .ToDictionary(row => row.Address, row => row.name);
    }
}
