using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Account;

/// <summary>What a person does on the Account page.</summary>
internal static class AccountVisit
{
    /// <summary>Fills the form as the page shows it, changes some fields, and sends it.</summary>
    public static async Task<Answer> SaveAsync(this Visit visit, params (string Name, string Value)[] changes)
    {
        var page = (await visit.GetAsync("/portal/account")).Page;
        return await visit.PostAsync("/portal/account", [.. Fields(page).Where(f => !changes.Any(c => c.Name == f.Name)), .. changes]);
    }

    public static IEnumerable<(string Name, string Value)> Fields(IHtmlDocument page)
    {
        foreach (var input in page.QuerySelectorAll("form.fields input").OfType<IHtmlInputElement>()) yield return (input.Name!, input.Value);
        yield return ("language", ((IHtmlSelectElement)page.QuerySelector("#language")!).Value!);
    }

    /// <summary>What a field of the form is filled with.</summary>
    public static string Field(this Answer answer, string name) => Fields(answer.Page).Single(f => f.Name == name).Value;

    public static string TokenIn(string text, string page) =>
        Regex.Match(text, $"/portal/account/{page}/(?<token>[a-z2-7]{{32}})", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } match
        ? match.Groups["token"].Value : throw new InvalidDataException($"No link to {page} in: {text}");

    /// <summary>A proven customer, signed in a moment ago.</summary>
    public static async Task<(Guid Account, Visit Visit)> SignedInAsync(this Portal portal, Storefront storefront, string email)
    {
        var account = await portal.AccountAsync(storefront, email);
        var visit = portal.Visit(storefront);
        await visit.SignInAsync(email);
        return (account, visit);
    }
}
