using System.Net;
using System.Net.Sockets;
using System.Text;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

public sealed class BadInputTests(Portal portal) : IClassFixture<Portal>
{
    public static TheoryData<string> Refused => new(
        "", " ", "ann", "@", "ann@", "@one.example", "ann@one.example,bob@two.example", "ann@one.example;bob@two.example", "ann@one.example bob@two.example",
        "ann@one.example\nbob@two.example", "ann@one.example\r\nBcc: bob@two.example", "ann\0@one.example", "ann@one.example\0",
        "ann@one.example，bob@two.example", "\"bob@evil.example\"@one.example", "ann@one.example <bob@evil.example>", "(c)ann@one.example", "ann@[127.0.0.1]",
        "ann%one.example@", "@r1,@r2:ann@one.example", "ann@one。example", "ann@o\u00ADne.example", "\u212Ass@one.example", "kſs@one.example", "kıss@one.example",
        "ａｎｎ@one.example", "ann\uFF20one.example@evil.example", "an\u200Bn@one.example", "ann\u202E@one.example", "ann@one.example{{7*7}} x", "<b>ann</b>@one.example");

    [Theory, MemberData(nameof(Refused))]
    public async Task An_address_that_is_not_one_plain_address_is_refused_and_stays_in_the_field(string typed)
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = portal.Visit(storefront);
        await visit.GetAsync("/portal/sign-in");

        var answer = await visit.PostAsync("/portal/sign-in", ("email", typed));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        // A NUL is refused by the form reader already, before it can be anybody's address.
        answer.Heading.ShouldBe(typed.Contains('\0') ? "That did not arrive in one piece" : "Customer portal");
        if (!typed.Contains('\0')) answer.Text.ShouldContain("That is not one e-mail address.");
        await NothingWasStoredAsync(storefront.OrganizationId);
    }

    [Fact]
    public async Task Two_addresses_in_one_form_are_refused()
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = portal.Visit(storefront);
        (await visit.PostAsync("/portal/sign-in", ("email", "ann@one.example"), ("email", "bob@evil.example"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await visit.PostAsync("/portal/sign-in?email=bob@evil.example", ("email", "ann@one.example"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await visit.PostAsync("/portal/sign-in", ("EMAIL[]", "ann@one.example"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        await NothingWasStoredAsync(storefront.OrganizationId);
    }

    [Fact]
    public async Task A_megabyte_is_refused_with_a_page()
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = portal.Visit(storefront);
        var answer = await visit.PostAsync("/portal/sign-in", ("email", new string('a', 1024 * 1024 - 100) + "@one.example"));
        answer.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Heading.ShouldBe("That is too long");
    }

    [Theory]
    [InlineData("application/json", "{\"email\":\"ann@one.example\"}")]
    [InlineData("text/plain", "email=ann@one.example")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nann@one.example")]
    [InlineData("application/x-www-form-urlencoded", "email=%zz%00%&&&==")]
    public async Task A_body_that_is_no_form_is_refused(string type, string body)
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = portal.Visit(storefront);
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await visit.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{visit.Base}/portal/sign-in") { Content = content });

        ((int)answer.Status).ShouldBeInRange(400, 499);
        await NothingWasStoredAsync(storefront.OrganizationId);
    }

    [Theory]
    [InlineData("PUT", "/portal/sign-in")]
    [InlineData("DELETE", "/portal/sign-in")]
    [InlineData("PATCH", "/portal/link")]
    [InlineData("POST", "/")]
    [InlineData("POST", "/portal")]
    [InlineData("BREW", "/portal/sign-in")]
    public async Task A_wrong_method_is_a_405_or_needs_signing_in(string method, string path)
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = portal.Visit(storefront);
        var answer = await visit.SendAsync(new HttpRequestMessage(new HttpMethod(method), visit.Base + path));
        if (path == "/portal") answer.Location.ShouldBe($"{visit.Base}/portal/sign-in");
        else (answer.Status, answer.Heading).ShouldBe((HttpStatusCode.MethodNotAllowed, "That is not possible here"));
    }

    [Fact]
    public async Task Garbage_in_cookies_is_ignored()
    {
        var storefront = await portal.StorefrontAsync();
        foreach (var value in new[] { "x", "a b", "%00", new string('a', 4000), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" })
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = portal.Url };
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/s/{storefront.Slug}/portal");
            request.Headers.TryAddWithoutValidation("Cookie", $"latchkey-session-{storefront.Slug}={value}; latchkey-browser-{storefront.Slug}={value}; latchkey-language={value}");
            using var response = await http.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
    }

    [Theory]
    [InlineData("/portal/link/%00")]
    [InlineData("/portal/link/%c0%af")]
    [InlineData("/portal/link/a%2fb")]
    [InlineData("/portal/link/../../../etc/passwd")]
    [InlineData("/portal/;.css")]
    [InlineData("/portal/x.css")]
    [InlineData("/portal/sign-in/%2e%2e/x")]
    public async Task Odd_paths_never_end_in_a_500(string path)
    {
        var storefront = await portal.StorefrontAsync();
        // HttpClient would tidy the path up: the bytes go out by hand.
        using var socket = new TcpClient();
        await socket.ConnectAsync(portal.Url.Host, portal.Url.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /s/{storefront.Slug}{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(socket.GetStream());
        int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(300, 499);
    }

    private async Task NothingWasStoredAsync(Guid organization) =>
        (await portal.ScalarAsync<long>("select count(*) from sign_in_request where organization_id = @organization", new { organization })).ShouldBe(0);
}
