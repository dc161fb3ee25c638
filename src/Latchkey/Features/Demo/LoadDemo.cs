using System.Data.Common;
using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Demo;

/// <summary>Four made-up businesses, one for each kind of portal. Loading twice changes nothing.</summary>
public sealed class LoadDemo(Database database, IPasswordHasher hasher, CreateInvoice createInvoice, TimeProvider clock)
{
    /// <returns>False when the demo was there already.</returns>
    public Task<bool> RunAsync(CancellationToken cancel)
    {
        string password = hasher.Hash(PasswordText.Normalize("correct horse battery"));
        return database.WriteAsync(t => WriteAsync(t, password), cancel);
    }

    private async Task<bool> WriteAsync(DbTransaction transaction, string password)
    {
        if (await transaction.Connection!.ExecuteScalarAsync<int?>(DemoSql.Exists, transaction: transaction) is not null) return false;
        var writer = new DemoWriter(transaction, createInvoice, clock.GetUtcNow());
        await NorthgateAsync(writer);
        await HillsideAsync(writer);
        await BeanboxAsync(writer);
        await FernhillAsync(writer, password);
        await writer.StaffAsync(ConsoleRealm.Installation, "Sam Support", "support@latchkey.example", StaffRole.Support);
        return true;
    }

    private static async Task TeamAsync(DemoWriter write, Guid organization, string domain)
    {
        await write.StaffAsync(organization, "Olivia Owner", $"owner@{domain}.example", StaffRole.Owner);
        await write.StaffAsync(organization, "Max Manager", $"manager@{domain}.example", StaffRole.Manager);
        await write.StaffAsync(organization, "Stella Staff", $"staff@{domain}.example", StaffRole.Staff);
    }

    private static async Task NorthgateAsync(DemoWriter write)
    {
        var organization = await write.OrganizationAsync("Northgate");
        await TeamAsync(write, organization, "northgate");
        var city = await write.StorefrontAsync(organization, "northgate", "Northgate Storage", Vocabulary.Rental, 222, SignInPolicy.Storage);
        var riverside = await write.FacilityAsync(city, "Riverside", "12 Quay Street", "555 0100");
        var oldMill = await write.FacilityAsync(city, "Old Mill", "3 Mill Lane", "555 0101");
        var r5 = await write.UnitTypeAsync(riverside, "5 m²", 8900);
        var r10 = await write.UnitTypeAsync(riverside, "10 m²", 14900);
        var m3 = await write.UnitTypeAsync(oldMill, "3 m²", 5900);
        foreach (var facility in new[] { riverside, oldMill })
        {
            await write.OptionAsync(facility, "Contents cover, 5,000 USD", 1200, monthly: true);
            await write.OptionAsync(facility, "Disc lock", 1500, monthly: false);
        }
        var a12 = await write.UnitAsync(riverside, r5, "A12", "occupied");
        await write.UnitAsync(riverside, r5, "A13", "free");
        await write.UnitAsync(riverside, r5, "A14", "free");
        await write.UnitAsync(riverside, r10, "B02", "free");
        var m07 = await write.UnitAsync(oldMill, m3, "M07", "occupied");
        await write.UnitAsync(oldMill, m3, "M08", "out_of_service");

        var ann = await write.ContactAsync(city, riverside, "Ann Archer", "ann@example.com", "+1 555 0140");
        await write.AccountAsync(city, ann);
        await write.SubscriptionAsync(ann, riverside, "rental", "5 m²", a12, 8900, "2026-03-01");
        await write.SubscriptionAsync(ann, oldMill, "rental", "3 m²", m07, 5900, "2026-06-15");
        for (int months = 3; months >= 1; months--)
        {
            await write.InvoiceAsync(city, ann, "Riverside, A12", 8900, months, paid: true);
            await write.InvoiceAsync(city, ann, "Old Mill, M07", 5900, months, paid: months > 1);
        }
        await write.InvoiceAsync(city, ann, "Riverside, A12", 8900, 0, paid: false);
        var bob = await write.ContactAsync(city, riverside, "Bob Baker", "bob@example.com", null);
        await write.AccountAsync(city, bob);
        await write.ContactAsync(city, oldMill, "Dora Dean", "dora@example.com", "+1 555 0144"); // a contact without an account

        var boats = await write.StorefrontAsync(organization, "northgate-rv", "Northgate RV & Boat", Vocabulary.Rental, 172, SignInPolicy.Storage);
        var harbour = await write.FacilityAsync(boats, "Harbour", "1 Pier Road", "555 0110");
        var bay = await write.UnitTypeAsync(harbour, "Boat bay, 8 m", 21900);
        var h01 = await write.UnitAsync(harbour, bay, "H01", "occupied");
        await write.UnitAsync(harbour, bay, "H02", "free");
        var carl = await write.ContactAsync(boats, harbour, "Carl Cole", "carl@example.com", null);
        await write.AccountAsync(boats, carl);
        await write.SubscriptionAsync(carl, harbour, "rental", "Boat bay, 8 m", h01, 21900, "2026-05-01");
    }

