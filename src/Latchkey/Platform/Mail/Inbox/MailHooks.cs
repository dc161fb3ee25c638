using System.Text.Json;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Platform.Mail.Inbox;

/// <summary>Where mail providers report what became of a mail: one address for the installation's account, and one for each organization's own.</summary>
public static class MailHooks
{
    private const string Path = "/hooks/mail";
    private const int MostBytes = 1024 * 1024;

    public static void MapMailHooks(this WebApplication app)
    {
        app.MapPost(Path + "/{provider}", (string provider, HttpContext context, MailHookDoor door) => door.ReceiveAsync(context, provider, Guid.Empty))
            .AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        app.MapPost(Path + "/{provider}/{organization:guid}", (string provider, Guid organization, HttpContext context, MailHookDoor door) =>
            organization == Guid.Empty ? Task.FromResult(Results.NotFound()) : door.ReceiveAsync(context, provider, organization))
            .AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    /// <summary>What is to be entered at the provider.</summary>
    /// <param name="addresses">Where the installation is.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="organization">Whose account it is; null for the installation's.</param>
    public static string AddressFor(PublicAddress addresses, MailProviderName provider, Guid? organization) =>
        $"{addresses.Installation.AbsoluteUri.TrimEnd('/')}{Path}/{provider.Word()}{(organization is { } own ? $"/{own}" : "")}";
}

/// <summary>Lets in what is proved to come from the provider, writes it down, and only then answers.</summary>
internal sealed partial class MailHookDoor(MailProviders providers, WebhookInbox inbox, TimeProvider clock, ILogger<MailHookDoor> log)
{
    public async Task<IResult> ReceiveAsync(HttpContext context, string provider, Guid organization)
    {
        var account = organization == Guid.Empty ? providers.Installation : (await providers.OwnAsync(organization))?.Provider;
        if (account is not { Hook: { } hook } || account.Name.Word() != provider) return Results.NotFound();
        var call = new HookCall(context.Request.Headers, await ReadAsync(context));
        try
        {
            var verdict = await hook.CheckAsync(call, clock.GetUtcNow(), context.RequestAborted);
            if (verdict != HookVerdict.Genuine) return Refuse(context, account.Name, hook, verdict);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            NotProved(account.Name);
            return Results.Text("What proves this report could not be had. Please send it again.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        return await StoreAsync(call, account.Name, hook, organization);
    }

    private async Task<IResult> StoreAsync(HookCall call, MailProviderName provider, IMailHook hook, Guid organization)
    {
        IReadOnlyList<HookEvent> events;
        try
        {
            events = hook.Events(call);
        }
        catch (JsonException)
        {
            return Results.Text("This is not a report as we know it.\n", statusCode: StatusCodes.Status400BadRequest);
        }
        if (organization != Guid.Empty && events.Any(e => IsForeign(provider, e, organization)))
            return Refuse(provider, "it is about another organization's mail", hook.Refusal);
        return await inbox.StoreAsync(organization, provider.Word(), events, contentIsProved: hook.ProvesContent)
            ? Results.Text("Stored.\n")
            : Refuse(provider, "its signature was used before, for something else", hook.Refusal);
    }

    private static bool IsForeign(MailProviderName provider, HookEvent one, Guid organization) =>
        MailEvents.Read(provider, ProviderJson.Read(System.Text.Encoding.UTF8.GetBytes(one.Json)))?.Key is { } key && key.OrganizationId != organization;

    private IResult Refuse(HttpContext context, MailProviderName provider, IMailHook hook, HookVerdict verdict)
    {
        if (verdict == HookVerdict.NotSignedIn) context.Response.Headers.WWWAuthenticate = "Basic realm=\"Latchkey\"";
        return verdict switch
        {
            HookVerdict.NotSignedIn => Refuse(provider, "name or password are wrong", StatusCodes.Status401Unauthorized),
            HookVerdict.Old => Refuse(provider, "its time is over", hook.Refusal),
            HookVerdict.Forged or HookVerdict.Genuine => Refuse(provider, "its signature is missing or wrong", hook.Refusal),
        };
    }

    private IResult Refuse(MailProviderName provider, string why, int status)
    {
        Refused(provider, why);
        return Results.Text($"Refused: {why}.\n", statusCode: status);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A report in the name of {Provider} was refused: {Why}.")]
    private partial void Refused(MailProviderName provider, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A report in the name of {Provider} could not be proved, because its certificate could not be had.")]
    private partial void NotProved(MailProviderName provider);
}
