using System.Data.Common;
using System.Text;
using Dapper;
using Latchkey.SignIn;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Mail;

public sealed partial class StoredMailTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Neither_link_nor_code_is_anywhere_in_the_database_or_the_log()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        await portal.AccountAsync(storefront, "ann@secret.example");
        portal.Sink.On(Moment.Dot, ServerAct.Say("451 4.3.0 later"), ServerAct.Behave);
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@secret.example");
        await portal.DelayedAsync("ann@secret.example");
        portal.TurnClock(TimeSpan.FromMinutes(1));
        var mail = (await portal.MailsAsync("ann@secret.example"))[0];
        var (token, code) = (Visit.TokenIn(mail.Text), Code().Match(mail.Text).Value);
        await ann.GetAsync($"/portal/link/{token}");
        await ann.RedeemAsync(token);

        var row = await portal.RowAsync("ann@secret.example", row => row.State == "sent");
        row.Subject.ShouldBe("Sign in to Riverbend Storage");
        row.TextBody.ShouldNotBeNull().ShouldContain("/portal/link/•••");
        row.HtmlBody.ShouldNotBeNull().ShouldContain("•••");
        var values = await portal.Database.ReadAsync(EveryValueAsync, TestContext.Current.CancellationToken);
        values.ShouldContain(v => v.Text.Contains("ann@secret.example", StringComparison.Ordinal)); // it does find what is there
        foreach (var secret in new[] { token, code })
        {
            values.Where(v => v.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(v => v.Column).ShouldBeEmpty();
            portal.Log.ShouldNotContain(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
        portal.Log.ShouldNotContain(line => line.Contains("ann@secret.example", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>All text and bytes of all tables.</summary>
    static async Task<List<(string Column, string Text)>> EveryValueAsync(DbConnection connection)
    {
        var tables = await connection.QueryAsync<string>(TestEnvironment.Engine == Engine.Sqlite
            ? "select name from sqlite_master where type = 'table'"
            : "select table_name from information_schema.tables where table_schema = 'public'");
        var values = new List<(string, string)>();
        foreach (var table in tables)
        {
            await using var reader = await connection.ExecuteReaderAsync($"select * from {table}");
            while (await reader.ReadAsync())
                for (int i = 0; i < reader.FieldCount; i++)
                    if (reader.GetValue(i) is var value and (string or byte[]))
                        values.Add(($"{table}.{reader.GetName(i)}", value as string ?? Encoding.Latin1.GetString((byte[])value)));
        }
        return values;
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<=\n)\d{6}(?=\n)", System.Text.RegularExpressions.RegexOptions.None, 1000)]
    private static partial System.Text.RegularExpressions.Regex Code();
}
