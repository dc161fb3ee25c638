using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

/// <summary>What was typed: an address or a number, and what is kept of it.</summary>
public sealed class ANameTests(Town town) : IClassFixture<Town>
{
    readonly Shop shop = town.Open(SignInPolicy.Subscription with { Limits = SignInLimits.Off });

    [Fact]
    public async Task That_is_a_number_finds_its_account_and_both_channels_are_told()
    {
        var ann = await shop.AccountAsync("ann@example.com", phone: "+15550140");
        await shop.AskAsync("+1 555 0140");
        var resolved = (await shop.ResolveAsync()).Single();
        (resolved.AccountId, resolved.Email, resolved.Phone, resolved.IsMailed).ShouldBe((ann, "ann@example.com", "+15550140", true));
    }

    [Fact]
    public async Task That_is_a_number_several_share_finds_the_account_that_was_used_last()
    {
        await shop.AccountAsync("old@example.com", phone: "+15550141");
        var used = await shop.AccountAsync("new@example.com", phone: "+15550141");
        await shop.AccountAsync("closed@example.com", "disabled", phone: "+15550141");
        await shop.SignInAsync("new@example.com");
        await shop.AskAsync("+15550141");
        (await shop.ResolveAsync()).Single().AccountId.ShouldBe(used);
    }

    [Fact]
    public async Task Is_kept_encrypted_and_counted_by_its_fingerprint()
    {
        await using var other = new Town();
        await other.InitializeAsync();
        var quiet = other.Open(SignInPolicy.New);
        var browser = BrowserSecret.Create();
        await quiet.AskAsync("Secret.Person+tag@hidden.example", browser);
        await quiet.ResolveAsync();

        foreach (string table in new[] { "sign_in_request", "throttle" })
            (await other.DumpAsync(table)).ShouldNotContain("hidden", Case.Insensitive);
        (await quiet.CountAsync("sign_in_request", $"name_hash = '{other.Key.Fingerprint("secret.person+tag@hidden.example")}'")).ShouldBe(1);
        (await quiet.WaitingAsync(browser)).ShouldNotBeNull().Shown.ShouldBe("Secret.Person+tag@hidden.example");
    }

    [Fact]
    public async Task First_proven_takes_away_what_was_set_before_it_unless_the_business_imported_it()
    {
        await shop.AccountAsync("planted@example.com", "unproven", "+15550142", passwordBy: "customer");
        await shop.AccountAsync("imported@example.com", "unproven", "+15550143", passwordBy: "import");
        foreach (string address in new[] { "planted@example.com", "imported@example.com" })
        {
            var letter = await shop.LetterAsync(address);
            (await shop.RedeemAsync(letter.Link)).Session.ShouldNotBeNull().IsFirstProof.ShouldBeTrue();
        }
        (await shop.CountAsync("account", $"email = 'planted@example.com' and password_hash is null and phone is null and full_name is null and state = 'proven'")).ShouldBe(1);
        (await shop.CountAsync("account", $"email = 'imported@example.com' and password_hash = 'hash' and phone is not null and state = 'proven'")).ShouldBe(1);
        shop.Seconds(1);
        (await shop.SignInAsync("imported@example.com")).IsFirstProof.ShouldBeFalse();
    }

    [Theory]
    [InlineData("/portal/account", "/portal/account")]
    [InlineData("/portal", "/portal")]
    [InlineData("/portal/billing?filter=pending", "/portal/billing?filter=pending")]
    [InlineData("//evil.example", null)]
    [InlineData("/portal//evil.example", null)]
    [InlineData("/portal/../admin", null)]
    [InlineData("/portal/\\evil", null)]
    [InlineData("/portalx", null)]
    [InlineData("https://evil.example/portal", null)]
    [InlineData("/portal/%2f%2fevil", null)]
    [InlineData("/portal/\r\nSet-Cookie: a=b", null)]
    public async Task Leads_back_to_a_page_of_the_portal_and_nowhere_else(string wanted, string? kept)
    {
        ReturnPath.Read(wanted)?.Value.ShouldBe(kept);
        string address = $"{Guid.NewGuid():n}@example.com";
        await shop.AccountAsync(address);
        await shop.AskAsync(address, returnTo: wanted);
        var letter = (await shop.PostAsync()).Single(l => l.To == address);
        (await shop.RedeemAsync(letter.Link)).Session.ShouldNotBeNull().ReturnTo?.Value.ShouldBe(kept);
    }
}
