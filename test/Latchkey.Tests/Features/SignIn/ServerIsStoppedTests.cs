using Dapper;
using Latchkey.Tests.Platform.Mail.Rig;

namespace Latchkey.Tests.Features.SignIn;

public sealed class ServerIsStoppedTests : TownServer
{
    [Fact]
    public async Task SIGTERM_lets_what_runs_end_and_exits_with_0()
    {
        await using var server = await ServeAsync();
        var burst = Crowd.SignInAsync(Enumerable.Range(0, 400).Select(Town.Customer), atOnce: 8, tryTwice: false, Cancel);
        while (Crowd.SignedIn.Count < 20) await Task.Delay(1, Cancel);

        server.Terminate();

        (await server.ExitAsync()).ShouldBe(0, server.Output);
        Crowd.GoHome();
        await burst;
        await using (await ServeAsync()) await Town.DrainAsync(); // without ending leases: none may be left behind
        (await Town.WithoutMailAsync(Crowd.Asked)).ShouldBeEmpty();
        await Town.ShouldBeWholeAsync();
        Relay.Mails.GroupBy(m => m.To).ShouldAllBe(copies => copies.Count() == 1);
    }

    [Fact]
    public async Task SIGTERM_waits_for_the_relays_answer_to_a_mail_it_has_in_full()
    {
        var (arrived, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        Relay.On(Moment.Dot, new ServerAct("250 2.0.0 queued", First: () => { arrived.SetResult(); answer.Task.Wait(); }));
        await using var server = await ServeAsync();
        var asking = Crowd.SignInAsync([Town.Customer(1)], atOnce: 1, tryTwice: false, Cancel);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        server.Terminate();
        // As long as a program is usually granted, and more.
        await Should.ThrowAsync<TimeoutException>(server.ExitAsync().WaitAsync(TimeSpan.FromSeconds(3), Cancel));
        answer.SetResult();

        (await server.ExitAsync()).ShouldBe(0, server.Output);
        Crowd.GoHome();
        await asking;
        (await MailAsync()).State.ShouldBe("sent");
    }

    [Fact]
    public async Task SIGTERM_gives_back_a_mail_that_a_relay_hangs_at()
    {
        Relay.On(Moment.Mail, ServerAct.Hang);
        await using var server = await ServeAsync();
        var asking = Crowd.SignInAsync([Town.Customer(1)], atOnce: 1, tryTwice: false, Cancel);
        while (!Relay.Commands.Any(c => c.StartsWith("MAIL", StringComparison.Ordinal))) await Task.Delay(10, Cancel);

        server.Terminate();

        (await server.ExitAsync().WaitAsync(TimeSpan.FromSeconds(15), Cancel)).ShouldBe(0, server.Output);
        var mail = await MailAsync();
        mail.State.ShouldBe("queued");
        mail.DueAt.ShouldNotBeNull().ShouldBeLessThan(DateTimeOffset.UtcNow.AddSeconds(30)); // its lease would have held it for minutes
        Crowd.GoHome();
        await asking;
    }

    Task<OutboxRow> MailAsync() => Database.ReadAsync(c => c.QuerySingleAsync<OutboxRow>("select state, attempts, due_at from mail"), Cancel);
}
