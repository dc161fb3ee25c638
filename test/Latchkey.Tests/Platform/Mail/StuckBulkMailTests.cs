using System.Diagnostics;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Platform.Mail;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Mail;

public sealed class StuckBulkMailTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Bulk_mail_that_is_stuck_delays_no_sign_in_mail()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@bulk.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@bulk.example");
        await portal.MailsAsync("ann@bulk.example");
        var request = await portal.ScalarAsync<string>("select cast(request_id as text) from mail where to_address = 'ann@bulk.example'");
        const int connectionsOfBulk = Latchkey.Platform.Mail.Smtp.SmtpSettings.DefaultConnections / 2;
        portal.Sink.CloseConnections();
        portal.Sink.On(Moment.Mail, [.. Enumerable.Repeat(ServerAct.Hang, connectionsOfBulk), ServerAct.Behave]);
        var before = MailCommands();
        await EnqueueBulkAsync(storefront, account, Guid.Parse(request), 50);
        while (MailCommands() < before + connectionsOfBulk) await Task.Delay(10, TestContext.Current.CancellationToken);

        var waited = Stopwatch.StartNew();
        await portal.AccountAsync(storefront, "bob@bulk.example");
        using var bob = portal.Visit(storefront);
        await bob.SignInAsync("bob@bulk.example");

        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await portal.ScalarAsync<long>("select count(*) from mail where lane = 1 and state = 'sent'")).ShouldBe(0);
        portal.Sink.CloseConnections();
    }

    int MailCommands() => portal.Sink.Commands.Count(c => c.StartsWith("MAIL", StringComparison.Ordinal));

    /// <summary>More than the lane has connections; that they are sign-in mails of one request is beside the point.</summary>
    async Task EnqueueBulkAsync(Latchkey.Platform.Tenancy.Storefront storefront, Guid account, Guid request, int count)
    {
        var (outbox, now) = (portal.Services.GetRequiredService<Outbox>(), portal.Clock.GetUtcNow());
        var mails = Enumerable.Range(0, count).Select(i => new NewMail
        {
            OrganizationId = storefront.OrganizationId, StorefrontId = storefront.Id, Id = Guid.CreateVersion7(),
            Kind = SignInLinkMail.Kind, AccountId = account, RequestId = request, LinkNumber = 1, ToAddress = $"many{i}@bulk.example", Locale = "en",
            CreatedAt = now, GiveUpAt = now.AddHours(1), About = SignInLinkMail.About(now, null, byStaff: false),
        }).ToList();
        outbox.Announce(await portal.Database.WriteAsync(t => outbox.EnqueueAsync(t, MailLane.Bulk, mails)));
    }
}
