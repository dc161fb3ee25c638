using Latchkey.Features.Policies;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Policies;

public sealed class ChangePolicyTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private ChangePolicy Change => portal.Services.GetRequiredService<ChangePolicy>();

    [Fact]
    public async Task A_change_holds_without_a_restart_and_is_on_record()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage);
        (await Change.RunAsync(storefront, SignInPolicy.Subscription, "owner", Cancel)).Outcome.ShouldBe(PolicyChangeOutcome.InForce);

        using var visit = portal.Visit(storefront);
        await Portal.UntilAsync(async () => (await visit.GetAsync("/portal/sign-in")).Status == System.Net.HttpStatusCode.OK
            && (await portal.Services.GetRequiredService<StorefrontDirectory>().BySlugAsync(storefront.Slug, Cancel))!.Policy.CodeDigits == 4);
        (await portal.ScalarAsync<string>("select changes from activity where organization_id = @OrganizationId and event = 'changed the sign-in policy'", new { storefront.OrganizationId }))
            .ShouldContain("\"linkLifetime\":[\"01:00:00\",\"00:10:00\"]");
    }

    [Fact]
    public async Task An_unsafe_policy_is_refused_with_the_reason_and_the_old_one_stays()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage);
        var change = await Change.RunAsync(storefront, SignInPolicy.Storage with { CodeDigits = 4, CodeTries = 20 }, "owner", Cancel);
        change.Problems.ShouldHaveSingleItem().ToString().ShouldContain("too easily guessed");
        (await portal.ScalarAsync<string>("select policy from storefront where id = @Id", new { storefront.Id })).ShouldBe(storefront.PolicyText);
    }

    [Fact]
    public async Task Of_two_people_who_change_it_at_once_one_is_asked_to_look_again()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage);
        (await Change.RunAsync(storefront, SignInPolicy.Membership, "ann", Cancel)).Outcome.ShouldBe(PolicyChangeOutcome.InForce);
        (await Change.RunAsync(storefront, SignInPolicy.New, "bob", Cancel)).Outcome.ShouldBe(PolicyChangeOutcome.ChangedMeanwhile);
    }
}

[Trait("Engine", "none")]
public sealed class PolicyFieldsTests
{
    [Fact]
    public void Every_field_is_read_back_as_it_is_shown()
    {
        foreach (var policy in SignInPolicy.Presets.Values)
            PolicyFields.With(SignInPolicy.New, PolicyFields.Of(policy).Select(f => (f.Key, f.Value))).ShouldBe(policy);
    }

    [Theory]
    [InlineData("linkLifetime", "00:20:00")]
    [InlineData("codeDigits", "8")]
    [InlineData("otherBrowser", "Match")]
    [InlineData("bindIp", "true")]
    [InlineData("limits.address", "3/00:10:00")]
    public void A_field_is_changed_and_nothing_else(string field, string value) =>
        PolicyFields.Differences(SignInPolicy.New, PolicyFields.With(SignInPolicy.New, [(field, value)])).ShouldHaveSingleItem().Value[1].ShouldBe(value);

    [Theory]
    [InlineData("linkLifetimes", "00:20:00", "no field")]
    [InlineData("linkLifetime", "20 minutes", "00:15:00")]
    [InlineData("codeDigits", "many", "whole number")]
    [InlineData("bindIp", "yes", "true or false")]
    [InlineData("otherBrowser", "Ask", "cannot be read")]
    [InlineData("limits.address", "3", "a limit, written as")]
    [InlineData("limits.nothing", "3/00:10:00", "no field")]
    public void What_cannot_be_read_is_refused_with_what_to_write(string field, string value, string message) =>
        Should.Throw<FormatException>(() => PolicyFields.With(SignInPolicy.New, [(field, value)])).Message.ShouldContain(message);
}
