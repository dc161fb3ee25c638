using System.Net;
using Latchkey.Features.Errors;
using Latchkey.Features.SignIn.Attempts;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Errors;

/// <summary>A failure page, in front of the person who met it.</summary>
internal sealed record FailureMet(Visit Visit, Storefront Storefront, Answer Page, int Status, string Cause)
{
    /// <summary>What the help code leads to.</summary>
    public FoundKind Found { get; init; } = FoundKind.Activity;
    public string? Event { get; init; }
}

/// <summary>Brings about each failure by what people do, on a storefront of its own.</summary>
internal sealed class FailuresMet(Portal portal)
{
    readonly string ann = $"ann@{Guid.NewGuid():n}.example";

    /// <summary>Without a default arm: a kind that nobody brings about does not compile.</summary>
    public Task<FailureMet> MeetAsync(FailureKind kind) => kind switch
    {
        FailureKind.LinkExpired => AtLinkAsync(410, "A link works for 60 minutes.", (_, _) => WaitAsync(TimeSpan.FromMinutes(61))),
        FailureKind.LinkUsed => AtLinkAsync(410, "Each link signs in once", async (_, desk) => await desk.RedeemAsync(await desk.TokenAsync(ann))),
        FailureKind.LinkRevoked => AtLinkAsync(410, "This link was ended", (storefront, _) => OfRequestAsync(storefront, "revoked_at = asked_at, revoked_reason = 'signed in'")),
        FailureKind.OtherBrowser => AtLinkAsync(403, "only in the browser that asked for it", (_, _) => Task.CompletedTask, SignInPolicy.New with { OtherBrowser = OtherBrowser.Refuse }),
        FailureKind.OtherNetwork => AtLinkAsync(403, "only from the network it was asked for on", (storefront, _) => OfRequestAsync(storefront, "ip = '198.51.100.9'"), SignInPolicy.New with { BindIp = true }),
        FailureKind.AccountClosed => AtLinkAsync(410, "The account it was made for is closed.", (storefront, _) => portal.ExecuteAsync("update account set state = 'disabled' where organization_id = @OrganizationId", new { storefront.OrganizationId })),
        FailureKind.LinkDamaged => PageAsync(404, "Some mail programs cut links in two.", "damaged link opened", v => v.GetAsync("/portal/link/damaged")),
        FailureKind.TooManyRequests => PageAsync(429, "A link was asked for too often.", "limited", AskOftenAsync),
        FailureKind.NoTriesLeft => NoTriesLeftAsync(),
        FailureKind.CookieNotKept => CookieNotKeptAsync(),
        FailureKind.CookiesOff => PageAsync(200, "Signing in needs a cookie that remembers this browser", "cookies off", AskWithoutCookiesAsync),
        FailureKind.SessionEnded => SessionEndedAsync(),
        FailureKind.OrganizationNotFound => PageAsync(404, "There is no portal at this address.", "", v => v.OpenAsync("/s/nobody/portal")),
        FailureKind.NotReadable => PageAsync(400, "The form could not be read.", "form not readable", v => v.PostAsync("/portal/sign-in", ("email", "ann\0@example.com"))),
        FailureKind.FromAnotherSite => PageAsync(403, "this page only takes what was sent from itself", "sent from another site", FromAnotherSiteAsync),
        FailureKind.PageNotFound => PageAsync(404, "There is nothing at this address.", "page not found", v => v.GetAsync("/nowhere")),
        FailureKind.NotPossibleHere => PageAsync(405, "This page cannot be used that way.", "method not allowed", v => v.PostAsync("/")),
        FailureKind.TooLong => PageAsync(413, "More was sent than this form takes.", "form too long", v => v.PostAsync("/portal/sign-in", ("email", new string('a', 9000)))),
        FailureKind.EmailNotConfirmed => PageAsync(404, "Some mail programs cut links in two.", "new address not confirmed", v => v.GetAsync("/portal/account/confirm-email/damaged")),
        FailureKind.EmailNotUndone => PageAsync(404, "Some mail programs cut links in two.", "change of address not undone", v => v.GetAsync("/portal/account/undo-email/damaged")),
        FailureKind.PasswordLimited => PageAsync(429, "A password was typed too often.", "passwords limited", TypePasswordsAsync, SignInPolicy.Password),
        FailureKind.RegistrationNotConfirmed => PageAsync(404, "Some mail programs cut links in two.", "registration not confirmed", v => v.GetAsync("/portal/confirm/damaged"), SignInPolicy.Password),
        FailureKind.PasswordNotReset => PageAsync(404, "Some mail programs cut links in two.", "password not reset", v => v.GetAsync("/portal/reset/damaged"), SignInPolicy.Password),
        FailureKind.ServerError => PageAsync(500, "It has been noted.", "error", BreakAsync),
    };

