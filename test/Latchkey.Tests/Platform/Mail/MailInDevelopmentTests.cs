using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Mail;

/// <summary>Where the framework checks more than in production, as <c>bin/dev</c> runs it.</summary>
public sealed class MailInDevelopmentTests(PortalInDevelopment portal) : IClassFixture<PortalInDevelopment>
{
    [Fact]
    public async Task The_first_mail_signs_in()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@development.example");
        using var ann = portal.Visit(storefront);

        await ann.SignInAsync("ann@development.example");

        (await ann.GetAsync("/portal")).Text.ShouldContain("Hi, Ann");
        portal.Log.ShouldNotContain(line => line.Contains("could not be rendered", StringComparison.Ordinal));
    }
}

public sealed class PortalInDevelopment : Portal
{
    protected override IEnumerable<string> Settings => ["--environment=Development"];
}
