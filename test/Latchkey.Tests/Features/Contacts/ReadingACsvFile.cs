using System.Text;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;

namespace Latchkey.Tests.Features.Contacts;

[Trait("Engine", "none")]
public class ReadingACsvFile
{
    [Theory]
    [InlineData("name,email,phone,customer id")]
    [InlineData("Full Name;E-Mail;Mobile;External ID")]
    [InlineData("NOM\tCourriel\tTéléphone\tNuméro client")]
    [InlineData("\"Nom complet\",\"courriel\",telephone,\"No. client\"")]
    public void Headers_are_known_in_two_languages_and_three_delimiters(string header)
    {
        char delimiter = header.Contains('\t') ? '\t' : header.Contains(';') ? ';' : ',';
        var row = Rows(Utf8($"{header}\nAnn Archer{delimiter}Ann@Example.com{delimiter}+1 555{delimiter}17\n")).ShouldHaveSingleItem();
        row.Problems.ShouldBeEmpty();
        (row.FullName, row.Email!.Value, row.Phone, row.ExternalId).ShouldBe(("Ann Archer", "ann@example.com", "+1 555", "17"));
    }

    [Theory]
    [InlineData("first name,last name\nAnn,Archer\n")]
    [InlineData("prénom,nom\nAnn,Archer\n")]
    [InlineData("Nom,Prénom\nArcher,Ann\n")]
    public void A_name_in_two_columns_is_joined(string csv) => Rows(Utf8(csv)).ShouldHaveSingleItem().FullName.ShouldBe("Ann Archer");

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with mark", "windows-1252", "utf-16", "utf-16BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_usual_encoding_is_read(string encoding)
    {
        const string Text = "nom,courriel\r\nFrançois Gagné,f@example.com\r\n";
        byte[] bytes = encoding switch
        {
            "utf-8" => Utf8(Text),
            "utf-8 with mark" => [0xEF, 0xBB, 0xBF, .. Utf8(Text)],
            "windows-1252" => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Text),
            _ => [.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes(Text)],
        };
        Rows(bytes).ShouldHaveSingleItem().FullName.ShouldBe("François Gagné");
    }

    [Fact]
    public void Characters_across_the_ends_of_buffers_stay_utf8()
    {
        for (int shift = 0; shift < 4; shift++)
        {
            string csv = $"name\n{new string('x', shift)}\n{string.Concat(Enumerable.Repeat("日本🙂é\n", 30_000))}";
            Rows(Utf8(csv)).Last().FullName.ShouldBe("日本🙂é");
        }
    }

    [Fact]
    public void Quoted_delimiters_quotes_and_line_breaks_are_one_cell_and_lines_are_counted()
    {
        var rows = Rows(Utf8("name,notes\n\"Archer, \"\"Ann\"\"\",\"two\nlines\"\n\nBob,x\n"));
        rows[0].FullName.ShouldBe("Archer, \"Ann\"");
        rows[0].Cells[1].ShouldBe("two\nlines");
        (rows[0].Line, rows[1].Line).ShouldBe((2, 5));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("email\nann@example.com\n", "no column for the name")]
    [InlineData("name,email,E-Mail\n", "both say email")]
    [InlineData("name,notes,Notes\n", "2 times")]
    [InlineData("name\nAnn\0\n", "NUL")]
    [InlineData("PK\u0003\u0004", "workbook")]
    public void A_file_that_cannot_be_read_is_refused_with_the_reason(string csv, string reason) =>
        Should.Throw<ImportRefusedException>(() => Rows(Utf8(csv))).Message.ShouldContain(reason);

    [Fact]
    public void Too_many_columns_too_long_fields_and_too_long_rows_are_refused()
    {
        Should.Throw<ImportRefusedException>(() => Rows(Utf8($"name{new string(',', 200)}\n"))).Message.ShouldContain("200 columns");
        Should.Throw<ImportRefusedException>(() => Rows(Utf8($"name\nAnn\n\"{new string('x', 40_000)}\n"))).Message.ShouldStartWith("Line 3");
        string cell = $"\"{new string('x', 100)}\n\",";
        Should.Throw<ImportRefusedException>(() => Rows(Utf8($"name\n{string.Concat(Enumerable.Repeat(cell, 20_000))}\n"))).Message.ShouldContain("longer than");
    }

    [Theory]
    [InlineData("name\n\"Ann\r\nBcc: x\"\n", "name: has a line break")]
    [InlineData("name\nAnn\u0007\n", "name: has a line break or a control character")]
    [InlineData("name,email\n,ann@example.com\n", "name: is missing")]
    [InlineData("name,Courriel\nAnn,\"a@x.example, b@x.example\"\n", "Courriel: “a@x.example, b@x.example” is not one plain address")]
    [InlineData("name,phone\nAnn,none\n", "not a phone number")]
    [InlineData("name,price\nAnn,\"1,234\"\n", "thousands or decimals")]
    [InlineData("name,since\nAnn,03/04/2026\n", "day or the month first")]
    [InlineData("name,since\nAnn,2026-02-30\n", "not a date")]
    [InlineData("name,email\nAnn,a@x.example,surplus\n", "more fields")]
    [InlineData("name,email\nAnn \"the\" Archer,a@x.example\n", "quotation mark")]
    [InlineData("name,currency\nAnn,dollars\n", "currency")]
    public void A_bad_cell_is_a_problem_of_its_row_and_column(string csv, string problem)
    {
        var rows = Rows(Utf8($"{csv}Good One\n"));
        rows[0].Problems.ShouldHaveSingleItem().ToString().ShouldContain(problem);
        rows[1].Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_name_may_have_200_characters_and_no_more()
    {
        var rows = Rows(Utf8($"name\n{new string('x', 200)}\n{new string('x', 201)}\n"));
        rows[0].Problems.ShouldBeEmpty();
        rows[1].Problems.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("89", "89")]
    [InlineData("89.5", "89.5")]
    [InlineData("89,50", "89.5")]
    [InlineData("$1,234.50", "1234.5")]
    [InlineData("1 234,50 €", "1234.5")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("1'234.50", "1234.5")]
    public void Prices_are_read_with_either_decimal_sign(string text, string amount)
    {
        PriceText.Check(text, out var price).ShouldBeNull();
        price!.Amount.ShouldBe(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("1.2345")]
    [InlineData("1,23,4")]
    [InlineData("abc")]
    [InlineData("999999999999")]
    [InlineData("1.234,567.8")]
    public void What_is_not_a_price_is_refused(string text) => PriceText.Check(text, out _).ShouldNotBeNull();

    [Theory]
    [InlineData("2026-03-31", "Unknown")]
    [InlineData("2026-03-31T00:00:00Z", "Unknown")]
    [InlineData("31/03/2026", "Unknown")]
    [InlineData("31.3.2026", "MonthFirst")]
    [InlineData("03/31/2026", "Unknown")]
    [InlineData("3/31/2026", "MonthFirst")]
    public void Dates_that_can_be_meant_in_one_way_are_read(string text, string order)
    {
        DateText.Check(text, Enum.Parse<DateOrder>(order), out var date).ShouldBeNull();
        date.ShouldBe(new DateOnly(2026, 3, 31));
    }

    [Fact]
    public void A_column_can_be_mapped_by_hand()
    {
        var mapping = new Dictionary<string, ContactField>(StringComparer.Ordinal) { ["Kunde"] = ContactField.Name };
        Rows(Utf8("Kunde,name\nAnn,x\n"), mapping).ShouldHaveSingleItem().FullName.ShouldBe("Ann");
        Should.Throw<ImportRefusedException>(() => Rows(Utf8("name\nAnn\n"), mapping)).Message.ShouldContain("no column “Kunde”");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static List<ContactRow> Rows(byte[] bytes, Dictionary<string, ContactField>? mapping = null)
    {
        using var contacts = new CsvContacts(new MemoryStream(bytes), mapping);
        return [.. contacts.Rows()];
    }
}
