using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Platform.Payments;

/// <summary>Where Stripe reports what became of a payment: one address for the installation's account, and one for each organization's own.</summary>
public static class StripeHooks
{
    private const string Path = "/hooks/stripe";
    private const int MostBytes = 1024 * 1024;

    public static void MapStripeHooks(this WebApplication app)
    {
        app.MapPost(Path, (HttpContext context, StripeDoor door) => door.ReceiveAsync(context, Guid.Empty))
            .AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        app.MapPost(Path + "/{organization:guid}", (Guid organization, HttpContext context, StripeDoor door) =>
            organization == Guid.Empty ? Task.FromResult(Results.NotFound()) : door.ReceiveAsync(context, organization))
            .AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    /// <summary>What is to be entered at Stripe.</summary>
    public static string AddressFor(PublicAddress addresses, Guid organization) => $"{addresses.Installation.AbsoluteUri.TrimEnd('/')}{Path}/{organization}";
}

/// <summary>Lets in what carries the account's signature, writes it down, and only then answers. What it says is worked off later.</summary>
internal sealed partial class StripeDoor(PaymentAccounts accounts, WebhookInbox inbox, SignInKey key, TimeProvider clock, ILogger<StripeDoor> log)
{
    public async Task<IResult> ReceiveAsync(HttpContext context, Guid organization)
    {
        var account = organization == Guid.Empty ? accounts.Installation : (await accounts.OwnAsync(organization))?.Account;
        if (account is null) return Results.NotFound();
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return await ReceiveAsync(account, organization, context.Request.Headers[StripeSignature.Header] is [{ } one] ? one : null, body.ToArray());
    }

    /// <summary>The built-in test checkout comes the same way, without a network.</summary>
    public async Task ReceiveTestAsync(Guid organization, JsonObject happened)
    {
        var (account, body) = (TestAccount.Of(organization, key), JsonSerializer.SerializeToUtf8Bytes(happened));
        await ReceiveAsync(account, organization, StripeSignature.Write(account.Secrets[0], clock.GetUtcNow(), body), body);
    }

    private async Task<IResult> ReceiveAsync(PaymentAccount account, Guid organization, string? signature, byte[] body)
    {
        switch (StripeSignature.Check(account.Secrets, signature, body, clock.GetUtcNow()))
        {
            case StripeVerdict.Forged: return Refuse(organization, "its signature is missing or wrong");
            case StripeVerdict.Old: return Refuse(organization, "its time is over");
            case StripeVerdict.Genuine: break;
        }
        var read = ProviderJson.Read(body);
        if (read["id"].Text is not { Length: > 0 } id || read["type"].Text is not { Length: > 0 and <= 100 } type) return Refuse(organization, "it is no event");
        if (read["livemode"].IsTrue != account.IsLive) return Refuse(organization, "it is of the other mode, live or test");
        await inbox.StoreAsync(organization, WebhookInbox.Payments, [new HookEvent(id, System.Text.Encoding.UTF8.GetString(body), type)], contentIsProved: true);
        return Results.Text("Stored.\n");
    }

    private IResult Refuse(Guid organization, string why)
    {
        Refused(organization, why);
        return Results.Text($"Refused: {why}.\n", statusCode: StatusCodes.Status400BadRequest);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A report in the name of the payment provider for organization {Organization} was refused: {Why}.")]
    private partial void Refused(Guid organization, string why);
}
