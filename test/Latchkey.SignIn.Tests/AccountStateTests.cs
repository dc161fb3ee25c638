using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class AnAccountTests(Town town) : IClassFixture<Town>
{
    readonly Shop shop = town.Open();

    /// <summary>Everything an account can have lying around.</summary>
    async Task<(Guid Account, StartedSession Session, Letter Letter, LinkToken Reset, LinkToken Undo)> FurnishedAsync(string email)
    {
        var account = await shop.AccountAsync(email);
        var session = await shop.SignInAsync(email);
        var letter = await shop.LetterAsync(email);
        return (account, session, letter, await shop.IssueAsync(OneTimePurpose.ResetPassword, account), await shop.IssueAsync(OneTimePurpose.UndoEmail, account, email));
    }

    async Task ShouldBeDeadAsync((Guid Account, StartedSession Session, Letter Letter, LinkToken Reset, LinkToken Undo) of)
    {
        (await shop.IsSignedInAsync(of.Session)).ShouldBeFalse();
        (await shop.RedeemAsync(of.Letter.Link)).Session.ShouldBeNull();
        (await shop.UseAsync(OneTimePurpose.ResetPassword, of.Reset)).ShouldBeNull();
        (await shop.UndoAsync(of.Undo)).ShouldBeNull();
    }

    [Fact]
    public async Task That_is_disabled_lets_nobody_in_and_what_was_ended_stays_ended_when_it_is_enabled()
    {
        var ann = await FurnishedAsync("ann@example.com");
        (await shop.DisableAsync(ann.Account)).ShouldBeTrue();
        (await shop.DisableAsync(ann.Account)).ShouldBeFalse();
        await ShouldBeDeadAsync(ann);
        (await shop.StartAsync(ann.Account)).ShouldBeNull();
        await shop.AskAsync("ann@example.com");
        (await shop.PostAsync()).ShouldBeEmpty();

        (await shop.EnableAsync(ann.Account)).ShouldBeTrue();
        (await shop.EnableAsync(ann.Account)).ShouldBeFalse();
        await ShouldBeDeadAsync(ann);
        (await shop.StateAsync(ann.Account)).ShouldBe("proven");
        (await shop.SignInAsync("ann@example.com")).AccountId.ShouldBe(ann.Account);
    }

    [Fact]
    public async Task That_was_never_proven_is_not_proven_by_enabling_it()
    {
        var ann = await shop.AccountAsync("ann@unproven.example", "unproven");
        await shop.DisableAsync(ann);
        await shop.EnableAsync(ann);
        (await shop.StateAsync(ann)).ShouldBe("unproven");
    }

    [Fact]
    public async Task That_is_reset_begins_anew_with_its_address()
    {
        var ann = await FurnishedAsync("ann@reset.example");
        await town.ExecuteAsync("update account set password_hash = 'x', password_set_at = @Now, phone = '+15550001111' where organization_id = @OrganizationId and id = @Account",
            new { shop.Now, shop.Key.OrganizationId, ann.Account });

        await shop.PasskeyRowAsync(ann.Account);
        (await shop.ResetAsync(ann.Account)).ShouldBeTrue();

        (await shop.CountAsync("passkey")).ShouldBe(0);
        await ShouldBeDeadAsync(ann);
        (await shop.StateAsync(ann.Account)).ShouldBe("unproven");
        (await shop.CountAsync("account", "(password_hash is not null or phone is not null or proven_at is not null)")).ShouldBe(0);
        (await shop.SignInAsync("ann@reset.example")).AccountId.ShouldBe(ann.Account);
        (await shop.StateAsync(ann.Account)).ShouldBe("proven");
        await ShouldBeDeadAsync(ann);
    }

    [Fact]
    public async Task That_was_merged_leads_to_the_other_by_its_address_and_by_nothing_else()
    {
        var (work, home) = (await FurnishedAsync("ann@work.example"), await FurnishedAsync("ann@home.example"));
        await shop.PasskeyRowAsync(work.Account);
        await shop.PasskeyRowAsync(home.Account);
        (await shop.MergeAsync(work.Account, home.Account)).ShouldBeTrue();

        (await shop.CountAsync("passkey")).ShouldBe(2); // kept for an undo
        (await shop.StartAsync(work.Account)).ShouldBeNull();
        await ShouldBeDeadAsync(work);
        await ShouldBeDeadAsync(home);
        (await shop.MergeAsync(work.Account, home.Account)).ShouldBeFalse();
        (await shop.MergeAsync(home.Account, work.Account)).ShouldBeFalse();
        (await shop.EnableAsync(work.Account)).ShouldBeFalse();
        (await shop.ResetAsync(work.Account)).ShouldBeFalse();

        var letter = await shop.LetterAsync("ann@work.example");
        letter.To.ShouldBe("ann@home.example");
        (await shop.RedeemAsync(letter.Link)).Session.ShouldNotBeNull().AccountId.ShouldBe(home.Account);
    }

    [Fact]
    public async Task That_was_merged_gives_its_address_back_to_the_one_it_became()
    {
        var (work, home) = (await shop.AccountAsync("bob@work.example"), await shop.AccountAsync("bob@home.example"));
        await shop.MergeAsync(work, home);
        var session = await shop.SignInAsync("bob@home.example");

        (await shop.ConfirmAsync((await shop.ChangeAsync(home, "bob@work.example"))!, session)).Change.ShouldNotBeNull();

        (await shop.EmailAsync(home)).ShouldBe("bob@work.example");
        (await shop.SignInAsync("bob@work.example")).AccountId.ShouldBe(home);
    }

    [Fact]
    public async Task Is_never_merged_in_a_circle_however_many_try_at_once()
    {
        var (one, two) = (await shop.AccountAsync("one@circle.example"), await shop.AccountAsync("two@circle.example"));
        (await Town.AtOnceAsync(20, i => i % 2 == 0 ? shop.MergeAsync(one, two) : shop.MergeAsync(two, one))).Count(merged => merged).ShouldBe(1);
        (await shop.CountAsync("account", "email like '%@circle.example' and state = 'merged'")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_not_merged_into_itself_a_closed_one_or_another_storefronts()
    {
        var (one, closed) = (await shop.AccountAsync("one@merge.example"), await shop.AccountAsync("closed@merge.example", "disabled"));
        var other = await shop.Sister().AccountAsync("one@merge.example");
        foreach (var into in new[] { one, closed, other, Guid.NewGuid() }) (await shop.MergeAsync(one, into)).ShouldBeFalse();
        (await shop.StateAsync(one)).ShouldBe("proven");
        (await shop.Sister().DisableAsync(one)).ShouldBeFalse();
        (await shop.Sister().ResetAsync(one)).ShouldBeFalse();
    }

    [Fact]
    public async Task Made_anew_with_the_address_of_one_that_is_gone_opens_to_none_of_its_secrets()
    {
        var gone = await FurnishedAsync("ann@gone.example");
        await shop.DisableAsync(gone.Account);
        await town.ExecuteAsync("update account set email = 'gone@gone.example' where organization_id = @OrganizationId and id = @Account", new { shop.Key.OrganizationId, gone.Account });
        var anew = await shop.AccountAsync("ann@gone.example");

        await ShouldBeDeadAsync(gone);
        (await shop.ListAsync(anew)).ShouldBeEmpty();
        (await shop.SignInAsync("ann@gone.example")).AccountId.ShouldBe(anew);
        await ShouldBeDeadAsync(gone);
    }
}
