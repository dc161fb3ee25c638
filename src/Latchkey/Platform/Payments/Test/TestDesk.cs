using System.Data;
using System.Text.Json.Nodes;
using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Platform.Payments.Test;

/// <summary>What somebody does on the page of a test checkout, and what a bank does later.</summary>
public sealed class TestDesk(TestStripe stripe, Database database, TimeProvider clock)
{
    /// <returns>Null when there is no such checkout.</returns>
    public Task<JsonObject?> FindAsync(Guid organization, string id) => stripe.InLedgerAsync(organization, async ledger =>
        await ledger.FindAsync(id) is { } found && found.Text("object") == "checkout.session" ? found : null);

    /// <returns>The checkout afterwards; null when it is not open.</returns>
    public Task<JsonObject?> ActAsync(Guid organization, string id, TestAct act) => stripe.InLedgerAsync<JsonObject?>(organization, async ledger =>
    {
        if (await ledger.FindAsync(id) is not { } checkout || checkout.Text("object") != "checkout.session" || checkout.Text("status") != "open") return null;
        if (checkout.Text("mode") == "setup") await SetUpAsync(ledger, checkout, act);
        else await PayAsync(ledger, checkout, act);
        return checkout;
    });

    /// <summary>Settles what is due by the clock: debits, deposits to be confirmed, checkouts nobody finished.</summary>
    public async Task SettleAsync()
    {
        var due = await database.ReadAsync(async c => (await c.QueryAsync<Due>(TestObjectSql.Due, new { now = clock.GetUtcNow() })).AsList());
        foreach (var one in due)
        {
            try
            {
                await stripe.InLedgerAsync(one.OrganizationId, async ledger => { await SettleAsync(ledger, one.Id); return true; });
            }
            catch (DBConcurrencyException)
            {
                // another node was first
            }
        }
    }

    private static async Task SettleAsync(TestLedger ledger, string id)
    {
        if (await ledger.FindAsync(id) is not { } found) return;
        switch (found.Text("object"))
        {
            case "checkout.session" when found.Text("status") == "open":
                await TestCheckouts.ExpireAsync(ledger, found);
                break;
            case "payment_intent" when found.Text("status") == "processing":
                await SettleDebitAsync(ledger, found);
                break;
            case "setup_intent" when found.Text("status") == "requires_action":
                await ConfirmAsync(ledger, found);
                break;
            case "refund" when found.Text("status") == "pending":
                found["status"] = "succeeded";
                await ledger.SaveAsync(found);
                await ledger.EmitAsync("refund.updated", found);
                break;
            default:
                await ledger.SaveAsync(found);
                break;
        }
    }

    private static async Task PayAsync(TestLedger ledger, JsonObject checkout, TestAct act)
    {
        var intent = await ledger.FindAsync(checkout.Text("payment_intent")) ?? await ledger.AddAsync(TestCharges.Intent(ledger, checkout.Number("amount_total"), checkout.Text("currency")!,
            checkout.Text("customer"), null, checkout["_intent_metadata"]!.DeepClone().AsObject()));
        checkout["payment_intent"] = intent.Text("id");
        if (act == TestAct.Decline)
        {
            TestCharges.Refuse(intent, "generic_decline");
            await ledger.SaveAsync(intent);
            await ledger.SaveAsync(checkout, DateTimeOffset.FromUnixTimeSeconds(checkout.Number("expires_at")));
            await ledger.EmitAsync("payment_intent.payment_failed", intent);
            return;
        }
        string type = act == TestAct.Card ? "card" : DebitOf(checkout);
        if (checkout["_keeps"]!.GetValue<bool>()) await AttachAsync(ledger, checkout, intent, type);
        checkout["status"] = "complete";
        checkout["url"] = null;
        if (act == TestAct.Card)
        {
            checkout["payment_status"] = "paid";
            await TestCharges.SucceedAsync(ledger, intent, "card");
            await ledger.SaveAsync(checkout);
        }
        else
        {
            intent["status"] = "processing";
            intent["_settles"] = act == TestAct.DebitThatFails ? "fail" : "ok";
            intent["_type"] = type;
            intent["_checkout"] = checkout.Text("id");
            await ledger.SaveAsync(intent, ledger.Now + TestCharges.DebitTakes);
            await ledger.SaveAsync(checkout);
            await ledger.EmitAsync("payment_intent.processing", intent);
        }
        await ledger.EmitAsync("checkout.session.completed", checkout);
    }

