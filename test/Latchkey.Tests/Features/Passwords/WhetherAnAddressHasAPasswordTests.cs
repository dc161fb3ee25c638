using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passwords;

public sealed class WhetherAnAddressHasAPasswordTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Wrong_unknown_unconfirmed_closed_and_pausing_are_the_same_answer()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "wrong@same.example");
        await portal.AccountWithPasswordAsync(storefront, "unproven@same.example", state: "unproven", by: "import");
        await portal.AccountWithPasswordAsync(storefront, "closed@same.example", state: "disabled");
        await portal.AccountAsync(storefront, "without@same.example");
        await portal.AccountWithPasswordAsync(storefront, "paused@same.example");
        using (var attacker = portal.Visit(storefront))
            for (int i = 0; i < 5; i++) await attacker.TypeAsync("paused@same.example", "wrong");

        var seen = new List<string>();
        foreach (var (address, password) in new[]
        {
            ("wrong@same.example", "wrong"), ("unknown@same.example", Fernhill.Password), ("unproven@same.example", "wrong"), ("closed@same.example", Fernhill.Password),
            ("without@same.example", ""), ("paused@same.example", Fernhill.Password),
        })
        {
            using var visit = portal.Visit(storefront);
            seen.Add(Fernhill.Print(await visit.TypeAsync(address, password), address));
        }

        seen.Distinct().ShouldHaveSingleItem();
        seen[0].ShouldContain("Incorrect email or password");
        seen[0].ShouldContain("After 5 wrong passwords in a row, signing in by password pauses for 15 minutes. A sign-in link works all the time.");
    }

    [Theory]
    [InlineData("register")]
    [InlineData("forgot-password")]
    [InlineData("confirm?handler=Again")]
    public async Task Asking_for_a_mail_answers_the_same_for_every_address(string page)
    {
        var storefront = await portal.FernhillAsync();
        var seen = new List<(string, string)>();
        await portal.AccountWithPasswordAsync(storefront, "proven@ask.example");
        await portal.AccountWithPasswordAsync(storefront, "closed@ask.example", state: "disabled");
        await portal.AccountAsync(storefront, "unproven@ask.example", state: "unproven");
        foreach (var address in new[] { "proven@ask.example", "closed@ask.example", "unproven@ask.example", "unknown@ask.example" })
        {
            using var visit = portal.Visit(storefront);
            var asked = await visit.PostAsync($"/portal/{page}", ("full_name", "Ann"), ("email", address), ("password", Fernhill.Password));
            seen.Add((Fernhill.Print(asked, address), Fernhill.Print(await visit.GetAsync(asked.Location!), address)));
        }
        seen.Distinct().ShouldHaveSingleItem();
        seen[0].Item2.ShouldContain("Check your mail");
    }
}
