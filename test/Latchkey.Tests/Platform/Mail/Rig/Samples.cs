using Latchkey.Platform.Mail;
using Xunit;

namespace Latchkey.Tests.Platform.Mail.Rig;

/// <summary>Mails to send, ordinary and hostile.</summary>
internal static class Samples
{
    public const string Link = "https://portal.example/s/northgate/portal/link/4c2V0LWJ5LWEtdGVzdC1ub3QtYS1zZWNyZXQtYXQtYWxs";

    public static OutgoingMail Mail(string to = "ann@example.com", string? name = "Ann Archer", string subject = "Your sign-in link",
        string text = "Hello Ann,\nhere is your link:\n" + Link + "\n", string html = "<p>Hello Ann</p>\n<a href=\"" + Link + "\">Sign in</a>\n")
    {
        var id = Guid.CreateVersion7();
        return new OutgoingMail
        {
            Id = id,
            Storefront = "northgate",
            From = new MailAddressee("portal@northgate.example", "Northgate Storage"),
            To = new MailAddressee(to, name),
            Subject = subject,
            Text = text,
            Html = html,
            MessageId = $"{id:N}@northgate.example",
            Date = new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(1)),
            Language = "en",
        };
    }

    public static TheoryData<string> Names => new(
        "Ann Archer", "Jörg Müßig-Äpfel", "🦊 Fox 👩‍👩‍👧 Family", "O\"Brien \"the\" Boss", @"back\slash \\ ends\", "Archer, Ann; Esq. <ann@x>",
        "=?utf-8?q?Bank_Support?=", "=?utf-8?b?QmFuaw==?= Support", "אבג דהו", "\u202Eright to left", "a  b", "(comment) me", "@{x} {{7*7}}",
        "<a href=\"https://evil.test\">here</a>", "日本語の名前がここにあります", "tab\there", new string('\\', 60));

    public static TheoryData<string> Subjects => new(
        "Your sign-in link", "", " ", " leading and trailing ", "Ümläute überall", "🔑 Your key 🔑", "=?utf-8?q?literal?= in a subject",
        string.Join(' ', Enumerable.Repeat("a rather long subject", 60)), new string('x', 2000), string.Concat(Enumerable.Repeat("ünïcödé🔑 ", 120)),
        "many      blanks" + new string(' ', 200) + "end", "קישור הכניסה שלך", ".", "a=b?c_d \"quoted\" \\ <x@y>, z", "bell \a and tab \t");

    public static TheoryData<string> Bodies => new(
        "", "one line", "ends with newline\n", "\n\nstarts and ends\n\n", ".", ".\n.\n..\n", "text\n.\nmore\n.leading dot\n..two dots\n",
        new string('a', 5000), "a\n" + new string('ü', 5000) + "\nb", "trailing blanks   \nand tab\t\nüber \n", "=3D is not = sign ü\n",
        "From the start\nFrom ü\n", "emoji 👩‍👩‍👧 and\nעברית\n", "--=_boundary\n--\n", "nul \0 and bell \a", Link + "\n" + Link + "?ü=1\n",
        string.Concat(Enumerable.Repeat("a line with a dot at\n.the start of the next\n", 4000)));
}