    private static async Task HillsideAsync(DemoWriter write)
    {
        var organization = await write.OrganizationAsync("Hillside Winery");
        await TeamAsync(write, organization, "hillside");
        var club = await write.StorefrontAsync(organization, "hillside", "Hillside Wine Club", Vocabulary.Membership, 345, SignInPolicy.Membership);
        var cellar = await write.FacilityAsync(club, "Cellar door", "40 Vineyard Road", "555 0120");
        var ann = await write.ContactAsync(club, cellar, "Ann Archer", "ann@example.com", null);
        await write.AccountAsync(club, ann);
        await write.UnitTypeAsync(cellar, "Reserve", 12000, "Six bottles a season");
        await write.UnitTypeAsync(cellar, "Grand reserve", 21000, "Twelve bottles a season, delivered");
        await write.SubscriptionAsync(ann, cellar, "membership", "Reserve, six bottles a season", null, 12000, "2025-09-01");
    }

    private static async Task BeanboxAsync(DemoWriter write)
    {
        var organization = await write.OrganizationAsync("Beanbox");
        await TeamAsync(write, organization, "beanbox");
        var shop = await write.StorefrontAsync(organization, "beanbox", "Beanbox Coffee", Vocabulary.Subscription, 28, SignInPolicy.Subscription);
        var roastery = await write.FacilityAsync(shop, "Roastery", "7 Bean Street", "555 0130");
        var ann = await write.ContactAsync(shop, roastery, "Ann Archer", "ann@example.com", "+1 555 0140");
        await write.AccountAsync(shop, ann);
        await write.UnitTypeAsync(roastery, "Espresso", 3200, "1 kg a month");
        await write.UnitTypeAsync(roastery, "Filter", 1800, "500 g a month");
        await write.SubscriptionAsync(ann, roastery, "subscription", "Espresso, 1 kg a month", null, 3200, "2026-01-10");
    }

    private static async Task FernhillAsync(DemoWriter write, string password)
    {
        var organization = await write.OrganizationAsync("Fernhill Water");
        await TeamAsync(write, organization, "fernhill");
        var utility = await write.StorefrontAsync(organization, "fernhill", "Fernhill Water", Vocabulary.Subscription, 198, SignInPolicy.Password);
        var office = await write.FacilityAsync(utility, "Customer office", "2 Spring Road", "555 0150");
        var ann = await write.ContactAsync(utility, office, "Ann Archer", "ann@example.com", null);
        await write.AccountAsync(utility, ann);
        await write.PasswordAsync(utility, ann, password);
        await write.SubscriptionAsync(ann, office, "subscription", "Water, meter 20417", null, 4100, "2024-11-01");
    }
}
