using System.Net;
using System.Text.RegularExpressions;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Browser;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>SECURITY 62e: somebody else types more wrong codes for an address than are ever compared.</summary>
public sealed partial class GuessedCodesTests(PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    private static readonly SignInPolicy Policy = SignInPolicy.Subscription with { Limits = SignInLimits.Off with { Code = new SignInLimits().Code } };

    [Fact]
    public async Task Pause_codes_and_tell_the_holder_once_while_the_link_goes_on_and_brings_codes_back()
    {
        var storefront = await portal.StorefrontAsync(Policy, locale: "fr");
        string ann = $"{Guid.NewGuid():n}@guessed.example", nobody = $"{Guid.NewGuid():n}@guessed.example";
        await portal.AccountAsync(storefront, ann);
        using var hers = portal.Visit(storefront);
        await hers.AskAsync(ann);
        string mail = await portal.MessageAsync(ann);

        foreach (string address in new[] { ann, nobody })
            await GuessAsync(storefront, address, browsers: 8);

        (await hers.PostAsync("/portal/sign-in", ("code", CodeIn(mail)))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        var told = await NoticesAsync();
        told.ShouldHaveSingleItem().ShouldContain("Le lien dans nos courriels fonctionne toujours.");

        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        (await hers.RedeemAsync(Latchkey.Tests.Rig.Visit.TokenIn(mail))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await hers.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);

        using var phone = portal.Visit(storefront);
        int before = (await portal.MessagesAsync(ann)).Count;
        await phone.AskAsync(ann);
        await phone.PostAsync("/portal/sign-in", ("code", CodeIn(await portal.MessageAsync(ann, before + 1))));
        (await phone.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);
        (await NoticesAsync()).ShouldHaveSingleItem();

        async Task<List<string>> NoticesAsync() =>
            [.. (await portal.MessagesAsync(ann)).Concat(await portal.MessagesAsync(nobody, 0)).Select(m => m.Text).Where(m => m.Contains("Des codes erronés", StringComparison.Ordinal))];
    }

    private async Task GuessAsync(Storefront storefront, string address, int browsers)
    {
        for (int i = 0; i < browsers; i++)
        {
            using var eve = portal.Visit(storefront);
            await eve.AskAsync(address);
            for (int n = 0; n < Policy.CodeTries; n++) await eve.PostAsync("/portal/sign-in", ("code", "x"));
        }
    }

    private static string CodeIn(string mail) => Code().Match(mail).Groups["code"].Value;

    [GeneratedRegex("#(?<code>[0-9]{4})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
