using System.Text.Json.Nodes;
using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>What customers are written about invoices, payments and the methods that pay them, in their language and once.</summary>
public sealed class MailsAboutMoneyTests(PortalWithStripe portal) : IClassFixture<PortalWithStripe>
{
    private static readonly string[] English =
    [
        "Invoice INV-0001 of Riverbend Storage|89.00 GBP is due on 1 December 2026.",
        "Your payment of 89.00 GBP did not go through|There was not enough money in the account.",
        "Receipt: 89.00 GBP|Paid with Visa •••• 4242.",
        "Your card Visa •••• 4242 expires soon|is good until 31 December 2026.",
        "108800 •••• 2345 cannot be used for payments|The permission to debit 108800 •••• 2345 has ended. You or your bank withdrew it.",
        "Visa •••• 4242 cannot be used for payments|Visa •••• 4242 is no longer on file at Riverbend Storage.",
        "108800 •••• 2345 cannot be used for payments|108800 •••• 2345 could not be confirmed.",
    ];

    private static readonly string[] French =
    [
        "Facture INV-0001 de Riverbend Storage|1er décembre 2026",
        "Votre paiement de 89,00 GBP n’a pas abouti|Le compte n’avait pas assez d’argent.",
        "Reçu\u00a0: 89,00 GBP|Payé avec Visa •••• 4242.",
        "Votre carte Visa •••• 4242 expire bientôt|est valable jusqu’au 31 décembre 2026.",
        "108800 •••• 2345 ne peut plus servir à payer|L’autorisation de prélever sur 108800 •••• 2345 a pris fin. Vous ou votre banque l’avez retirée.",
        "Visa •••• 4242 ne peut plus servir à payer|Visa •••• 4242 n’est plus enregistré chez Riverbend Storage.",
        "108800 •••• 2345 ne peut plus servir à payer|108800 •••• 2345 n’a pas pu être confirmé.",
    ];

