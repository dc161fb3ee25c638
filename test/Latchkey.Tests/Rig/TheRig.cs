using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using Npgsql;

namespace Latchkey.Tests.Rig;

[Trait("Engine", "none")]
public sealed class TheRig(Browser browser)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_answers()
    {
        await using var source = NpgsqlDataSource.Create($"{TestEnvironment.Postgres};Database=postgres");
        await using var command = source.CreateCommand("select current_setting('fsync') || ' ' || current_setting('server_encoding')");
        (await command.ExecuteScalarAsync(Cancellation)).ShouldBe("on UTF8");
    }

    [Fact]
    public async Task Postfix_delivers_a_mail_to_the_maildir()
    {
        var postfix = TestEnvironment.Postfix;
        var address = $"ann-{Guid.NewGuid():N}@example.com";
        using var client = new TcpClient();
        await client.ConnectAsync(postfix.Address, Cancellation);
        using var reader = new StreamReader(client.GetStream());
        foreach (var (line, answer) in new[]
        {
            (null, "220"),
            ("HELO localhost", "250"),
            ("MAIL FROM:<latchkey@example.com>", "250"),
            ($"RCPT TO:<{address}>", "250"),
            ("DATA", "354"),
            ("Subject: Hello\r\n\r\nIn one piece.\r\n.", "250"),
            ("QUIT", "221"),
        })
        {
            await client.Client.SendAsync(Encoding.ASCII.GetBytes(line is null ? "" : $"{line}\r\n"), Cancellation);
            (await reader.ReadLineAsync(Cancellation)).ShouldNotBeNull().ShouldStartWith(answer);
        }

        Encoding.ASCII.GetString(await postfix.Maildir.WaitAsync(address, Cancellation)).ShouldEndWith("Subject: Hello\n\nIn one piece.\n");
    }

    [Fact]
    public async Task Chromium_renders_a_page_and_axe_passes_it()
    {
        await using var visit = await browser.VisitAsync(BrowserLook.Phone with { ColorScheme = ColorScheme.Dark });
        await visit.Page.GotoAsync("data:text/html,<html lang=en><title>Hi</title><main><h1>Hi, Ann</h1></main></html>");
        (await visit.Page.InnerTextAsync("h1")).ShouldBe("Hi, Ann");
        (await visit.Page.ScreenshotAsync()).Length.ShouldBeGreaterThan(1_000);
        await visit.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task Axe_names_the_element_that_fails()
    {
        await using var visit = await browser.VisitAsync();
        await visit.Page.GotoAsync("data:text/html,<html lang=en><title>Hi</title><main><h1>Hi</h1><img src='x.png'></main></html>");
        var failure = await Assert.ThrowsAsync<ShouldAssertException>(visit.ShouldBeAccessibleAsync);
        failure.Message.ShouldContain("<img src=\"x.png\">");
    }

    [Fact]
    public async Task A_visitor_without_JavaScript_sees_what_the_server_wrote()
    {
        await using var visit = await browser.VisitAsync(new() { JavaScript = false });
        await visit.Page.GotoAsync("data:text/html,<h1>Hi</h1><script>document.body.textContent = 'script'</script>");
        (await visit.Page.InnerTextAsync("body")).ShouldBe("Hi");
    }
}
