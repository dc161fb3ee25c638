using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class AStolenDatabaseTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Holds_nothing_that_signs_anybody_in()
    {
        // Codes of 8 digits: shorter ones turn up in a hash by chance.
        var shop = town.Open(SignInPolicy.New with { CodeDigits = 8 });
        await shop.AccountAsync("ann@example.com");
        await shop.AccountAsync("bob@example.com");
        var ann = BrowserSecret.Create();
        var bob = BrowserSecret.Create();
        var first = await shop.LetterAsync("ann@example.com", ann);
        shop.Seconds(30);
        var second = await shop.LetterAsync("ann@example.com", ann);
        await shop.TypeAsync(first.RequestId, shop.WrongCodeOf(first.RequestId), ann);
        await shop.OpenAsync(first.Link);
        var byLink = (await shop.RedeemAsync(first.Link, ann)).Session.ShouldNotBeNull();
        var bobs = await shop.LetterAsync("bob@example.com", bob);
        var byCode = (await shop.TypeAsync(bobs.RequestId, bobs.Code, bob)).Session.ShouldNotBeNull();
        var open = await shop.LetterAsync("ann@example.com", bob);

        string[] secrets =
        [
            first.Link.Value, second.Link.Value, open.Link.Value, bobs.Link.Value, first.Code, bobs.Code, open.Code, shop.WrongCodeOf(first.RequestId),
            byLink.Token, byCode.Token, ann.Value, bob.Value,
        ];
        var dump = await town.ReadAsync(DumpAsync);

        dump.Cells.ShouldBeGreaterThan(100);
        dump.Tables.ShouldContain("sign_in_link");
        dump.Text.ShouldContain("ann@example.com"); // the dump does see what is there
        dump.Text.ShouldContain(Convert.ToHexStringLower(first.Link.Hash()));
        foreach (string secret in secrets)
            foreach (string form in Forms(secret)) dump.Text.Contains(form, StringComparison.Ordinal).ShouldBeFalse(form);
    }

    static IEnumerable<string> Forms(string secret)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(secret);
        yield return secret;
        yield return secret.ToUpperInvariant();
        yield return Convert.ToHexStringLower(bytes);
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToBase64String(bytes).TrimEnd('=');
        if (FromBase32(secret) is not { } raw) yield break;
        yield return Convert.ToHexStringLower(raw);
        yield return Convert.ToHexString(raw);
        yield return Convert.ToBase64String(raw).TrimEnd('=');
    }

    /// <summary>The bytes behind the letters: a column of bytes could hold those.</summary>
    static byte[]? FromBase32(string text)
    {
        const string alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        if (text.Length < 32) return null;
        var bits = string.Concat(text.Select(c => Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    /// <summary>Every value of every table: texts as they are, bytes in hexadecimal, in base 64, and as the text they may be. Ids and times are no secrets.</summary>
    async Task<(List<string> Tables, int Cells, string Text)> DumpAsync(DbConnection connection)
    {
        var tables = (await connection.QueryAsync<string>(town.IsPostgres
            ? "select table_name from information_schema.tables where table_schema = 'public'"
            : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")).ToList();
        var text = new StringBuilder();
        int cells = 0;
        foreach (string table in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"select * from {table}";
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                for (int column = 0; column < reader.FieldCount; column++)
                {
                    if (reader.GetDataTypeName(column).ToLowerInvariant() is "uuid" or "timestamptz" or "timestamp with time zone" || reader.IsDBNull(column)) continue;
                    cells++;
                    object value = reader.GetValue(column);
                    text.AppendLine(value is byte[] bytes
                        ? $"{Convert.ToHexStringLower(bytes)} {Convert.ToBase64String(bytes)} {Encoding.Latin1.GetString(bytes)}"
                        : Convert.ToString(value, CultureInfo.InvariantCulture));
                }
            }
        }
        return (tables, cells, text.ToString());
    }
}
