using System.CommandLine;
using System.Globalization;
using MaySend.Cli.Commands;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Import;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend domains</c>: domains whose every address gets no marketing.</summary>
static class DomainsCommand
{
    public static Command Make() =>
        new("domains", "Domains at which no address gets marketing, subdomains included; `maysend imports agree` ends a rule.")
        {
            List(),
            Refuse(),
            TakeBack(),
        };

    static Command List()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var command = new Command("list", "The rules in force.") { data, keys };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                foreach (var rule in await new RefusedDomains(store.Evidence).AllAsync(cancellation))
                    Console.WriteLine($"{rule.Id}  since {rule.On:yyyy-MM-dd}, {rule.How}");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Refuse()
    {
        var (domain, data, keys, by) = (Domain(), StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var how = new Option<string>("--how") { Description = "how it reached you: phone, letter, reply, decision", Required = true };
        var though = new Option<bool>("--though-public") { Description = "even if the domain gives mailboxes to the public" };
        var command = new Command("refuse", "Refuse every address at a domain; says how many addresses on record that stops.")
        {
            domain,
            how,
            though,
            data,
            keys,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var name = Read(parsed.GetValue(domain)!);
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var domains = new RefusedDomains(store.Evidence);
                var count = await domains.CountAsync(name, cancellation);
                var hit = string.Create(CultureInfo.InvariantCulture, $"{Amount.Of(count, "address", "addresses")} on record");
                if (MailDomains.IsPublic(name) && !parsed.GetValue(though))
                    return CommandFailures.NotDone(
                        $"{name} gives mailboxes to the public, and {hit} are there; --though-public refuses them all"
                    );
                var isNew = await domains.RefuseAsync(name, parsed.GetValue(how)!, Actor.Runner(parsed.GetValue(by)!), cancellation);
                Console.WriteLine($"{(isNew ? "refused" : "refused already")}: every address of {name} ({hit})");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command TakeBack()
    {
        var (domain, data, keys, by) = (Domain(), StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var reason = new Option<string>("--reason") { Description = "why", Required = true };
        var command = new Command("take-back", "Propose to end a rule; nothing changes until somebody else agrees.")
        {
            domain,
            reason,
            data,
            keys,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var name = Read(parsed.GetValue(domain)!);
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var actor = Actor.Runner(parsed.GetValue(by)!);
                if (
                    await new TakingBack(store.Evidence).ProposeDomainAsync(name, parsed.GetValue(reason)!, actor, cancellation)
                    is not { } proposal
                )
                    return CommandFailures.NotDone($"no rule is in force for {name}");
                Console.WriteLine($"proposed; nothing changes until somebody else agrees: maysend imports agree {proposal.Id} --by NAME");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static string Read(string text) =>
        (text.Contains('@', StringComparison.Ordinal) ? MailDomains.Whole(text) : MailDomains.Of(text))
        ?? throw new BadInputException(new Place(text), "is not a domain", "firm.example, @firm.example or *@firm.example");

    static Argument<string> Domain() => new("domain") { Description = "firm.example, @firm.example or *@firm.example" };
}
