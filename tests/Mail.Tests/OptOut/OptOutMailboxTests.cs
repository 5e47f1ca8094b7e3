using System.Text;
using CsCheck;
using MaySend.Mail.OptOut;

namespace MaySend.Mail.Tests.OptOut;

public class OptOutMailboxTests
{
    static readonly OptOutKeyRing Ring = Rings.One();

    static readonly Gen<(OptOutMailbox Mailbox, uint Tenant)> Mailboxes = Gen.Select(Gen.ULong, Gen.ULong, Gen.UInt, Gen.UInt)
        .Select((high, low, scope, tenant) => (new OptOutMailbox(new UInt128(high, low), scope), tenant));

    [Fact]
    public void A_mailbox_reads_back_as_it_was_written_in_any_case_of_letters() =>
        Mailboxes.Sample(sample =>
        {
            var local = sample.Mailbox.ToLocalPart(sample.Tenant, Ring, Rings.Clock());
            return OptOutMailbox.TryRead(local, sample.Tenant, Ring, out var read)
                && read == sample.Mailbox
                && OptOutMailbox.TryRead(local.ToUpperInvariant(), sample.Tenant, Ring, out read)
                && read == sample.Mailbox;
        });

    [Fact]
    public void A_mailbox_is_sixty_characters_that_no_host_changes() =>
        Mailboxes.Sample(sample =>
        {
            var local = sample.Mailbox.ToLocalPart(sample.Tenant, Ring, Rings.Clock());
            return local.Length == 60 && local.All(c => c is (>= 'a' and <= 'z') or (>= '2' and <= '7'));
        });

    [Fact]
    public void A_mailbox_of_another_tenant_is_refused() =>
        Mailboxes.Sample(sample =>
            !OptOutMailbox.TryRead(
                sample.Mailbox.ToLocalPart(sample.Tenant, Ring, Rings.Clock()),
                unchecked(sample.Tenant + 1),
                Ring,
                out _
            )
        );

    [Fact]
    public void Any_other_character_of_a_mailbox_is_refused()
    {
        var local = new OptOutMailbox(42, 3).ToLocalPart(1, Ring, Rings.Clock());
        for (var i = 0; i < local.Length; i++)
            foreach (var c in "abcdefghijklmnopqrstuvwxyz234567".Where(c => c != local[i]))
                OptOutMailbox.TryRead(new StringBuilder(local) { [i] = c }.ToString(), 1, Ring, out _).ShouldBeFalse($"{i} {c}");
    }

    [Fact]
    public void A_link_token_is_no_mailbox_under_the_same_key()
    {
        var link = new OptOutToken(1, 42, 3, 99, new(2026, 3, 3)).ToLink(Ring, Rings.Clock());
        OptOutMailbox.TryRead(link, 1, Ring, out _).ShouldBeFalse();
    }
}
