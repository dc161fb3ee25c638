using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class APasswordTests(Town town) : IClassFixture<Town>
{
    readonly Shop shop = town.Open(SignInPolicy.Password with { Limits = SignInLimits.Off });

    [Fact]
    public async Task Is_compared_no_more_often_than_the_policy_allows_however_many_try_at_once()
    {
        await shop.AccountWithPasswordAsync("ann@example.com");

        var tries = await Town.AtOnceAsync(200, _ => shop.CountPasswordAsync("ann@example.com"));

        tries.Count(t => t.Hash is not null).ShouldBe(shop.Policy.PasswordTries);
        (await shop.CountPasswordAsync("ann@example.com")).Hash.ShouldBeNull();
        shop.Minutes(14.9);
        (await shop.CountPasswordAsync("ann@example.com")).Hash.ShouldBeNull();
        shop.Minutes(0.1);
        (await shop.CountPasswordAsync("ann@example.com")).Hash.ShouldNotBeNull();
    }

    [Fact]
    public async Task That_is_right_ends_the_count()
    {
        var ann = await shop.AccountWithPasswordAsync("ann@example.com");
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < shop.Policy.PasswordTries; i++) (await shop.CountPasswordAsync("ann@example.com")).Hash.ShouldBe("hash");
            (await shop.RightPasswordAsync(ann, "hash")).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Wrong_a_hundred_times_over_all_pauses_waits_for_a_new_one()
    {
        await shop.AccountWithPasswordAsync("ann@example.com");
        int compared = 0;
        for (int day = 0; day < 40; day++)
        {
            for (int i = 0; i < 6; i++) compared += (await shop.CountPasswordAsync("ann@example.com")).Hash is null ? 0 : 1;
            shop.Pass(TimeSpan.FromDays(1));
        }

        compared.ShouldBe(AccountPasswords.MostFailuresInARow);
    }

    [Fact]
    public async Task Changed_while_it_was_compared_signs_nobody_in()
    {
        var ann = await shop.AccountWithPasswordAsync("ann@example.com");
        var tried = await shop.CountPasswordAsync("ann@example.com");
        await shop.SetPasswordAsync(ann, "a new hash");

        (await shop.RightPasswordAsync(ann, tried.Hash!)).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_an_account_that_is_closed_or_elsewhere_is_not_compared()
    {
        var ann = await shop.AccountWithPasswordAsync("ann@example.com");
        (await shop.Sister().CountPasswordAsync("ann@example.com")).Hash.ShouldBeNull();
        foreach (string state in new[] { "disabled", "merged" })
        {
            await shop.StateAsync(ann, state);
            (await shop.CountPasswordAsync("ann@example.com")).Hash.ShouldBeNull();
        }
        (await shop.CountPasswordAsync("nobody@example.com")).Hash.ShouldBeNull();
    }

    [Fact]
    public async Task Is_braked_per_address_per_network_and_per_storefront_known_or_not()
    {
        foreach (var limits in new[]
        {
            SignInLimits.Off with { Password = new(3, TimeSpan.FromMinutes(1)) },
            SignInLimits.Off with { PasswordIp = new(3, TimeSpan.FromMinutes(1)) },
            SignInLimits.Off with { PasswordStorefront = new(3, TimeSpan.FromMinutes(1)) },
        })
        {
            var braked = town.Open(SignInPolicy.Password with { Limits = limits });
            for (int i = 0; i < 3; i++) (await braked.CountPasswordAsync("nobody@example.com")).LimitedUntil.ShouldBeNull();
            (await braked.CountPasswordAsync("nobody@example.com")).LimitedUntil.ShouldBe(braked.Now.AddMinutes(1));
        }
    }

    [Theory]
    [InlineData("correct horse battery", null)]
    [InlineData("elf zeichen", PasswordProblem.TooShort)]
    [InlineData("🐎🐎🐎🐎🐎🐎", PasswordProblem.TooShort)]
    [InlineData("P@ssw0rd!2026", PasswordProblem.Common)]
    [InlineData("passwordpassword", PasswordProblem.Repeated)]
    [InlineData("...sunshine1999...", PasswordProblem.Common)]
    [InlineData("i-l-o-v-e-y-o-u-f-o-r-e-v-e-r", PasswordProblem.Common)]
    [InlineData("123456789012345", PasswordProblem.Sequence)]
    [InlineData("zyxwvutsrqponm", PasswordProblem.Sequence)]
    [InlineData("1qaz2wsx3edc4rfv", PasswordProblem.Sequence)]
    [InlineData("aaaaaaaaaaaab", PasswordProblem.Repeated)]
    [InlineData("ann.archer@example.com", PasswordProblem.Personal)]
    [InlineData("annarcher2026", PasswordProblem.Personal)]
    [InlineData("Fernhill-Water-1", PasswordProblem.Personal)]
    [InlineData("ann likes seven lemons", null)]
    [InlineData("пароль из четырёх слов", null)]
    public void Is_judged_by_how_easily_it_is_guessed(string password, PasswordProblem? problem) =>
        PasswordRules.Judge(PasswordText.Normalize(password), SignInPolicy.Password, "Fernhill Water", "ann.archer@example.com", "Ann Archer").ShouldBe(problem);

    [Fact]
    public void May_have_128_characters_of_any_kind_and_not_one_more()
    {
        string longest = string.Concat(Enumerable.Range(0, 128).Select(i => char.ConvertFromUtf32(0x1F400 + i)));
        PasswordRules.Judge(longest, SignInPolicy.Password).ShouldBeNull();
        PasswordRules.Judge(longest + "x", SignInPolicy.Password).ShouldBe(PasswordProblem.TooLong);
    }

    [Fact]
    public void Has_one_spelling_whatever_the_keyboard()
    {
        PasswordText.Normalize("e\u0301te\u0301").ShouldBe("été");
        PasswordText.Normalize(" two  spaces ").ShouldBe(" two  spaces ");
        PasswordText.Normalize("half \ud83d").ShouldBe("half \ufffd");
    }
}
