using System.Globalization;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.ImportJobs.Console;

/// <summary>What is wrong with a row or a file, in the reader's language. The reader of files knows no language but English.</summary>
internal static class ImportProblems
{
    public static string Of(IStringLocalizer<Texts> l, ImportProblem problem)
    {
        string text = string.Format(CultureInfo.CurrentCulture, Known(l).FirstOrDefault(k => k.Name == problem.Format)?.Value ?? problem.Format, [.. problem.Values]);
        return problem.Column is null ? text : l["{0}: {1}", problem.Column, text];
    }

    public static string Of(IStringLocalizer<Texts> l, ImportRefusedException refused) => Of(l, ImportProblem.Of(refused.Text));

    private static LocalizedString[] Known(IStringLocalizer<Texts> l) =>
    [
        l["The account of this address was merged into another. Ask support which address to use."],
        l["{0} customers have this address already. If it is a placeholder, leave the cell empty."],
        l["Line {0} is the same customer with another name. Make the two rows agree."],
        l["Line {0} is the same customer with another e-mail. Make the two rows agree."],
        l["Line {0} is the same customer with another phone. Make the two rows agree."],
        l["Line {0} is the same customer with another language. Make the two rows agree."],
        l["This customer signs in already, with another address. An import does not change it: staff do, on the customer's page."],
        l["The address belongs to another customer. An import does not join the two: staff do, on the customer's page."],
        l["The file has no column “{0}” to map. Its columns: {1}."],
        l["The columns “{0}” and “{1}” both say {2}. Rename or remove one."],
        l["The column “{0}” is there {1} times. Rename or remove all but one."],
        l["The header line has no column for the name. Its columns: {0}. Any of these is understood: {1}; or {2} with {3}."],
        l["{0} customers have this address and none of them this name. Give the customer's id."],
        l["Several customers have this name. Give the customer's id, address or phone."],
        l["The file has no header line."],
        l["The file has more than {0:N0} rows. Those before line {1} were read; put the rest into another file."],
        l["This is a workbook, not a CSV file. Open it in the spreadsheet program and save it as “CSV UTF-8”."],
        l["The file begins as UTF-8, but not all of it is. Save it again as “CSV UTF-8”."],
        l["The file contains NUL bytes: it is not text, or UTF-16 without its mark. Save it again as “CSV UTF-8”."],
        l["The file is empty."],
        l["The file is larger than {0} MB. Split it; each part needs the header line."],
        l["Line {0} has more than {1} columns."],
        l["Line {0}: a field is longer than {1:N0} characters. Is a quotation mark missing?"],
        l["“{0}” is not a date. Write it as 2026-03-31."],
        l["“{0}” may have the day or the month first. Write it as 2026-03-31, or say for the whole import which comes first."],
        l["The year {0} is not between 1900 and 2100."],
        l["is missing: where is it? Known: {0}."],
        l["{0} at {1} is rented to another customer."],
        l["{0} at {1} is out of service."],
        l["is missing, and {0} at {1} is not known yet."],
        l["is missing."],
        l["is missing: add the column, or name the currency of the whole import."],
        l["has more decimals than {0}."],
        l["“{0}” is not known. Known: {1}. Correct the name, or let the import create facilities."],
        l["{0} has no facility “{1}”. It has: {2}. Correct the name, or let the import create facilities."],
        l["has a line break or a control character."],
        l["is longer than {0} characters."],
        l["“{0}” is not a price."],
        l["“{0}” may be thousands or decimals. Write it with two decimals."],
        l["“{0}” is too much for a price."],
        l["The row that ends after line {0} is longer than {1:N0} characters. Is a quotation mark missing?"],
        l["A quotation mark stands inside a field. Put the field in quotation marks and double those inside."],
        l["The row has more fields than the header has columns, such as “{0}”. Put fields that contain the delimiter in quotation marks."],
        l["The row contains a NUL character."],
        l["“{0}” is not one plain address."],
        l["“{0}” is not a phone number."],
        l["“{0}” is neither English (en) nor French (fr)."],
        l["“{0}” is not a currency's code, such as USD."],
        l["is a bcrypt hash, and this machine has no libcrypt to compare it with. Install libcrypt1."],
        l["is an Argon2 hash, which cannot be compared here. Leave it out: the customer signs in by link."],
        l["is an unsalted or fast hash (MD5, SHA-1, SHA-2), too weak to keep. Leave it out: the customer signs in by link."],
        l["is not a hash that is known: bcrypt, PBKDF2 (Django, PHC) or ASP.NET Core Identity."],
        l["The file cannot be read with this installation's key. Upload it again."],
        l["Something went wrong on our side. The server's log says what."],
    ];
}
