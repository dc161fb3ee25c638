using System.Net;
using System.Text;
using Latchkey.Tests.Platform.Sms.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Sms;

public sealed class ForgedReportTests(PortalWithTwilio portal) : IClassFixture<PortalWithTwilio>
{
    [Fact]
    public async Task Without_the_right_signature_nothing_is_written()
    {
        var (id, text) = await SentAsync();
        var fields = TwilioCallback.Fields(text, "delivered");
        var right = TwilioCallback.Sign(text.StatusCallback!, fields);

        (await portal.PostAsync(text.StatusCallback!, fields, null)).ShouldBe(HttpStatusCode.Forbidden);
        (await portal.PostAsync(text.StatusCallback!, fields, "")).ShouldBe(HttpStatusCode.Forbidden);
        (await portal.PostAsync(text.StatusCallback!, fields, TwilioCallback.Sign(text.StatusCallback!, fields, "another token"))).ShouldBe(HttpStatusCode.Forbidden);
        // The address it was really posted to is not the one that counts.
        (await portal.PostAsync(text.StatusCallback!, fields, TwilioCallback.Sign(new Uri(portal.Url, new Uri(text.StatusCallback!).PathAndQuery).AbsoluteUri, fields))).ShouldBe(HttpStatusCode.Forbidden);
        // A right signature for another message, and for other words.
        (await portal.PostAsync($"{text.StatusCallback}0", fields, right)).ShouldBe(HttpStatusCode.Forbidden);
        (await portal.PostAsync(text.StatusCallback!, new(fields) { ["ErrorCode"] = "21610" }, right)).ShouldBe(HttpStatusCode.Forbidden);

        (await portal.TextRowAsync(id, _ => true)).Delivery.ShouldBeNull();
        (await portal.ScalarAsync<long>("select count(*) from activity where subject_id = @id", new { id })).ShouldBe(0);
        (await portal.PostAsync(text.StatusCallback!, fields, right)).ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_default_port_may_be_signed_along()
    {
        var (id, text) = await SentAsync();
        var fields = TwilioCallback.Fields(text, "sent");
        var withPort = text.StatusCallback!.Replace("portal.example.test", "portal.example.test:443", StringComparison.Ordinal);

        (await portal.PostAsync(text.StatusCallback!, fields, TwilioCallback.Sign(withPort, fields))).ShouldBe(HttpStatusCode.NoContent);
        (await portal.TextRowAsync(id, _ => true)).Delivery.ShouldBe("sent");
    }

    [Fact]
    public async Task A_message_that_nobody_sent_is_passed_over_with_a_line_in_the_log()
    {
        var (_, text) = await SentAsync();
        var fields = TwilioCallback.Fields(text, "delivered");
        foreach (var query in new[] { $"?o={Guid.NewGuid():n}&m={Guid.NewGuid():n}", "?m=7", "", "?o=x&m=y" })
        {
            portal.Log.Clear();
            var address = $"{PortalWithTwilio.PublicUrl}/hooks/twilio{query}";
            (await portal.PostAsync(address, fields, TwilioCallback.Sign(address, fields))).ShouldBe(HttpStatusCode.NoContent);
            portal.Log.ShouldContain(line => line.StartsWith("Warning: Twilio reported on a message that is not known here"));
        }
    }

    [Fact]
    public async Task Only_a_form_of_reasonable_size_is_read()
    {
        using var http = new HttpClient { BaseAddress = portal.Url };
        (await SendAsync(new ByteArrayContent(new byte[64 * 1024]) { Headers = { ContentType = new("application/x-www-form-urlencoded") } })).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await SendAsync(new StringContent("{}", Encoding.UTF8, "application/json"))).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(new MultipartFormDataContent { { new StringContent("delivered"), "MessageStatus" } })).ShouldBe(HttpStatusCode.Forbidden);
        (await http.GetAsync(new Uri("/hooks/twilio", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        async Task<HttpStatusCode> SendAsync(HttpContent content)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/twilio") { Content = content };
            request.Headers.Add("X-Twilio-Signature", "hMahQ5oH07tOo7HLQqS1o3no9bY=");
            using var response = await http.SendAsync(request);
            return response.StatusCode;
        }
    }

    async Task<(Guid Id, SentText Text)> SentAsync()
    {
        var to = Texting.NewNumber();
        var id = await portal.TextAsync(await portal.StorefrontAsync(), to);
        await portal.SentTextRowAsync(id);
        return (id, portal.Twilio.Texts.Single(t => t.To == to));
    }
}