    private static async Task SettleDebitAsync(TestLedger ledger, JsonObject intent)
    {
        bool clears = intent.Text("_settles") != "fail";
        if (clears) await TestCharges.SucceedAsync(ledger, intent, intent.Text("_type") ?? "acss_debit");
        else
        {
            TestCharges.Refuse(intent, "insufficient_funds");
            await ledger.SaveAsync(intent);
            await ledger.EmitAsync("payment_intent.payment_failed", intent);
        }
        if (await ledger.FindAsync(intent.Text("_checkout")) is not { } checkout) return;
        if (clears) checkout["payment_status"] = "paid";
        await ledger.SaveAsync(checkout);
        await ledger.EmitAsync(clears ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed", checkout);
    }

    private static async Task SetUpAsync(TestLedger ledger, JsonObject checkout, TestAct act)
    {
        if (act == TestAct.Decline || await ledger.FindAsync(checkout.Text("setup_intent")) is not { } setup) return;
        string type = act is TestAct.Card or TestAct.CardThatFailsLater ? "card" : DebitOf(checkout);
        bool waits = act == TestAct.DebitToConfirm;
        var method = await TestRequests.AddMethodAsync(ledger, type, waits ? null : checkout.Text("customer"), act == TestAct.CardThatFailsLater);
        setup["payment_method"] = method.Text("id");
        setup["mandate"] = type == "card" ? null : TestLedger.NewId("mandate");
        setup["status"] = waits ? "requires_action" : "succeeded";
        setup["next_action"] = !waits ? null : new JsonObject
        {
            ["type"] = "verify_with_microdeposits",
            ["verify_with_microdeposits"] = new JsonObject
            {
                ["arrival_date"] = (ledger.Now + TestCharges.DebitTakes).ToUnixTimeSeconds(),
                ["hosted_verification_url"] = $"{TestPage.Of(checkout.Text("success_url")!)}/test-checkout/{checkout.Text("id")}",
                ["microdeposit_type"] = "descriptor_code",
            },
        };
        await ledger.SaveAsync(setup, waits ? ledger.Now + TestCharges.DebitTakes : null);
        checkout["status"] = "complete";
        checkout["url"] = null;
        await ledger.SaveAsync(checkout);
        await ledger.EmitAsync("checkout.session.completed", checkout);
        await ledger.EmitAsync(waits ? "setup_intent.requires_action" : "setup_intent.succeeded", setup);
        if (!waits) await ledger.EmitAsync("payment_method.attached", method);
    }

    private static async Task ConfirmAsync(TestLedger ledger, JsonObject setup)
    {
        var method = (await ledger.FindAsync(setup.Text("payment_method")))!;
        method["customer"] = setup.Text("customer");
        await ledger.SaveAsync(method);
        setup["status"] = "succeeded";
        setup["next_action"] = null;
        await ledger.SaveAsync(setup);
        await ledger.EmitAsync("setup_intent.succeeded", setup);
        await ledger.EmitAsync("payment_method.attached", method);
    }

    private static async Task AttachAsync(TestLedger ledger, JsonObject checkout, JsonObject intent, string type)
    {
        var method = await TestRequests.AddMethodAsync(ledger, type, checkout.Text("customer"));
        intent["payment_method"] = method.Text("id");
        await ledger.EmitAsync("payment_method.attached", method);
    }

    private static string DebitOf(JsonObject checkout) => checkout["payment_method_types"]!.AsArray().Select(t => t!.GetValue<string>()).FirstOrDefault(t => t != "card") ?? "acss_debit";

    private sealed record Due
    {
        public required Guid OrganizationId { get; init; }
        public required string Id { get; init; }
    }
}

public enum TestAct
{
    Card,
    CardThatFailsLater,
    Decline,
    Debit,
    DebitThatFails,
    /// <summary>A bank account that two small deposits must confirm first.</summary>
    DebitToConfirm,
}
