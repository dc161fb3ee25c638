using System.Text.RegularExpressions;
using Latchkey.Features.Passwords;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Passwords;

/// <summary>What people do at a storefront with passwords.</summary>
internal static partial class Fernhill
{
    public const string Password = "correct horse battery";
    public const string Other = "staple the purple cow";

    public static SignInPolicy Policy { get; } = SignInPolicy.Password with { Limits = SignInLimits.Off };

    public static Task<Storefront> FernhillAsync(this Portal portal, SignInPolicy? policy = null) => portal.StorefrontAsync(policy ?? Policy, name: "Fernhill Water");

    /// <summary>An account with a password.</summary>
    public static async Task<Guid> AccountWithPasswordAsync(this Portal portal, Storefront storefront, string email, string state = "proven", string password = Password, string by = "customer")
    {
        var account = await portal.AccountAsync(storefront, email, state: state);
        await portal.HashAsync(storefront, account, portal.Services.GetRequiredService<IPasswordHasher>().Hash(password), by);
        return account;
    }

    public static Task HashAsync(this Portal portal, Storefront storefront, Guid account, string hash, string by = "import") => portal.ExecuteAsync(
        "update account set password_hash = @hash, password_by = @by where organization_id = @OrganizationId and id = @account", new { storefront.OrganizationId, account, hash, by });

    public static Task<Answer> TypeAsync(this Visit visit, string email, string password) => visit.PostAsync("/portal/sign-in/password", ("email", email), ("password", password));

    public static async Task<bool> IsSignedInAsync(this Visit visit) => (await visit.GetAsync("/portal")).Heading == "Hi, Ann";

    public static Task<Answer> RegisterAsync(this Visit visit, string email, string password = Password, string name = "Ann Archer") =>
        visit.PostAsync("/portal/register", ("full_name", name), ("email", email), ("password", password));

    public static Task<Answer> ForgetAsync(this Visit visit, string email) => visit.PostAsync("/portal/forgot-password", ("email", email));

    /// <summary>The token of the newest of so many mails, in a link to that page.</summary>
    public static async Task<string> TokenAsync(this Portal portal, string page, string email, int mails = 1) =>
        Link(page).Match((await portal.MailsAsync(email, mails))[^1].Text) is { Success: true } match ? match.Groups["token"].Value : throw new InvalidDataException($"No link to {page}.");

    public static Task<Answer> ConfirmAsync(this Visit visit, string token, string? password = null) =>
        visit.PostAsync("/portal/confirm", password is null ? [("token", token)] : [("token", token), ("password", password)]);

    public static Task<Answer> ResetAsync(this Visit visit, string token, string password = Other) => visit.PostAsync("/portal/reset", ("token", token), ("password", password));

    public static async Task<Answer> PressAsync(this Visit visit, Answer page, string button)
    {
        var form = page.Page.QuerySelectorAll("main form").Single(f => f.QuerySelector("button")!.TextContent.Trim() == button);
        var fields = form.QuerySelectorAll("input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)).ToArray();
        return await visit.PostAsync(form.GetAttribute("action")!, fields);
    }

    public static Task<string?> StateAsync(this Portal portal, Storefront storefront, string email, string column = "state") => portal.ScalarAsync<string?>(
        $"select {column} from account where organization_id = @OrganizationId and storefront_id = @Id and email = @email", new { storefront.OrganizationId, storefront.Id, email });

    /// <summary>All that an onlooker could compare, without what is of this visit or address only.</summary>
    public static string Print(Answer answer, string address)
    {
        var headers = answer.Headers.Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}");
        return Cookie().Replace($"{answer.Status}\n{string.Join('\n', headers)}\n{answer.Body}".Replace(address, "ADDRESS", StringComparison.Ordinal), "ID");
    }

    private static Regex Link(string page) => new($"/portal/{page}/(?<token>[a-z2-7]{{32}})", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex("(?<=browser-[a-z0-9]+=)[a-z2-7]{32}|(?<=Content-Length: )[0-9]+|[A-Z2-7]{4}-[A-Z2-7]{4}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cookie();
}
