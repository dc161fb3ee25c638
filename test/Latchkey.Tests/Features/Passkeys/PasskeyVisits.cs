using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passkeys;

/// <summary>What passkeys.js does, in the words of the tests.</summary>
internal static class PasskeyVisits
{
    public const string SignIn = "/portal/sign-in/passkey", Page = "/portal/account/passkeys";

    /// <summary>A storefront with a host of its own, as a business has it.</summary>
    public static Task<Storefront> StorefrontWithHostAsync(this Portal portal, SignInPolicy? policy = null) =>
        portal.StorefrontAsync(policy, host: $"h{Guid.NewGuid():n}.example");

    public static string Origin(this Storefront storefront) => $"https://{storefront.Host}";

    public static Task<Answer> JsonAsync(this Visit visit, string path, string json) => visit.SendAsync(new HttpRequestMessage(HttpMethod.Post, visit.Base + path)
    {
        Content = new StringContent(json, Encoding.UTF8, "application/json"),
    });

    /// <summary>The question: challenge and options.</summary>
    public static async Task<JsonNode> QuestionAsync(this Visit visit, string path)
    {
        var asked = await visit.JsonAsync($"{path}/ask", "{}");
        asked.Status.ShouldBe(HttpStatusCode.OK, asked.Body);
        return JsonNode.Parse(asked.Body)!;
    }

    public static Task<Answer> AnswerAsync(this Visit visit, string path, JsonNode question, JsonNode credential, string? name = null, string? next = null) =>
        visit.JsonAsync(path, new JsonObject { ["challenge"] = question["challenge"]!.DeepClone(), ["credential"] = credential.DeepClone(), ["name"] = name, ["next"] = next }.ToJsonString());

    public static async Task<Answer> AddAsync(this Visit visit, string origin, Authenticator device, string name = "Ann's phone", Bent? bent = null)
    {
        var question = await visit.QuestionAsync(Page);
        return await visit.AnswerAsync($"{Page}/add", question, device.Create(question["options"]!, origin, bent), name);
    }

    /// <summary>Signed in by mail, with a passkey added.</summary>
    public static async Task<Visit> WithPasskeyAsync(this Portal portal, Storefront storefront, Authenticator device, string email, string? origin = null)
    {
        var visit = portal.Visit(storefront);
        (await visit.SignInAsync(email)).Status.ShouldBe(HttpStatusCode.OK);
        var added = await visit.AddAsync(origin ?? storefront.Origin(), device);
        added.Status.ShouldBe(HttpStatusCode.OK, added.Body);
        added.Next().ShouldBe($"{visit.Base}{Page}");
        return visit;
    }

    public static async Task<Answer> SignInByPasskeyAsync(this Visit visit, string origin, Authenticator device, Bent? bent = null)
    {
        var question = await visit.QuestionAsync(SignIn);
        return await visit.AnswerAsync(SignIn, question, device.Get(question["options"]!, origin, bent));
    }

    public static string? Next(this Answer answer) => JsonNode.Parse(answer.Body)!["next"]?.GetValue<string>();

    public static void ShouldBeRefused(this Answer answer, string message)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        JsonNode.Parse(answer.Body)!["message"]!.GetValue<string>().ShouldBe(message);
        answer.SetCookies.ShouldNotContain(c => c.Contains("session", StringComparison.Ordinal));
    }
}
