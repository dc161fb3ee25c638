using System.Net;
using System.Text.Json;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Sms;
using Latchkey.Tests.Platform.Sms.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Sms;

public sealed class TextsByMessagingServiceTests(TextsByMessagingServiceTests.PortalWithService portal) : IClassFixture<TextsByMessagingServiceTests.PortalWithService>
{
    [Fact]
    public async Task A_messaging_service_stands_in_for_the_number()
    {
        var to = Texting.NewNumber();
        await portal.SentTextRowAsync(await portal.TextAsync(await portal.StorefrontAsync(), to));

        var text = portal.Twilio.Texts.Single(t => t.To == to);
        (text.From, text.Service).ShouldBe((null, PortalWithService.Service));
    }

    public sealed class PortalWithService : PortalWithTwilio
    {
        internal const string Service = "MG0123456789abcdef0123456789abcdef";

        protected override string Sender => Service;
    }
}

public sealed class TextsInTheMailboxTests(TextsInTheMailboxTests.PortalWithMailbox portal) : IClassFixture<TextsInTheMailboxTests.PortalWithMailbox>
{
    [Fact]
    public async Task With_nothing_configured_a_text_is_in_the_mailbox()
    {
        var (storefront, to) = (await portal.StorefrontAsync(), Texting.NewNumber());
        portal.Services.GetRequiredService<SmsChannel>().IsOn.ShouldBeTrue();
        var id = await portal.TextAsync(storefront, to);
        await portal.SentTextRowAsync(id);
        using var visit = portal.Visit(storefront);

        var sms = JsonDocument.Parse((await visit.Http.GetStringAsync(new Uri("/mailbox.json", UriKind.Relative)))).RootElement.EnumerateArray().Single(m => m.GetProperty("to").GetString() == to);
        (sms.GetProperty("channel").GetString(), sms.GetProperty("from").GetString(), sms.GetProperty("storefront").GetString()).ShouldBe(("sms", "Riverbend Storage", storefront.Slug));
        sms.GetProperty("text").GetString().ShouldNotBeNull().ShouldContain(HelloText.Code);
        (sms.GetProperty("subject").GetString(), sms.GetProperty("html").GetString()).ShouldBe(("", ""));

        var list = (await visit.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/mailbox"))).Page;
        list.QuerySelector($"a[href='/mailbox/{id}']")!.TextContent.ShouldContain("SMS");
        var page = await visit.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/mailbox/{id}"));
        page.Heading.ShouldBe("SMS from Riverbend Storage");
        page.Page.QuerySelector(".bubble")!.TextContent.ShouldContain($"your code is {HelloText.Code}");
        page.Text.ShouldContain(to);
    }

    [Fact]
    public async Task There_is_nothing_for_Twilio_to_report_to()
    {
        using var http = new HttpClient { BaseAddress = portal.Url };
        using var answer = await http.PostAsync(new Uri("/hooks/twilio", UriKind.Relative), new FormUrlEncodedContent([]));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    public sealed class PortalWithMailbox : Portal
    {
        protected override IEnumerable<string> MailSettings => [];

        protected override void Adjust(IServiceCollection services) => services.AddSingleton<MailKind, HelloText>();
    }
}

public sealed class TextsThatNobodySendsTests(TextsThatNobodySendsTests.PublicPortal open, Portal withRelay)
    : IClassFixture<TextsThatNobodySendsTests.PublicPortal>, IClassFixture<Portal>
{
    [Fact]
    public void With_a_mail_server_and_no_Twilio_there_are_no_texts() => withRelay.Services.GetRequiredService<SmsChannel>().IsOn.ShouldBeFalse();

    [Fact]
    public void On_a_public_installation_the_mailbox_stands_in_for_nothing() => open.Services.GetRequiredService<SmsChannel>().IsOn.ShouldBeFalse();

    public sealed class PublicPortal : Portal
    {
        protected override IEnumerable<string> MailSettings => [];

        protected override IEnumerable<string> Settings => ["--Latchkey:PublicUrl=https://portal.example.test"];
    }
}