    async Task<FailureMet> PageAsync(int status, string cause, string happened, Func<Visit, Task<Answer>> meet, SignInPolicy? policy = null)
    {
        var storefront = await portal.StorefrontAsync(policy);
        var visit = portal.Visit(storefront);
        return new(visit, storefront, await meet(visit), status, cause) { Event = happened };
    }

    /// <summary>A link that is opened elsewhere, after something happened.</summary>
    async Task<FailureMet> AtLinkAsync(int status, string cause, Func<Storefront, Visit, Task> happens, SignInPolicy? policy = null)
    {
        var (storefront, desk) = await AskedAsync(policy);
        using var asking = desk;
        string token = await desk.TokenAsync(ann);
        await happens(storefront, desk);
        var phone = portal.Visit(storefront);
        return new(phone, storefront, await phone.GetAsync($"/portal/link/{token}"), status, cause)
        {
            Found = FoundKind.Request,
        };
    }

    async Task<FailureMet> NoTriesLeftAsync()
    {
        var (storefront, visit) = await AskedAsync(SignInPolicy.New);
        Answer last = null!;
        for (int i = 0; i < SignInPolicy.New.CodeTries; i++) last = await visit.PostAsync("/portal/sign-in", ("code", "nonsense"));
        return new(visit, storefront, await visit.OpenAsync(last.Location!), 200, "Please ask for another link.") { Found = FoundKind.Request };
    }

    async Task<FailureMet> CookieNotKeptAsync()
    {
        var (storefront, visit) = await AskedAsync();
        var inside = await visit.RedeemAsync(await visit.TokenAsync(ann));
        visit.DropCookies();
        return new(visit, storefront, await FollowAsync(visit, inside), 200, "did not keep the cookie that remembers it") { Found = FoundKind.Session };
    }

    async Task<FailureMet> SessionEndedAsync()
    {
        var (storefront, visit) = await AskedAsync();
        await visit.OpenAsync((await visit.RedeemAsync(await visit.TokenAsync(ann))).Location!);
        await WaitAsync(storefront.Policy.SessionLifetime);
        return new(visit, storefront, await FollowAsync(visit, await visit.GetAsync("/portal")), 200, "Your session has ended. Sign in again to go on.") { Found = FoundKind.Session };
    }

    async Task<(Storefront Storefront, Visit Visit)> AskedAsync(SignInPolicy? policy = null)
    {
        var storefront = await portal.StorefrontAsync(policy);
        await portal.AccountAsync(storefront, ann);
        var visit = portal.Visit(storefront);
        (await visit.AskAsync(ann)).Status.ShouldBe(HttpStatusCode.Redirect);
        return (storefront, visit);
    }

    async Task<Answer> AskOftenAsync(Visit visit)
    {
        for (int i = 0; i < SignInPolicy.Storage.Limits.Address.Burst; i++)
        {
            await visit.AskAsync(ann);
            visit.DropCookies();
        }
        return await visit.AskAsync(ann);
    }

    async Task<Answer> TypePasswordsAsync(Visit visit)
    {
        Answer answer;
        int typed = 0;
        do answer = await visit.PostAsync("/portal/sign-in/password", ("email", ann), ("password", $"no such password {typed++}"));
        while (answer.Status == HttpStatusCode.BadRequest && typed < 100);
        return answer;
    }

    async Task<Answer> AskWithoutCookiesAsync(Visit visit)
    {
        var asked = await visit.PostAsync("/portal/sign-in", ("email", ann));
        visit.DropCookies();
        return await FollowAsync(visit, asked);
    }

    async Task<Answer> BreakAsync(Visit visit)
    {
        await portal.ExecuteAsync("alter table unit_type rename to unit_type_gone");
        try
        {
            return await visit.GetAsync("/");
        }
        finally
        {
            await portal.ExecuteAsync("alter table unit_type_gone rename to unit_type");
        }
    }

    Task WaitAsync(TimeSpan time)
    {
        portal.Clock.Advance(time);
        return Task.CompletedTask;
    }

    Task OfRequestAsync(Storefront storefront, string change) =>
        portal.ExecuteAsync($"update sign_in_request set {change} where organization_id = @OrganizationId", new { storefront.OrganizationId });

    static Task<Answer> FromAnotherSiteAsync(Visit visit) =>
        visit.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{visit.Base}/portal/sign-in") { Headers = { { "Sec-Fetch-Site", "cross-site" } } });

    static async Task<Answer> FollowAsync(Visit visit, Answer answer)
    {
        for (int i = 0; i < 5 && answer.Status == HttpStatusCode.Redirect; i++) answer = await visit.OpenAsync(answer.Location!);
        return answer;
    }
}
