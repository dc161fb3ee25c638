using System.Net;
using Latchkey.Features.Retention;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Retention;

public sealed class RetentionTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task What_an_owner_wants_forgotten_is_forgotten_and_nothing_of_anybody_else()
    {
        var (storefront, other) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        foreach (var (where, email) in new[] { (storefront, "ann@kept.example"), (other, "bob@kept.example") })
        {
            await portal.AccountAsync(where, email);
            using var customer = portal.Visit(where);
            await customer.SignInAsync(email);
        }
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner, "Olivia Owner");
        (await owner.OpenAsync("/console/retention")).Page.QuerySelector("#Webhooks option[selected]")!.GetAttribute("value").ShouldBe("30", "as it was before there was a choice");

        var refused = await owner.SubmitAsync("/console/retention", ("MailContent", "1"), ("SignIns", "90"), ("Activity", "365"), ("Webhooks", "30"));
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Text.ShouldContain("Choose one of the periods.");
        (await owner.SubmitAsync("/console/retention", ("MailContent", "30"), ("SignIns", "90"), ("Activity", "365"), ("Webhooks", "90"))).Location.ShouldBe("/console/retention?saved");
        (await owner.OpenAsync("/console/retention")).Page.QuerySelector("#Activity option[selected]")!.TextContent.ShouldBe("1 year");
        (await portal.ScalarAsync<string>("select changes from activity where organization_id = @OrganizationId and event = 'retention changed'", new { storefront.OrganizationId })).ShouldContain("\"MailContent\":[null,\"30\"]");

        portal.Clock.Advance(TimeSpan.FromDays(29));
        await SweepAsync();
        (await BodiesAsync(storefront)).ShouldBe(1);
        portal.Clock.Advance(TimeSpan.FromDays(2));
        await SweepAsync();
        ((await BodiesAsync(storefront)), (await CountAsync("mail", storefront)), (await CountAsync("sign_in_request", storefront))).ShouldBe((0, 1, 1));
        portal.Clock.Advance(TimeSpan.FromDays(70));
        await SweepAsync();
        ((await CountAsync("sign_in_request", storefront)) + (await CountAsync("sign_in_link", storefront)) + (await CountAsync("session", storefront))).ShouldBe(0);
        (await CountAsync("activity", storefront)).ShouldBeGreaterThan(0);
        portal.Clock.Advance(TimeSpan.FromDays(300));
        await SweepAsync();
        (await CountAsync("activity", storefront)).ShouldBe(0);

        ((await BodiesAsync(other)), (await CountAsync("sign_in_request", other)), (await CountAsync("sign_in_link", other)), (await CountAsync("session", other))).ShouldBe((1, 1, 1, 1));
        (await CountAsync("activity", other)).ShouldBeGreaterThan(0);
    }

    private Task SweepAsync() => portal.Services.GetRequiredService<ForgetOld>().RunAsync(TestContext.Current.CancellationToken);

    private Task<long> BodiesAsync(Storefront storefront) =>
        portal.ScalarAsync<long>("select count(*) from mail where organization_id = @OrganizationId and text_body is not null", new { storefront.OrganizationId });

    private Task<long> CountAsync(string table, Storefront storefront) => portal.ScalarAsync<long>($"select count(*) from {table} where organization_id = @OrganizationId", new { storefront.OrganizationId });
}
