using System.Net;
using MaySend.Console.Access;

namespace MaySend.Console.Tests;

public sealed class SignInTests(Site site)
{
    [Fact]
    public async Task A_browser_that_was_signed_in_before_is_not_shut_out_by_strangers_who_lock_the_name()
    {
        await site.AddUserAsync("besieged", Role.Auditor);
        using var owner = Visitor.New(site.Url);
        (await owner.TryAsync("besieged", Site.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var stranger = Visitor.New(site.Url);
        for (var tries = 0; tries < 6; tries++)
            (await stranger.TryAsync("besieged", "wrong password")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await stranger.TryAsync("besieged", Site.Password)).StatusCode.ShouldBe(HttpStatusCode.OK, "locked for whoever comes anew");
        (await owner.TryAsync("besieged", "wrong password")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await owner.TryAsync("besieged", Site.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("password1234", false)]
    [InlineData("qwertyuiop12", false)]
    [InlineData("aaaaaaaaaaaa", false)]
    [InlineData("administrator", false)]
    [InlineData("besieged2026", false)]
    [InlineData("seven green lanterns", true)]
    [InlineData("kV9!tq27_wmBz", true)]
    public async Task A_password_that_is_guessed_first_is_refused(string password, bool isTaken) =>
        (await new GuessedPasswords().ValidateAsync(null!, new ConsoleUser { Name = "besieged" }, password)).Succeeded.ShouldBe(isTaken);
}