    [Theory]
    [InlineData("en", false)]
    [InlineData("fr", true)]
    public async Task Each_says_what_is_and_leads_to_the_portal(string language, bool byTheInstallationsAccount)
    {
        var storefront = byTheInstallationsAccount ? await portal.WithSharedKeyAsync(language) : await portal.WithKeyAsync(language);
        string email = $"ann@money-{language}.example";
        var contact = await portal.ContactAsync(await portal.AccountAsync(storefront, email));
        using var ann = await portal.CustomerAsync(storefront, email);
        var invoice = await portal.InvoiceAsync(storefront, contact, currency: "GBP");
        var found = (await portal.Services.GetRequiredService<ReadInvoices>().OneAsync(storefront.OrganizationId, invoice.Id, CancellationToken.None))!.Invoice;
        await portal.Services.GetRequiredService<SendInvoice>().RunAsync(storefront.OrganizationId, found, staff: null);

        // A card on file is declined, another pays, and that one expires.
        await AddAsync(storefront, ann, TestAct.CardThatFailsLater);
        (await portal.ChargeAsync(storefront, invoice.Id)).ShouldBe(PaymentState.Failed);
        await ann.PostAsync("/portal/billing?handler=Remove", ("method", await MethodAsync(ann, "0341")));
        await AddAsync(storefront, ann, TestAct.Card);
        (await portal.ChargeAsync(storefront, invoice.Id)).ShouldBe(PaymentState.Paid);
        await portal.ExecuteAsync("update payment_method set exp_year = 2026, exp_month = 12 where organization_id = @OrganizationId and state = 'active'", new { storefront.OrganizationId });
        for (int i = 0; i < 2; i++) await portal.Services.GetRequiredService<WarnOfExpiry>().RunAsync(CancellationToken.None);

        // A bank ends a mandate; staff detach the card at Stripe; two small deposits are never confirmed.
        await AddAsync(storefront, ann, TestAct.Debit);
        await HappensAsync(storefront, "setup_intent", async (ledger, setup) =>
        {
            if (setup.Text("mandate") is not { } mandate) return;
            for (int i = 0; i < 2; i++) await ledger.EmitAsync("mandate.updated", new JsonObject { ["id"] = mandate, ["object"] = "mandate", ["status"] = "inactive" });
        });
        await HappensAsync(storefront, "payment_method", async (ledger, method) =>
        {
            if (method.Text("type") != "card" || method.Text("customer") is null) return;
            method["customer"] = null;
            await ledger.SaveAsync(method);
            await ledger.EmitAsync("payment_method.detached", method);
        });
        await AddAsync(storefront, ann, TestAct.DebitToConfirm);
        var pages = new List<string> { (await ann.GetAsync("/portal/billing")).Text };
        await HappensAsync(storefront, "setup_intent", async (ledger, setup) =>
        {
            if (setup.Text("status") != "requires_action") return;
            setup["last_setup_error"] = new JsonObject { ["code"] = "payment_method_microdeposit_failed", ["payment_method"] = (await ledger.FindAsync(setup.Text("payment_method")))!.Shown() };
            (setup["status"], setup["payment_method"], setup["next_action"]) = ("requires_payment_method", null, null);
            await ledger.SaveAsync(setup);
            await ledger.EmitAsync("setup_intent.setup_failed", setup);
        });
        pages.Add((await ann.GetAsync("/portal/billing")).Text);

        // What she removes herself she knows.
        await AddAsync(storefront, ann, TestAct.Card);
        (await ann.PostAsync("/portal/billing?handler=Remove", ("method", await MethodAsync(ann, "4242")))).Location.ShouldEndWith("?removed#methods");
        await TellAsync(storefront);

        var expected = language == "en" ? English : French;
        var mails = (await portal.MailsAsync(email, expected.Length + 1)).Skip(1).ToList();
        foreach (string both in expected)
        {
            var parts = both.Split('|');
            var mail = mails.Where(m => m.Subject == parts[0] && m.Text.Contains(parts[1], StringComparison.Ordinal)).ToList().ShouldHaveSingleItem($"{both}\n{string.Join("\n\n", mails.Select(m => m.Subject + "\n" + m.Text))}");
            foreach (string part in new[] { mail.Text, mail.Html }) part.ShouldContain($"/s/{storefront.Slug}/portal/billing");
        }
        mails.Count.ShouldBe(expected.Length);
        pages[0].ShouldContain(language == "en" ? "Permission withdrawn" : "Autorisation retirée");
        pages[0].ShouldContain(language == "en" ? "To be confirmed" : "À confirmer");
        pages[1].ShouldContain(language == "en" ? "Not confirmed" : "Non confirmé");
    }

    private async Task AddAsync(Storefront storefront, Visit visit, TestAct act)
    {
        var setup = (await visit.PostAsync("/portal/billing?handler=Add")).Location!;
        await portal.Stripe.Desk.ActAsync(storefront.OrganizationId, setup.Split('/')[^1], act);
        await TellAsync(storefront);
    }

    private static async Task<string> MethodAsync(Visit visit, string last4) =>
        (await visit.GetAsync("/portal/billing")).Page.QuerySelectorAll("li.device").Single(d => d.TextContent.Contains(last4, StringComparison.Ordinal)).QuerySelector("input[name=method]")!.GetAttribute("value")!;

    /// <summary>Something happens at Stripe to each object of a kind.</summary>
    private async Task HappensAsync(Storefront storefront, string kind, Func<TestLedger, JsonObject, Task> happens)
    {
        await portal.Stripe.Stripe.InLedgerAsync(storefront.OrganizationId, async ledger =>
        {
            foreach (var about in await ledger.AllAsync(kind)) await happens(ledger, about);
            return true;
        });
        await TellAsync(storefront);
    }

    private async Task TellAsync(Storefront storefront)
    {
        while (portal.Stripe.Events.TryDequeue(out var happened)) (await portal.Stripe.PostAsync(storefront.OrganizationId == portal.Shared ? Guid.Empty : storefront.OrganizationId, happened)).ShouldBe(200);
        await portal.EventsAsync();
    }
}
