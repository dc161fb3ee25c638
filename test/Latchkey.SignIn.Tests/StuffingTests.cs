using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

/// <summary>Lists of stolen passwords, and one password tried at everybody: each from an address of its own, so that no brake on those helps.</summary>
public sealed class StuffingTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Five_thousand_pairs_from_five_thousand_places_meet_the_brake_of_the_storefront()
    {
        var shop = town.Open(SignInPolicy.Password);
        await shop.AccountWithPasswordAsync("customer7@example.com");
        int compared = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, 5000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var tried = await shop.CountPasswordAsync($"customer{i}@example.com", $"10.{i / 250}.{i % 250}.1");
            if (tried.LimitedUntil is null) Interlocked.Increment(ref compared);
        });

        compared.ShouldBe(shop.Policy.Limits.PasswordStorefront.Burst);
        shop.Seconds(1);
        (await shop.CountPasswordAsync("customer7@example.com", "192.0.2.1")).LimitedUntil.ShouldBeNull(); // one a second goes on: nobody is locked out for good
    }

    [Fact]
    public async Task Many_passwords_for_one_account_from_many_places_are_compared_as_often_as_the_policy_has_tries()
    {
        var shop = town.Open(SignInPolicy.Password);
        await shop.AccountWithPasswordAsync("ann@example.com");
        var tries = await Town.AtOnceAsync(300, i => shop.CountPasswordAsync("ann@example.com", $"10.0.{i}.1"));

        tries.Count(t => t.Hash is not null).ShouldBe(shop.Policy.PasswordTries);
        tries.Count(t => t.LimitedUntil is null).ShouldBe(shop.Policy.Limits.Password.Burst);
    }
}
