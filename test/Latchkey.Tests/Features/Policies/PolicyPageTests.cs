using System.Net;
using AngleSharp.Html.Dom;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Policies;

/// <summary>How customers sign in, as an Owner sets it.</summary>
public sealed class PolicyPageTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Every_preset_is_shown_and_saved_as_it_is()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);

        foreach (var preset in SignInPolicy.Presets.Values)
        {
            var page = await owner.GetAsync($"{At(storefront)}?preset={preset.Preset}");
            (await owner.PostAsync(At(storefront), Fields(page))).Location.ShouldBe($"/console{At(storefront)}?saved");
            (await StoredAsync(storefront)).ShouldBe(preset);
        }
    }

    [Fact]
    public async Task An_unsafe_one_is_refused_under_its_field_and_what_was_typed_stays()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage);
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        var page = await owner.GetAsync(At(storefront));

        var refused = await owner.PostAsync(At(storefront), Fields(page, ("codeDigits", "4"), ("codeTries", "20"), ("linkLifetime", "50"), ("linkLifetime-unit", "minutes")));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Page.QuerySelector("#codeTries-problem")!.TextContent.ShouldContain("at most 5");
        refused.Page.QuerySelector("#codeTries")!.GetAttribute("value").ShouldBe("20");
        refused.Page.QuerySelector("#linkLifetime")!.GetAttribute("value").ShouldBe("50");
        (await StoredAsync(storefront)).ShouldBe(SignInPolicy.Storage);
    }

    [Fact]
    public async Task Each_deviation_is_named_with_its_rule()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);

        var page = await owner.GetAsync(At(storefront));

        foreach (var deviation in SignInPolicy.Subscription.Deviations()) page.Text.ShouldContain(deviation.Rule);
    }

    [Theory]
    [InlineData("linkLifetime", "many")]
    [InlineData("linkLifetime", "-5")]
    [InlineData("linkLifetime", "999999999999")]
    [InlineData("linkLifetime-unit", "years")]
    [InlineData("codeDigits", "six")]
    [InlineData("otherBrowser", "Ask")]
    [InlineData("limits.address", "5")]
    public async Task What_cannot_be_read_is_refused_and_nothing_changes(string field, string value)
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage);
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        var page = await owner.GetAsync(At(storefront));

        (await owner.PostAsync(At(storefront), Fields(page, (field, value)))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await StoredAsync(storefront)).ShouldBe(SignInPolicy.Storage);
    }

    [Fact]
    public async Task Of_two_people_one_is_asked_to_look_again()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage);
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        var page = await owner.GetAsync(At(storefront));
        (await owner.PostAsync(At(storefront), Fields(page, ("linkLifetime", "30"), ("linkLifetime-unit", "minutes")))).Status.ShouldBe(HttpStatusCode.Redirect);

        var second = await owner.PostAsync(At(storefront), Fields(page, ("linkLifetime", "20"), ("linkLifetime-unit", "minutes")));

        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Page.QuerySelector("#linkLifetime")!.GetAttribute("value").ShouldBe("20");
        (await StoredAsync(storefront)).LinkLifetime.ShouldBe(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task It_is_in_French_too()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);

        (await owner.GetAsync($"{At(storefront)}?lang=fr")).Heading.ShouldBe("Comment les clients se connectent");
    }

    private static string At(Storefront storefront) => $"/storefronts/{storefront.Id}/policy";

    /// <summary>The form as a browser would send it, with some fields typed over.</summary>
    private static (string, string)[] Fields(Answer page, params (string Name, string Value)[] typed)
    {
        var form = page.Page.QuerySelector("form[data-guard]")!;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>())
            if (input.Type != "checkbox" || input.IsChecked) fields[input.Name!] = input.Value;
        foreach (var select in form.QuerySelectorAll("select[name]").OfType<IHtmlSelectElement>()) fields[select.Name!] = select.Value!;
        foreach (var (name, value) in typed) fields[name] = value;
        return [.. fields.Select(f => (f.Key, f.Value))];
    }

    private async Task<SignInPolicy> StoredAsync(Storefront storefront) =>
        PolicyJson.Read((await portal.ScalarAsync<string>("select policy from storefront where organization_id = @OrganizationId and id = @Id", new { storefront.OrganizationId, storefront.Id }))!);
}
