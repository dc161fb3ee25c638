using System.Net;
using Latchkey.Features.Units;
using Latchkey.Platform.Staff;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Features.SignUps;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Units;

/// <summary>The team looks after what can be rented, and starts and ends what customers hold.</summary>
public sealed class UnitsInTheConsoleTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_type_is_made_priced_filled_with_units_and_taken_off_the_storefront()
    {
        var storefront = await portal.StorefrontAsync();
        var facility = await portal.FacilityAsync(storefront, "Riverside");
        using var manager = await portal.ManagerAsync(storefront);
        using var visitor = portal.Visit(storefront);
        (await manager.PostAsync($"/unit-types/new?facility={facility}", ("name", "5 m²"), ("price", "eighty"))).Text.ShouldContain("A price is a number like 89.00.");
        var type = (await manager.PostAsync($"/unit-types/new?facility={facility}", ("name", "5 m²"), ("price", "89,50"))).Location!["/console".Length..];

        (await manager.PostAsync($"{type}?handler=Add", ("numbers", "A-, B01-B400"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await manager.PostAsync($"{type}?handler=Add", ("numbers", "A01-A03, C7"))).Location.ShouldEndWith("?done=added");
        (await manager.PostAsync($"{type}?handler=Add", ("numbers", "A01"))).Text.ShouldContain("already");
        (await visitor.GetAsync("/rent")).Text.ShouldContain("5 m² 89.50 USD a month 4 free");
        var page = await manager.GetAsync(type);
        var unit = page.Page.QuerySelector("input[name=unit]")!.GetAttribute("value")!;
        (await manager.PostAsync($"{type}?handler=Close", ("unit", unit))).Location.ShouldEndWith("?done=state");
        (await visitor.GetAsync("/rent")).Text.ShouldContain("3 free");
        (await manager.PostAsync($"/unit-options/{facility}", ("name", "Disc lock"), ("price", "fifteen"))).Text.ShouldContain("A price is a number like 89.00.");
        (await manager.PostAsync($"/unit-options/{facility}", ("name", "Disc lock"), ("price", "15"))).Location.ShouldEndWith("?done=added");
        (await manager.PostAsync($"/unit-options/{facility}", ("name", "Cover"), ("price", "12,50"), ("monthly", "yes"))).Location.ShouldEndWith("?done=added");
        using var renter = portal.Visit(storefront);
        await renter.ChooseAsync(Guid.Parse(type[^36..]));
        await renter.PostAsync("/rent/dates", ("starts_on", portal.Day()));
        await renter.DetailsAsync("nora@options.example");
        (await renter.GetAsync("/rent/options")).Text.ShouldContain("Cover 12.50 USD a month Disc lock 15.00 USD once");
        var padlock = (await manager.GetAsync($"/unit-options/{facility}")).Page.QuerySelectorAll("input[name=option]")[1].GetAttribute("value")!;
        (await manager.PostAsync($"/unit-options/{facility}?handler=Retire", ("option", padlock))).Location.ShouldEndWith("?done=changed");
        (await renter.GetAsync("/rent/options")).Text.ShouldNotContain("Disc lock");
        (await manager.PostAsync($"/unit-options/{facility}?handler=Offer", ("option", padlock))).Location.ShouldEndWith("?done=changed");
        (await manager.PostAsync($"{type}?handler=Close", ("unit", unit))).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await manager.PostAsync(type, ("name", "5 m², ground floor"), ("price", "99"))).Location.ShouldEndWith("?done=saved");
        (await visitor.GetAsync("/rent")).Text.ShouldNotContain("5 m²");
        using var staff = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Staff);
        (await staff.GetAsync(type)).Page.QuerySelectorAll("main form").ShouldBeEmpty();
        (await staff.PostAsync(type, ("name", "x"), ("price", "1"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await manager.GetAsync("/activity")).Text.ShouldContain("Unit type changed");
    }

    [Fact]
    public async Task A_rental_is_started_for_a_customer_and_ended_and_its_unit_goes_round()
    {
        var storefront = await portal.StorefrontAsync();
        var offered = await portal.OfferAsync(storefront, units: 1);
        var account = await portal.AccountAsync(storefront, "ann@starts.example");
        var contact = await portal.ContactOfAsync(account);
        using var manager = await portal.ManagerAsync(storefront);
        string address = $"/subscriptions/new?contact={contact}";
        (await manager.GetAsync(address)).Text.ShouldContain("Start something for Ann Archer");
        (await manager.PostAsync(address, ("type", Guid.NewGuid().ToString()), ("starts_on", portal.Day()))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await manager.PostAsync(address, ("type", offered.Type.ToString()), ("starts_on", "soon"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        var held = (await manager.PostAsync(address, ("type", offered.Type.ToString()), ("starts_on", portal.Day()))).Location!["/console".Length..];

        (await manager.PostAsync(address, ("type", offered.Type.ToString()), ("starts_on", portal.Day()))).Text.ShouldContain("No unit of that type is free any more.");
        using var ann = portal.Visit(storefront);
        (await ann.SignInAsync("ann@starts.example")).Text.ShouldContain("Unit A01");
        (await ann.ChooseAsync(offered.Type)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await manager.GetAsync("/units")).Page.QuerySelector("svg[role=img]")!.GetAttribute("aria-label").ShouldBe("Riverside: 100 % rented. 1 rented, 0 held, 0 free, 0 out of service.");
        (await manager.GetAsync("/units")).Page.QuerySelectorAll("svg rect").ShouldHaveSingleItem().GetAttribute("width").ShouldBe("600");

        (await manager.PostAsync(held.Split('?')[0], ("ended_on", portal.Day(732)))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await manager.PostAsync(held.Split('?')[0], ("ended_on", portal.Day(1)))).Location.ShouldEndWith("?done=planned");
        (await manager.PostAsync(held.Split('?')[0], ("ended_on", portal.Day()))).Location.ShouldEndWith("?done=ended");
        (await manager.PostAsync(held.Split('?')[0], ("ended_on", portal.Day()))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await ann.GetAsync("/portal")).Text.ShouldContain("You have no active rental.");
        (await ann.ChooseAsync(offered.Type)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, Trait("Engine", "none")]
    [InlineData("A15", "A15")]
    [InlineData(" A15 , A17-A19;B2", "A15 A17 A18 A19 B2")]
    [InlineData("08-11", "08 09 10 11")]
    [InlineData("A-1", "A-1")]
    [InlineData("A9-7", "A9-7")]
    [InlineData("", null)]
    [InlineData(" , ", null)]
    [InlineData("123456789012345678901", null)]
    public void Numbers_are_read_as_people_write_them(string typed, string? read) => (UnitNumbers.Read(typed) is { } numbers ? string.Join(' ', numbers) : null).ShouldBe(read);
}
