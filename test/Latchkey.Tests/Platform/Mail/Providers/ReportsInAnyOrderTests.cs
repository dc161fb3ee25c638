using FsCheck;
using FsCheck.Fluent;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Tests.Platform.Mail.Providers.Rig;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Mail.Providers;

/// <summary>Whatever a provider tells of a mail, in whatever order and however often: the mail ends the same.</summary>
public sealed class ReportsInAnyOrderTests(PortalWithProviders portal) : IClassFixture<PortalWithProviders>
{
    const int Sequences = 60;

    static Gen<Case> Cases =>
        from provider in Gen.Elements(Enum.GetValues<MailProviderName>())
        from length in Gen.Choose(1, 6)
        from told in Gen.Elements(Enum.GetValues<Told>()).ListOf(length)
        from again in Gen.Choose(0, length - 1).ListOf(3)
        from order in Gen.Shuffle(Enumerable.Range(0, length).Concat(again).ToArray())
        from late in Gen.Elements(true, false)
        select new Case(provider, [.. told], [.. order], late);

    [Fact]
    public async Task Every_permutation_and_duplication_ends_in_the_same_status()
    {
        var storefront = await portal.StorefrontAsync();
        var cases = Gen.Sample(Cases, Sequences).ToList();
        foreach (var one in cases)
        {
            (one.InOrder, one.Shuffled) = (await portal.MailAsync(storefront, Mailing.NewAddress(), leaves: false), await portal.MailAsync(storefront, Mailing.NewAddress(), leaves: false));
            await TellAsync(storefront.OrganizationId, one, one.InOrder, Enumerable.Range(0, one.Told.Length));
            await TellAsync(storefront.OrganizationId, one, one.Shuffled, one.Order);
        }

        foreach (var one in cases)
        {
            var (inOrder, shuffled) = (await portal.MailRowAsync(one.InOrder, _ => true), await portal.MailRowAsync(one.Shuffled, _ => true));
            End(shuffled).ShouldBe(End(inOrder), one.ToString());
            inOrder.Status.ShouldBe(Expected(one), one.ToString());
            (await portal.EventsAsync(one.Shuffled)).ShouldBe(await portal.EventsAsync(one.InOrder), one.ToString());
        }
    }

    /// <summary>Each event once in the inbox; one told again comes under its own name, and sometimes after the others were worked off.</summary>
    async Task TellAsync(Guid organization, Case one, Guid mail, IEnumerable<int> order)
    {
        var fake = portal.Fake[one.Provider];
        var row = new ReportedMail($"id-{mail:n}", "ann@example.com", new MessageKey(organization, mail).ToString());
        var posts = one.Told.Select(told => Events(one.Provider, fake.Report(row, told))).ToList();
        foreach (int which in order)
        {
            (await portal.Services.GetRequiredService<WebhookInbox>().StoreAsync(organization, one.Provider.Word(), posts[which], contentIsProved: true)).ShouldBeTrue();
            if (one.OneByOne) await portal.WorkedOffAsync(organization);
        }
        await portal.WorkedOffAsync(organization);
    }

    static IReadOnlyList<HookEvent> Events(MailProviderName provider, HookPost post)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in post.Headers) headers[name] = value;
        IMailHook hook = provider switch
        {
            MailProviderName.Postmark => new Latchkey.Platform.Mail.Providers.Postmark.PostmarkHook("", ""),
            MailProviderName.Ses => new Latchkey.Platform.Mail.Providers.Ses.SesHook([], null!),
            MailProviderName.SendGrid => new Latchkey.Platform.Mail.Providers.SendGrid.SendGridHook("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA=="),
            MailProviderName.Mailgun => new Latchkey.Platform.Mail.Providers.Mailgun.MailgunHook("key"),
            MailProviderName.Resend => new Latchkey.Platform.Mail.Providers.Resend.ResendHook([]),
        };
        return hook.Events(new HookCall(headers, post.Body));
    }

    static MailStatus Expected(Case one) =>
        one.Told.Any(t => t is Told.Bounced or Told.Complained or Told.Suppressed) ? MailStatus.Failed
        : one.Told.Contains(Told.Delivered) ? MailStatus.Delivered
        : one.Told.Contains(Told.Deferred) ? MailStatus.Delayed
        : one.Provider != MailProviderName.Postmark && one.Told.Contains(Told.Sent) ? MailStatus.Sent
        : MailStatus.Queued;

    static object End(SentRow row) => (row.Status, row.Delivery, row.DeliveryCode, row.DeliveryReason, row.DeliveryDetail, row.DeliveredAt);

    sealed record Case(MailProviderName Provider, Told[] Told, int[] Order, bool OneByOne)
    {
        public Guid InOrder { get; set; }
        public Guid Shuffled { get; set; }

        public override string ToString() => $"{Provider}: {string.Join(", ", Order.Select(i => Told[i]))}";
    }
}
