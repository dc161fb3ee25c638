using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Tests.Rig;

/// <summary>One person at one storefront, with a browser's cookies. Redirects are followed by hand where a test looks at them.</summary>
internal sealed partial class Visit : IDisposable
{
    readonly Portal portal;
    readonly Storefront storefront;
    readonly HttpClient http;

    public Visit(Portal portal, Storefront storefront)
    {
        (this.portal, this.storefront) = (portal, storefront);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = portal.Url };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0");
    }

    public CookieContainer Cookies { get; } = new();
    public HttpClient Http => http;
    /// <summary>What paths are below: the storefront's address, or the console's for its staff.</summary>
    public string Base => storefront.IsConsole() ? ConsoleRealm.Root : $"/s/{storefront.Slug}";

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, At(path)));

    public Task<Answer> PostAsync(string path, params (string Name, string Value)[] form) => SendAsync(new HttpRequestMessage(HttpMethod.Post, At(path))
    {
        Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))),
    });

    /// <summary>Opens an address as a page or an answer gives it.</summary>
    public Task<Answer> OpenAsync(string address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Url, address)));

    /// <summary>Sends a form as a page gives it.</summary>
    public Task<Answer> SubmitAsync(string action, params (string Name, string Value)[] form) => SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Url, action))
    {
        Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))),
    });

    /// <summary>As a browser does that keeps none.</summary>
    public void DropCookies()
    {
        foreach (Cookie cookie in Cookies.GetAllCookies()) cookie.Expired = true;
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Opens the sign-in page, as a browser does first, and asks for a link.</summary>
    public async Task<Answer> AskAsync(string email)
    {
        await GetAsync("/portal/sign-in");
        return await PostAsync("/portal/sign-in", ("email", email));
    }

    /// <summary>The token in the newest of so many mails to the address.</summary>
    public async Task<string> TokenAsync(string email, int mails = 1) => TokenIn((await portal.MailsAsync(email, mails))[^1].Text);

    /// <summary>Presses the button on the page behind a link.</summary>
    public Task<Answer> RedeemAsync(string token) => PostAsync("/portal/link", ("token", token));

    /// <summary>The whole way: asks, reads the mail, opens the link, presses the button; ends on the dashboard.</summary>
    public async Task<Answer> SignInAsync(string email, int mails = 1)
    {
        (await AskAsync(email)).Status.ShouldBe(HttpStatusCode.Redirect);
        var token = await TokenAsync(email, mails);
        (await GetAsync($"/portal/link/{token}")).Status.ShouldBe(HttpStatusCode.OK);
        var redeemed = await RedeemAsync(token);
        redeemed.Status.ShouldBe(HttpStatusCode.Redirect, redeemed.Body);
        return await GetAsync("/portal");
    }

    public static string TokenIn(string text) => Link().Match(text) is { Success: true } match ? match.Groups["token"].Value : throw new InvalidDataException($"No link in: {text}");

    public void Dispose() => http.Dispose();

    string At(string path) => path.StartsWith("/s/", StringComparison.Ordinal) || path.StartsWith("http", StringComparison.Ordinal) ? path : Base + path;

    [GeneratedRegex("/portal/link/(?<token>[a-z2-7]{32})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}

/// <summary>What came back.</summary>
internal sealed partial class Answer(HttpResponseMessage response, string body)
{
    public HttpStatusCode Status { get; } = response.StatusCode;
    public string Body { get; } = body;
    public string? Location { get; } = response.Headers.Location?.OriginalString;
    public IReadOnlyList<string> SetCookies { get; } = response.Headers.TryGetValues("Set-Cookie", out var values) ? [.. values] : [];
    public IReadOnlyDictionary<string, string> Headers { get; } = response.Headers.Concat(response.Content.Headers)
        .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);

    public IHtmlDocument Page => new HtmlParser().ParseDocument(Body);
    public string Heading => Page.QuerySelector("h1")?.TextContent.Trim() ?? "";
    public string? HelpCode => Code().Match(Page.QuerySelector("main .help-code")?.TextContent ?? "") is { Success: true } found ? found.Value : null;
    public static string HelpCodeIn(string mail) => Code().Match(mail) is { Success: true } found ? found.Value : throw new InvalidDataException($"No help code in: {mail}");
    public string WithoutHelpCode => Code().Replace(Text, "CODE");
    public string Text => string.Join(' ', Page.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("[A-Z2-7]{4}-[A-Z2-7]{4}", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
