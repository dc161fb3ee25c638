using Latchkey.Features.Payments;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>The server with organizations that have their own account at Stripe.</summary>
public sealed class PortalWithStripe : Portal
{
    internal FakeStripe Stripe { get; } = new();

    /// <summary>The organization that takes payments by the installation's account.</summary>
    internal Guid Shared { get; } = Guid.CreateVersion7();

    protected override IEnumerable<string> Settings =>
        [$"--Stripe:ApiBase={Stripe.Url}", "--Stripe:TimeoutSeconds=2", $"--Stripe:ApiKey={TestAccount.KeyOf(Shared)}", $"--Stripe:WebhookSecret={FakeStripe.Secret(Guid.Empty)}", "--Stripe:Debits=yes"];

    /// <summary>It looks by the wall clock, and would take the answers that a test has in store for itself: tests look when they want to.</summary>
    protected override void Adjust(IServiceCollection services) => services.Remove(services.Single(s => s.ImplementationType == typeof(MoneyClock)));

    public override async ValueTask InitializeAsync()
    {
        await Stripe.StartAsync();
        await base.InitializeAsync();
        Stripe.Serve(Database, Clock, Url);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Stripe.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>An organization whose key and signing secret are set.</summary>
    internal async Task<Storefront> WithKeyAsync(string locale = "en")
    {
        var storefront = await StorefrontAsync(locale: locale);
        (await Services.GetRequiredService<ChoosePaymentAccount>().RunAsync(storefront.OrganizationId, TestAccount.KeyOf(storefront.OrganizationId), FakeStripe.Secret(storefront.OrganizationId), debits: true, "test"))
            .ShouldBe(WrongSecret.None);
        return storefront;
    }

    /// <summary>One whose payments go by the installation's account.</summary>
    internal async Task<Storefront> WithSharedKeyAsync(string locale = "en")
    {
        await ExecuteAsync("insert into organization (id, name, created_at) values (@Shared, 'Riverbend', @now)", new { Shared, now = Clock.GetUtcNow() });
        return await StorefrontAsync(organization: Shared, locale: locale);
    }

    /// <summary>A customer who owes something, at the checkout.</summary>
    internal async Task<(Guid Invoice, string Checkout)> OpenCheckoutAsync(Storefront storefront, string email)
    {
        var invoice = await this.InvoiceAsync(storefront, await this.ContactAsync(await AccountAsync(storefront, email)));
        using var visit = await this.CustomerAsync(storefront, email);
        return (invoice.Id, (await visit.PostAsync("/portal/billing?handler=Pay", ("invoice", invoice.Id.ToString()))).Location!.Split('/')[^1]);
    }

    /// <summary>Keeps a card for what falls due.</summary>
    internal async Task KeepCardAsync(Storefront storefront, Visit visit)
    {
        var setup = (await visit.PostAsync("/portal/billing?handler=Add")).Location!;
        await Stripe.Desk.ActAsync(storefront.OrganizationId, setup.Split('/')[^1], TestAct.Card);
        foreach (var happened in Stripe.Take()) await Stripe.PostAsync(storefront.OrganizationId, happened);
        await this.EventsAsync();
    }
}
