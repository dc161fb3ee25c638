using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class AChangeOfAddressTests(Town town) : IClassFixture<Town>
{
    readonly Shop shop = town.Open();

    async Task<(Guid Ann, StartedSession Session)> AnnAsync()
    {
        var ann = await shop.AccountAsync("ann@old.example");
        return (ann, await shop.SignInAsync("ann@old.example"));
    }

    [Fact]
    public async Task Takes_effect_when_it_is_confirmed_and_not_before()
    {
        var (ann, session) = await AnnAsync();
        var link = (await shop.ChangeAsync(ann, "ann@new.example")).ShouldNotBeNull();
        (await shop.EmailAsync(ann)).ShouldBe("ann@old.example");
        (await shop.PendingAsync(ann)).ShouldNotBeNull().Address.Value.ShouldBe("ann@new.example");

        var change = (await shop.ConfirmAsync(link, session)).Change.ShouldNotBeNull();

        (change.AccountId, change.Before.Value, change.After.Value).ShouldBe((ann, "ann@old.example", "ann@new.example"));
        (await shop.EmailAsync(ann)).ShouldBe("ann@new.example");
        (await shop.PendingAsync(ann)).ShouldBeNull();
        (await shop.ConfirmAsync(link, session)).ShouldBe(new EmailConfirmed(null, null));
    }

    [Fact]
    public async Task Ends_the_other_sessions_and_all_that_was_on_its_way_to_the_account()
    {
        var (ann, session) = await AnnAsync();
        var phone = await shop.SignInAsync("ann@old.example");
        var letter = await shop.LetterAsync("ann@old.example");
        var reset = await shop.IssueAsync(OneTimePurpose.ResetPassword, ann);

        (await shop.ConfirmAsync((await shop.ChangeAsync(ann, "ann@new.example"))!, session)).Change.ShouldNotBeNull();

        (await shop.IsSignedInAsync(session)).ShouldBeTrue();
        (await shop.IsSignedInAsync(phone)).ShouldBeFalse();
        (await shop.StatusAsync(letter.Link)).ShouldBe(LinkStatus.Revoked);
        (await shop.StatusAsync(OneTimePurpose.ResetPassword, reset)).ShouldBe(LinkStatus.Revoked);
        (await shop.CountAsync("session", "ended_reason = 'email changed'")).ShouldBe(1);
    }

    [Fact]
    public async Task Finds_the_account_by_its_new_address_only()
    {
        var (ann, session) = await AnnAsync();
        await shop.ConfirmAsync((await shop.ChangeAsync(ann, "ann@new.example"))!, session);
        await shop.AskAsync("ann@old.example");
        (await shop.ResolveAsync()).ShouldHaveSingleItem().IsMailed.ShouldBeFalse();
        (await shop.SignInAsync("ann@new.example")).AccountId.ShouldBe(ann);
    }

    [Fact]
    public async Task Is_one_at_a_time_and_a_newer_one_ends_the_older()
    {
        var (ann, session) = await AnnAsync();
        var first = (await shop.ChangeAsync(ann, "ann@first.example"))!;
        (await shop.ChangeAsync(ann, "ann@first.example"))!.Value.ShouldBe(first.Value, "the same again keeps its link");
        var second = (await shop.ChangeAsync(ann, "ann@second.example"))!;

        (await shop.ConfirmAsync(first, session)).Change.ShouldBeNull();
        (await shop.ConfirmAsync(second, session)).Change.ShouldNotBeNull();
        (await shop.EmailAsync(ann)).ShouldBe("ann@second.example");
    }

    [Fact]
    public async Task Asked_for_many_times_at_once_leaves_one_and_each_link_means_the_address_it_was_mailed_to()
    {
        var (ann, session) = await AnnAsync();
        var links = await Town.AtOnceAsync(50, i => shop.ChangeAsync(ann, i % 2 == 0 ? "thief@new.example" : "victim@new.example"));

        (await shop.CountAsync("one_time_link", "purpose = 'ChangeEmail' and used_at is null and revoked_at is null")).ShouldBe(1);
        var pending = (await shop.PendingAsync(ann)).ShouldNotBeNull();
        var confirmed = await Town.AtOnceAsync(50, i => shop.ConfirmAsync(links[i]!, session));
        confirmed.Select(c => c.Change?.After.Value).Where(a => a is not null).ShouldHaveSingleItem().ShouldBe(pending.Address.Value);
        (await shop.EmailAsync(ann)).ShouldBe(pending.Address.Value);
    }

    [Fact]
    public async Task To_an_address_that_is_somebodys_is_refused_at_the_end_and_looks_the_same_until_then()
    {
        var (ann, session) = await AnnAsync();
        var bob = await shop.AccountAsync("bob@taken.example");
        var link = (await shop.ChangeAsync(ann, "bob@taken.example")).ShouldNotBeNull();
        (await shop.PendingAsync(ann)).ShouldNotBeNull();

        var (change, taken) = await shop.ConfirmAsync(link, session);

        change.ShouldBeNull();
        taken.ShouldNotBeNull().Address.Value.ShouldBe("bob@taken.example");
        (await shop.EmailAsync(ann)).ShouldBe("ann@old.example");
        (await shop.EmailAsync(bob)).ShouldBe("bob@taken.example");
        (await shop.PendingAsync(ann)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_accounts_to_one_address_at_once_one_wins()
    {
        var accounts = new List<(Guid Id, StartedSession Session, LinkToken Link)>();
        for (int i = 0; i < 10; i++)
        {
            var id = await shop.AccountAsync($"a{i}@old.example");
            accounts.Add((id, await shop.SignInAsync($"a{i}@old.example"), (await shop.ChangeAsync(id, "one@new.example"))!));
        }

        var confirmed = await Town.AtOnceAsync(10, i => shop.ConfirmAsync(accounts[i].Link, accounts[i].Session));

        confirmed.Count(c => c.Change is not null).ShouldBe(1);
        (await shop.CountAsync("account", "email = 'one@new.example'")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_confirmed_only_by_a_session_of_its_own_account_on_its_own_storefront()
    {
        var (ann, session) = await AnnAsync();
        await shop.AccountAsync("bob@old.example");
        var bob = await shop.SignInAsync("bob@old.example");
        var link = (await shop.ChangeAsync(ann, "ann@new.example"))!;

        (await shop.ConfirmAsync(link, bob)).ShouldBe(new EmailConfirmed(null, null));
        var sister = shop.Sister();
        await sister.AccountAsync("cat@old.example");
        (await sister.ConfirmAsync(link, await sister.SignInAsync("cat@old.example"))).Change.ShouldBeNull();
        (await shop.ConfirmAsync(link, session)).Change.ShouldNotBeNull();
    }

    [Fact]
    public async Task Waits_for_a_day_and_no_longer()
    {
        var (ann, session) = await AnnAsync();
        var link = (await shop.ChangeAsync(ann, "ann@new.example"))!;
        shop.Pass(EmailChanges.WaitsFor);
        (await shop.PendingAsync(ann)).ShouldBeNull();
        (await shop.ConfirmAsync(link, session)).Change.ShouldBeNull();
        (await shop.ChangeAsync(ann, "ann@new.example"))!.Value.ShouldNotBe(link.Value);
    }

    [Fact]
    public async Task Is_asked_for_only_so_often()
    {
        shop.Policy = SignInPolicy.New;
        var ann = await shop.AccountAsync("ann@old.example");
        for (int i = 0; i < shop.Policy.Limits.Address.Burst; i++) (await shop.ChangeAsync(ann, $"a{i}@new.example")).ShouldNotBeNull();
        (await shop.ChangeAsync(ann, "one-more@new.example")).ShouldBeNull();
        (await shop.AskAsync("one-more@new.example")).Outcome.ShouldBe(AskOutcome.Accepted, "nobody is kept from signing in by it");
    }
}
