using System.Net;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Tests.Platform.Mail.Providers.Rig;

namespace Latchkey.Tests.Platform.Mail.Providers;

public sealed class TopicsOfSnsTests(PortalWithProviders portal) : IClassFixture<PortalWithProviders>
{
    const string Subscribe = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37";

    [Fact]
    public async Task A_subscription_to_our_topic_is_confirmed()
    {
        (await PostAsync(portal.Fake.Ses.Subscription(Subscribe + "&a"))).ShouldBe(HttpStatusCode.OK);
        portal.Fake.AskedOfSns.ShouldContain(new Uri(Subscribe + "&a"));
    }

    [Theory]
    [InlineData("https://sns.us-east-1.amazonaws.com.evil.example/?b", FakeSes.Topic)]
    [InlineData("http://sns.us-east-1.amazonaws.com/?b", FakeSes.Topic)]
    [InlineData("https://sns.us-east-1.amazonaws.com:8443/?b", FakeSes.Topic)]
    [InlineData("https://ann@sns.us-east-1.amazonaws.com/?b", FakeSes.Topic)]
    [InlineData("https://169.254.169.254/?b", FakeSes.Topic)]
    [InlineData(Subscribe, "arn:aws:sns:us-east-1:999999999999:strangers")]
    public async Task Nothing_else_is_ever_asked_for(string url, string topic)
    {
        (await PostAsync(portal.Fake.Ses.Subscription(url, topic))).ShouldBe(HttpStatusCode.Forbidden);
        portal.Fake.AskedOfSns.ShouldNotContain(u => u.Query == "?b");
    }

    [Theory]
    [InlineData("https://sns.evil.example/cert.pem")]
    [InlineData("https://sns.us-east-1.amazonaws.com/cert.txt")]
    [InlineData("http://sns.us-east-1.amazonaws.com/cert.pem")]
    [InlineData("https://sns.us-east-1.amazonaws.com@evil.example/cert.pem")]
    [InlineData("https://sns.us-east-1.amazonaws.com/cert.pem?b")]
    public async Task A_certificate_from_elsewhere_proves_nothing(string url) =>
        (await PostAsync(portal.Fake.Ses.Notification("{}", url: url))).ShouldBe(HttpStatusCode.Forbidden);

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Both_versions_of_the_signature_are_right(string version) =>
        (await PostAsync(portal.Fake.Ses.Notification("{\"eventType\":\"Open\"}", version: version))).ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task The_sentence_by_which_SES_tries_a_topic_out_is_taken_and_leaves_nothing()
    {
        var organization = (await portal.StorefrontWithAsync(MailProviderName.Ses)).OrganizationId;
        (await portal.PostAsync(MailProviderName.Ses, organization, portal.Fake.Ses.Notification("Successfully validated SNS topic for Amazon SES event publishing."))).ShouldBe(HttpStatusCode.OK);

        (await portal.ScalarAsync<long>("select count(*) from webhook_event where organization_id = @organization", new { organization })).ShouldBe(0);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_had_makes_SNS_try_again() =>
        (await PostAsync(portal.Fake.Ses.Notification("{}", url: "https://sns.us-east-1.amazonaws.com/missing.pem"))).ShouldBe(HttpStatusCode.ServiceUnavailable);

    async Task<HttpStatusCode> PostAsync(HookPost post) => await portal.PostAsync(MailProviderName.Ses, (await portal.StorefrontWithAsync(MailProviderName.Ses)).OrganizationId, post);
}
