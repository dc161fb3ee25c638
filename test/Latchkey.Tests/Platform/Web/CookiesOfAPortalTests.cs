using System.Net;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Web;

public sealed class CookiesOfAPortalTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Are_for_the_server_alone_and_for_one_host_and_say_nothing_of_the_person(bool ownHost)
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage, host: ownHost ? $"h{Guid.NewGuid():n}.example" : null);
        string email = $"ann@{(ownHost ? "host" : "slug")}-cookies.example";
        await portal.AccountAsync(storefront, email);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = portal.Url };

        var asked = await SendAsync(HttpMethod.Post, "/portal/sign-in", ("email", email));
        var redeemed = await SendAsync(HttpMethod.Post, "/portal/link", ("token", Visit.TokenIn((await portal.MailsAsync(email))[0].Text)));
        redeemed.Status.ShouldBe(HttpStatusCode.Redirect);

        var cookies = asked.SetCookies.Concat(redeemed.SetCookies).ToList();
        cookies.Count.ShouldBe(3); // the browser's, the browser's again since it came back with none, the session's
        foreach (string cookie in cookies)
        {
            cookie.ShouldContain("; path=/");
            cookie.ShouldContain("; httponly");
            cookie.ShouldContain("; samesite=lax");
            cookie.ShouldNotContain("domain=");
            cookie.ShouldNotContain("ann");
            (cookie.StartsWith("__Host-", StringComparison.Ordinal), cookie.Contains("; secure", StringComparison.Ordinal)).ShouldBe((ownHost, ownHost));
        }
        cookies.Single(c => c.Contains("latchkey-session-", StringComparison.Ordinal)).ShouldContain($"; max-age={storefront.Policy.SessionLifetime.TotalSeconds:0}");

        async Task<Answer> SendAsync(HttpMethod method, string path, (string, string) field)
        {
            using var request = new HttpRequestMessage(method, ownHost ? path : $"/s/{storefront.Slug}{path}")
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create(field.Item1, field.Item2)]),
            };
            if (ownHost) request.Headers.Host = storefront.Host;
            using var response = await http.SendAsync(request);
            return new Answer(response, await response.Content.ReadAsStringAsync());
        }
    }
}
