using System.Net;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Account;

public sealed class DraftOfAFormTests(Portal portal) : IClassFixture<Portal>
{
    /// <summary>The form was open when the session ended.</summary>
    async Task<Answer> SendTooLateAsync(Guid account, Visit visit, string name)
    {
        var form = AccountVisit.Fields((await visit.GetAsync("/portal/account")).Page).Where(f => f.Name != "name").Append(("name", name)).ToArray();
        await portal.ExecuteAsync("update session set ended_at = ends_at, ended_reason = 'revoked by staff' where account_id = @account and ended_at is null", new { account });
        return await visit.PostAsync("/portal/account", form);
    }

    [Fact]
    public async Task Is_there_again_after_signing_in_and_saved_only_when_sent_again()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@draft.example");

        var late = await SendTooLateAsync(account, ann, "Ann of the Draft");

        late.Location.ShouldBe($"{ann.Base}/portal/sign-in?next=/portal/account&kept=yes");
        var signIn = await ann.GetAsync(late.Location!);
        signIn.Text.ShouldContain("what you typed is kept for you");
        await ann.PostAsync("/portal/sign-in", ("email", "ann@draft.example"), ("next", signIn.Page.QuerySelector("input[name=next]")!.GetAttribute("value")!));
        (await ann.RedeemAsync(await ann.TokenAsync("ann@draft.example", 2))).ShouldLeadInto($"{ann.Base}/portal/account");

        var filled = await ann.GetAsync("/portal/account");
        filled.Field("name").ShouldBe("Ann of the Draft");
        filled.Text.ShouldContain("Nothing is saved yet.");
        (await ann.GetAsync("/portal/account")).Field("name").ShouldBe("Ann of the Draft", "looking twice loses nothing");
        (await portal.ScalarAsync<string?>("select full_name from account where id = @account", new { account })).ShouldBeNull();
        (await ann.PostAsync("/portal/account", [.. AccountVisit.Fields(filled.Page)])).Status.ShouldBe(HttpStatusCode.Redirect);
        (await portal.ScalarAsync<string?>("select full_name from account where id = @account", new { account })).ShouldBe("Ann of the Draft");
        (await portal.ScalarAsync<long>("select count(*) from form_draft where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(0);
    }

    [Fact]
    public async Task Is_dropped_when_somebody_else_signs_in()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@shared.example");
        await portal.AccountAsync(storefront, "bob@shared.example", "Bob Baker");
        await SendTooLateAsync(account, ann, "Ann's secret");

        await ann.SignInAsync("bob@shared.example");

        var page = await ann.GetAsync("/portal/account");
        page.Body.ShouldNotContain("secret");
        page.Field("name").ShouldBe("Bob Baker");
        (await portal.ScalarAsync<long>("select count(*) from form_draft where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(0);
    }

    [Fact]
    public async Task Can_be_discarded()
    {
        var storefront = await portal.StorefrontAsync();
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@discard.example");
        await SendTooLateAsync(account, ann, "Ann of the Draft");
        await ann.SignInAsync("ann@discard.example", 2);
        await ann.PostAsync("/portal/account?handler=Discard");
        (await ann.GetAsync("/portal/account")).Field("name").ShouldBe("Ann Archer");
    }

    [Fact]
    public async Task Is_not_kept_of_a_form_that_nobody_was_shown_or_that_is_too_long()
    {
        var storefront = await portal.StorefrontAsync();
        var stranger = portal.Visit(storefront);
        await stranger.GetAsync("/portal/sign-in");
        (await stranger.PostAsync("/portal/account", ("name", "x"), ("draft", "AAAA"))).Location.ShouldBe($"{stranger.Base}/portal/sign-in");
        var (account, ann) = await portal.SignedInAsync(storefront, "ann@long.example");
        (await SendTooLateAsync(account, ann, new string('a', 9000))).Location.ShouldBe($"{ann.Base}/portal/sign-in");
        (await portal.ScalarAsync<long>("select count(*) from form_draft where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(0);
    }
}
