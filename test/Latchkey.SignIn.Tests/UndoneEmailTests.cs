using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class AChangeOfAddressThatIsUndoneTests(Town town) : IClassFixture<Town>
{
    readonly Shop shop = town.Open();

    async Task<(Guid Ann, StartedSession Session)> AnnAsync()
    {
        var ann = await shop.AccountAsync("ann@old.example");
        return (ann, await shop.SignInAsync("ann@old.example"));
    }

    async Task<LinkToken> ChangedAsync(Guid account, StartedSession session, string address) =>
        shop.UndoLink((await shop.ConfirmAsync((await shop.ChangeAsync(account, address))!, session)).Change!);

    [Fact]
    public async Task Brings_the_old_address_back_and_signs_everybody_out()
    {
        var (ann, thief) = await AnnAsync();
        var undo = await ChangedAsync(ann, thief, "thief@new.example");
        var letter = await shop.LetterAsync("thief@new.example");
        var next = (await shop.ChangeAsync(ann, "thief@next.example"))!;

        var undone = (await shop.UndoAsync(undo)).ShouldNotBeNull();

        (undone.Before.Value, undone.After.Value).ShouldBe(("thief@new.example", "ann@old.example"));
        (await shop.EmailAsync(ann)).ShouldBe("ann@old.example");
        (await shop.IsSignedInAsync(thief)).ShouldBeFalse();
        (await shop.StatusAsync(letter.Link)).ShouldBe(LinkStatus.Revoked);
        (await shop.StatusAsync(OneTimePurpose.ChangeEmail, next)).ShouldBe(LinkStatus.Revoked);
        (await shop.SignInAsync("ann@old.example")).AccountId.ShouldBe(ann);
        (await shop.UndoAsync(undo)).ShouldBeNull();
    }

    [Fact]
    public async Task Goes_back_to_the_first_address_however_often_it_was_changed_since()
    {
        var (ann, thief) = await AnnAsync();
        var first = await ChangedAsync(ann, thief, "thief@one.example");
        shop.Minutes(1);
        var second = await ChangedAsync(ann, thief, "thief@two.example");
        shop.Minutes(1);

        (await shop.UndoAsync(first)).ShouldNotBeNull();

        (await shop.EmailAsync(ann)).ShouldBe("ann@old.example");
        (await shop.UndoAsync(second)).ShouldBeNull("it would bring the thief's address back");
    }

    [Fact]
    public async Task Is_undone_once_however_many_try_at_once()
    {
        var (ann, session) = await AnnAsync();
        var undo = await ChangedAsync(ann, session, "ann@new.example");
        (await Town.AtOnceAsync(20, _ => shop.UndoAsync(undo))).Count(u => u is not null).ShouldBe(1);
        (await shop.EmailAsync(ann)).ShouldBe("ann@old.example");
    }

    [Fact]
    public async Task Can_be_undone_for_72_hours()
    {
        var (ann, session) = await AnnAsync();
        var undo = await ChangedAsync(ann, session, "ann@new.example");
        shop.Pass(EmailChanges.UndoneWithin - TimeSpan.FromSeconds(1));
        (await shop.StatusAsync(OneTimePurpose.UndoEmail, undo)).ShouldBe(LinkStatus.Ready);
        shop.Seconds(1);
        (await shop.UndoAsync(undo)).ShouldBeNull();
        (await shop.EmailAsync(ann)).ShouldBe("ann@new.example");
    }

    [Fact]
    public async Task Is_not_kept_from_it_by_somebody_who_registered_the_old_address_without_proving_it()
    {
        var (ann, thief) = await AnnAsync();
        var undo = await ChangedAsync(ann, thief, "thief@new.example");
        var squatter = await shop.AccountAsync("ann@old.example", "unproven");

        (await shop.UndoAsync(undo)).ShouldNotBeNull();

        (await shop.EmailAsync(ann)).ShouldBe("ann@old.example");
        (await shop.StateAsync(squatter)).ShouldBe("merged");
    }

    [Fact]
    public async Task Leaves_the_old_address_to_whoever_has_proven_it_since()
    {
        var (ann, session) = await AnnAsync();
        var undo = await ChangedAsync(ann, session, "ann@new.example");
        var other = await shop.AccountAsync("ann@old.example");
        (await shop.UndoAsync(undo)).ShouldBeNull();
        (await shop.EmailAsync(other)).ShouldBe("ann@old.example");
        (await shop.EmailAsync(ann)).ShouldBe("ann@new.example");
    }

    [Fact]
    public async Task Takes_away_the_ways_in_that_were_made_since()
    {
        var (ann, thief) = await AnnAsync();
        await shop.PasskeyRowAsync(ann);
        shop.Minutes(5);
        var undo = await ChangedAsync(ann, thief, "thief@new.example");
        shop.Minutes(5);
        await shop.PasskeyRowAsync(ann);
        await town.ExecuteAsync("update account set password_hash = 'x', password_set_at = @Now, phone = '+15550001111' where organization_id = @OrganizationId and id = @ann",
            new { shop.Now, shop.Key.OrganizationId, ann });

        await shop.UndoAsync(undo);

        (await shop.CountAsync("passkey")).ShouldBe(1, "the one of before");
        (await shop.CountAsync("account", "(password_hash is not null or phone is not null)")).ShouldBe(0);
    }
}
