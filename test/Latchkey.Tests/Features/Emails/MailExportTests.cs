using System.Net;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Emails;

/// <summary>The list of mails as a file for a spreadsheet.</summary>
public sealed class MailExportTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_file_has_what_the_filter_shows_and_nothing_of_others()
    {
        using var office = await Office.OpenAsync(portal);
        using var other = await Office.OpenAsync(portal);
        await office.WriteAsync(1200, i => $"ann{i}@export.example");
        await office.WriteAsync(3, i => $"bad{i}@export.example", state: "failed");
        await other.WriteAsync(2, i => $"theirs{i}@export.example");

        var failed = await ExportAsync(office, $"/facilities/{office.Riverside}/emails?status=Failed");
        failed.Headers["Content-Type"].ShouldBe("text/csv; charset=utf-8; header=present");
        failed.Headers["Content-Disposition"].ShouldStartWith("attachment; filename=\"emails-");
        Lines(failed).Length.ShouldBe(1 + 3);
        Lines(failed)[1].ShouldContain(",Email,bad2@export.example,Sign in,Sign-in link,Failed,,Riverside,");
        var all = await ExportAsync(office, "/emails");
        Lines(all).Length.ShouldBe(1 + 1203);
        all.Body.ShouldNotContain("theirs");
        (await office.ActivitiesAsync("exported emails")).ShouldBe(2);
        using var raw = await office.Staff.Http.PostAsync(new Uri(portal.Url, "/console/emails?handler=Csv"), new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);
        (await raw.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
    }

    [Fact]
    public async Task No_cell_is_a_formula()
    {
        using var office = await Office.OpenAsync(portal);
        await office.WriteAsync(1, _ => "=1+1@formula.example", subject: "@SUM(1)\r\n=cmd|' /C calc'!A0, \"x\"");

        (await ExportAsync(office, "/emails")).Body.ShouldContain("\"'=1+1@formula.example\",\"'@SUM(1)\r\n=cmd|' /C calc'!A0, \"\"x\"\"\"");
    }

    [Fact]
    public async Task A_facility_that_is_not_there_has_no_file()
    {
        using var office = await Office.OpenAsync(portal);
        (await ExportAsync(office, $"/facilities/{Guid.CreateVersion7()}/emails")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<Answer> ExportAsync(Office office, string list) => office.Staff.PostAsync($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}handler=Csv");

    private static string[] Lines(Answer file) => file.Body.TrimEnd().Split("\r\n");
}
