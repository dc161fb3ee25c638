using Latchkey.Platform.Payments;
using Microsoft.Extensions.Configuration;

namespace Latchkey.Tests.Platform.Payments;

[Trait("Engine", "none")]
public sealed class StripeSettingsTests
{
    private const string Key = "sk_test_0123456789", Secret = "whsec_0123456789abcdef";

    [Theory]
    [InlineData(Key, "", "Stripe__WebhookSecret")]
    [InlineData(Key, null, "Stripe__WebhookSecret")]
    [InlineData(Key, "whsec_short", "Stripe__WebhookSecret")]
    [InlineData(Key, "whsec_0123456789abcdef,", null)]
    [InlineData(Key, "whsec_0123456789abcdef,whsec_", "Stripe__WebhookSecret")]
    [InlineData("", Secret, "Stripe__WebhookSecret is set without Stripe__ApiKey.")]
    [InlineData("pk_live_0123456789", Secret, "Stripe__ApiKey")]
    [InlineData("sk_live_x", Secret, "Stripe__ApiKey")]
    [InlineData("sk_test_0123456789\n", Secret, "Stripe__ApiKey")]
    [InlineData(Key, Secret, null)]
    [InlineData("", "", null)]
    public void An_account_without_a_secret_that_events_can_be_checked_by_stops_the_start(string key, string? secret, string? problem)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Stripe:ApiKey"] = key, ["Stripe:WebhookSecret"] = secret }).Build();

        if (problem is null) StripeSettings.Read(configuration).Account?.Secrets.ShouldBe([Secret]);
        else
        {
            string said = Should.Throw<FormatException>(() => StripeSettings.Read(configuration)).Message;
            said.ShouldContain(problem);
            foreach (string value in new[] { key, secret ?? "" }.Where(v => v.Length > 0)) said.ShouldNotContain(value);
        }
    }
}
