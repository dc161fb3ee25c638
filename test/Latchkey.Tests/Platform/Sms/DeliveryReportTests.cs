using System.Net;
using Latchkey.Tests.Platform.Sms.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Sms;

public sealed class DeliveryReportTests(PortalWithTwilio portal) : IClassFixture<PortalWithTwilio>
{
    [Fact]
    public async Task A_delivered_text_is_on_record_with_each_step_once()
    {
        var (id, text) = await SentAsync();
        foreach (var status in new[] { "queued", "queued", "sent", "delivered", "delivered" })
            (await portal.ReportAsync(text, status)).ShouldBe(HttpStatusCode.NoContent);

        var row = await portal.TextRowAsync(id, _ => true);
        (row.State, row.Delivery, row.DeliveryCode, row.DeliveryReason, row.ProviderId).ShouldBe(("sent", "delivered", null, null, text.Sid));
        row.DeliveredAt.ShouldNotBeNull();
        (await ActivityAsync(id)).ShouldBe("SMS delivered, SMS queued, SMS sent");
    }

    [Fact]
    public async Task A_text_that_did_not_arrive_says_why_in_plain_words()
    {
        var (id, text) = await SentAsync();
        await portal.ReportAsync(text, "undelivered", 30003);

        var row = await portal.TextRowAsync(id, _ => true);
        (row.Delivery, row.DeliveryCode, row.DeliveryReason, row.DeliveredAt).ShouldBe(("undelivered", 30003, "The phone is switched off or out of reach.", null));
        (await portal.ScalarAsync<string>("select detail from activity where subject_id = @id and type = 'WEBHOOK'", new { id })).ShouldBe(row.DeliveryReason);
    }

    [Theory]
    [InlineData("undelivered")]
    [InlineData("delivered")]
    public async Task Reports_in_any_order_and_any_number_end_alike(string last)
    {
        (string Status, int? Code)[] reports = [("queued", null), ("sending", null), ("sent", null), (last, last == "delivered" ? null : 30005), ("sent", null)];
        var ends = new HashSet<(string?, int?, string?, bool)>();
        for (int seed = 0; seed < 6; seed++)
        {
            var (id, text) = await SentAsync();
            var order = Enumerable.Concat(reports, reports).ToArray();
            new Random(seed).Shuffle(order);
            foreach (var (status, code) in order) await portal.ReportAsync(text, status, code);
            var row = await portal.TextRowAsync(id, _ => true);
            ends.Add((row.Delivery, row.DeliveryCode, row.DeliveryReason, row.DeliveredAt is not null));
        }

        ends.ShouldHaveSingleItem().Item1.ShouldBe(last);
    }

    [Fact]
    public async Task Reports_that_come_at_once_end_alike_too()
    {
        var (id, text) = await SentAsync();
        await Task.WhenAll(Enumerable.Repeat(new[] { "queued", "sending", "sent", "delivered" }, 4).SelectMany(s => s).Select(s => portal.ReportAsync(text, s)));

        (await portal.TextRowAsync(id, _ => true)).Delivery.ShouldBe("delivered");
        (await portal.ScalarAsync<long>("select count(*) from activity where subject_id = @id and event = 'SMS delivered'", new { id })).ShouldBe(1);
    }

    [Theory]
    [InlineData("read", "delivered")]
    [InlineData("canceled", "failed")]
    [InlineData("scheduled", "accepted")]
    [InlineData("teleported", null)]
    public async Task A_word_that_is_rare_is_understood_or_passed_over(string status, string? delivery)
    {
        var (id, text) = await SentAsync();
        (await portal.ReportAsync(text, status)).ShouldBe(HttpStatusCode.NoContent);

        (await portal.TextRowAsync(id, _ => true)).Delivery.ShouldBe(delivery);
    }

    [Fact]
    public async Task A_report_that_overtakes_our_own_mark_is_kept()
    {
        var to = Texting.NewNumber();
        portal.Twilio.On(to, TwilioAct.BreakAfterTaking);
        var id = await portal.TextAsync(await portal.StorefrontAsync(), to);
        await portal.DelayedTextRowAsync(id);
        await portal.ReportAsync(portal.Twilio.Texts.Single(t => t.To == to), "delivered");

        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        portal.Wake();

        var row = await portal.SentTextRowAsync(id);
        (row.Delivery, row.DeliveredAt is not null, row.TextBody is not null).ShouldBe(("delivered", true, true));
        portal.Twilio.Texts.Count(t => t.To == to).ShouldBe(1);
    }

    async Task<(Guid Id, SentText Text)> SentAsync()
    {
        var to = Texting.NewNumber();
        var id = await portal.TextAsync(await portal.StorefrontAsync(), to);
        await portal.SentTextRowAsync(id);
        return (id, portal.Twilio.Texts.Single(t => t.To == to));
    }

    async Task<string> ActivityAsync(Guid id) => string.Join(", ", (await portal.Database.ReadAsync(c =>
        Dapper.SqlMapper.QueryAsync<string>(c, "select event from activity where subject_id = @id and type = 'WEBHOOK'", new { id }))).Order(StringComparer.Ordinal));
}
