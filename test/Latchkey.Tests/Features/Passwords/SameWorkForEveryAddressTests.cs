using Latchkey.Features.Passwords;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Passwords;

/// <summary>The server with a hasher that counts.</summary>
public sealed class PortalWithCountedHashes : Portal
{
    internal CountingHasher Hashes { get; } = new();

    protected override void Adjust(IServiceCollection services) => services.AddSingleton<IPasswordHasher>(Hashes);
}

internal sealed class CountingHasher : IPasswordHasher
{
    private readonly KnownHasher hasher = new(new FrameworkHasher(rounds: 2000));
    private int hashed, compared;

    /// <summary>How many since the last look.</summary>
    public (int Hashed, int Compared) Take() => (Interlocked.Exchange(ref hashed, 0), Interlocked.Exchange(ref compared, 0));

    public string Hash(string password)
    {
        Interlocked.Increment(ref hashed);
        return hasher.Hash(password);
    }

    public PasswordMatch Verify(string hash, string password)
    {
        Interlocked.Increment(ref compared);
        return hasher.Verify(hash, password);
    }
}

/// <summary>
/// What takes the time is the hash: it is counted, not measured, for a measure on a busy machine proves nothing. See also
/// <see cref="WhetherAnAddressHasAPasswordTests"/> for what the answers say.
/// </summary>
public sealed class SameWorkForEveryAddressTests(PortalWithCountedHashes portal) : IClassFixture<PortalWithCountedHashes>
{
    [Fact]
    public async Task One_hash_is_compared_and_none_is_made_whatever_the_address_is()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "wrong@work.example");
        await portal.AccountWithPasswordAsync(storefront, "unproven@work.example", state: "unproven", by: "import");
        await portal.AccountWithPasswordAsync(storefront, "closed@work.example", state: "disabled");
        await portal.AccountAsync(storefront, "without@work.example");
        await portal.AccountWithPasswordAsync(storefront, "paused@work.example");
        using var eve = portal.Visit(storefront);
        for (int i = 0; i < 5; i++) await eve.TypeAsync("paused@work.example", "wrong");

        foreach (var (address, password) in new[]
        {
            ("unknown@work.example", Fernhill.Password), // first: also the first of all unknown ones makes none
            ("wrong@work.example", "wrong"), ("unproven@work.example", "wrong"), ("unproven@work.example", Fernhill.Password),
            ("closed@work.example", Fernhill.Password), ("without@work.example", ""), ("paused@work.example", Fernhill.Password), ("paused@work.example", "wrong"),
        })
        {
            portal.Hashes.Take();
            await eve.TypeAsync(address, password);
            portal.Hashes.Take().ShouldBe((0, 1), address);
        }
    }

    [Theory]
    [InlineData("taken@work.example")]
    [InlineData("free@work.example")]
    public async Task Registering_makes_one_hash_whether_the_address_is_taken_or_free(string address)
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "taken@work.example");
        using var eve = portal.Visit(storefront);
        portal.Hashes.Take();

        await eve.RegisterAsync(address, Fernhill.Other);

        await portal.SettleAsync();
        portal.Hashes.Take().ShouldBe((1, 0));
    }

    [Theory]
    [InlineData("taken@work.example")]
    [InlineData("free@work.example")]
    public async Task Asking_for_a_new_password_makes_and_compares_none(string address)
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "taken@work.example");
        using var eve = portal.Visit(storefront);
        portal.Hashes.Take();

        await eve.ForgetAsync(address);

        await portal.SettleAsync();
        portal.Hashes.Take().ShouldBe((0, 0));
    }
}
