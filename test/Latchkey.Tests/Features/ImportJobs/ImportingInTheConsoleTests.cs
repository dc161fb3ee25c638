using System.Net;
using System.Text;
using Latchkey.Features.ImportJobs;
using Latchkey.Platform.Staff;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.ImportJobs;

public sealed class ImportingInTheConsoleTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_spreadsheet_of_another_time_is_mapped_checked_imported_and_its_bad_rows_come_back_harmless()
    {
        using var desk = await ImportDesk.OpenAsync(portal);
        // As an old spreadsheet in French writes it: Windows-1252, semicolons.
        byte[] file = Encoding.Latin1.GetBytes("""
            Nom;Courriel;Téléphone;Succursale;Local;Dimension;Loyer;Devise;Remarque
            Élodie Côté;elodie@old.example;+1 514 555 0100;Riverside;A1;5x10;89,00;CAD;=1+1
            <script>alert(1)</script>;script@old.example;;;;;;;
            Nobody;not an address;+1 555 0101;;;;;;"=HYPERLINK(""http://evil.example"")"
            =cmd|' /C calc'!A0;@SUM(A1);;;;;;;
            """.ReplaceLineEndings("\r\n"));

        var uploaded = await desk.UploadAsync(file);
        uploaded.Status.ShouldBe(HttpStatusCode.Redirect, uploaded.Text);
        var mapping = await desk.Staff.OpenAsync(uploaded.Location!);
        mapping.Page.QuerySelector("label[for=column-0]")!.TextContent.ShouldBe("Nom");
        mapping.Page.QuerySelector("#column-0 option[selected]")!.GetAttribute("value").ShouldBe("Name");
        mapping.Page.QuerySelector("#column-8 option[selected]")!.GetAttribute("value").ShouldBe("Unused");
        mapping.Text.ShouldContain("Élodie Côté");
        mapping.Body.ShouldNotContain("<script>alert");

        var wrong = await desk.Staff.SubmitAsync($"{uploaded.Location}?handler=Check", ("column-0", "Email"), ("column-1", "Email"), ("currency", "dollar"));
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Page.QuerySelectorAll("[role=alert] li").Length.ShouldBe(3);
        wrong.Page.QuerySelector("#currency")!.GetAttribute("value").ShouldBe("DOLLAR", "what was typed stays");

        string address = await desk.CheckAsync(file);
        (await desk.CountAsync("contact")).ShouldBe(0, "a check imports nothing");
        var facts = await desk.FactsAsync(address);
        (facts["Rows read"], facts["New customers"], facts["Bad rows"], facts["New rentals or subscriptions"]).ShouldBe(("4", "2", "2", "1"));
        (await desk.Staff.OpenAsync(address)).Text.ShouldContain("Courriel: “not an address” is not one plain address.");
        (await desk.Staff.OpenAsync($"{address}?lang=fr")).Text.ShouldContain("n'est pas une adresse simple");
        await desk.Staff.OpenAsync($"{address}?lang=en");

        (await desk.Staff.SubmitAsync($"{address}?handler=Run")).Location.ShouldBe(address);
        await desk.UntilAsync(address, ImportState.Done);
        (await desk.FactsAsync(address)).ShouldBe(facts);
        (await desk.NameAsync("elodie@old.example")).ShouldBe("Élodie Côté");
        (await desk.CountAsync("mail")).ShouldBe(0, "nobody is mailed");
        (await portal.ScalarAsync<long>("select count(*) from import_chunk where import_id = @id", new { id = Guid.Parse(address.Split('/')[^1]) })).ShouldBe(0, "the file is gone");
        (await portal.ScalarAsync<string>("select actor from activity where organization_id = @OrganizationId and event = 'imported contacts'", new { desk.Storefront.OrganizationId })).ShouldBe("Max Manager");

        var errors = await desk.Staff.OpenAsync($"{address}?handler=Errors");
        errors.Headers["Content-Disposition"].ShouldContain("attachment");
        string[] lines = errors.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[0].ShouldEndWith(",Remarque,reason");
        lines[1].ShouldStartWith("Nobody,not an address,\"'+1 555 0101\"");
        lines[1].ShouldContain("\"'=HYPERLINK(");
        lines[2].ShouldStartWith("\"'=cmd|");
        // Corrected there and imported again: what made it harmless is not taken for a part of it.
        string again = await desk.ImportAsync(errors.Body.Replace("not an address", "nobody@old.example", StringComparison.Ordinal).Replace("\"'@SUM(A1)\"", "", StringComparison.Ordinal));
        (await desk.FactsAsync(again))["New customers"].ShouldBe("2");
        (await portal.ScalarAsync<string>("select phone from contact where organization_id = @OrganizationId and full_name = 'Nobody'", new { desk.Storefront.OrganizationId })).ShouldBe("+1 555 0101");
        (await desk.Staff.OpenAsync("/console/import")).Rows().ShouldBe(["customers.csv", "customers.csv", "customers.csv"]);
    }

    [Fact]
    public async Task A_file_that_cannot_be_imported_is_refused_with_the_reason_and_nothing_is_kept()
    {
        using var desk = await ImportDesk.OpenAsync(portal);
        (byte[] File, string Reason)[] refused =
        [
            ([], "The file is empty."),
            ("PK\u0003\u0004workbook"u8.ToArray(), "This is a workbook"),
            ([0x6E, 0x61, 0x6D, 0x65, 0x0A, 0x00, 0x41], "NUL bytes"),
            ([0xEF, 0xBB, 0xBF, 0x6E, 0x61, 0x6D, 0x65, 0x0A, 0xE9, 0x0A], "not all of it is"),
            ("name,Name\nAnn,Bob\n"u8.ToArray(), "is there 2 times"),
            (new byte[ImportFiles.MostBytes + 1], "The file is larger than 32 MB."),
        ];
        foreach (var (file, reason) in refused)
        {
            var answer = await desk.UploadAsync(file);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, reason);
            answer.Page.QuerySelector("[role=alert]")!.TextContent.ShouldContain(reason);
        }
        foreach (var form in new[] { new StringContent("x"), new StringContent("storefront=", Encoding.UTF8, "application/x-www-form-urlencoded") })
            (await desk.Staff.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Url, "/console/import")) { Content = form })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await desk.CountAsync("import_job")).ShouldBe(0);

        // What is only seen while it is read sends back to the columns, with the reason.
        var uploaded = await desk.UploadAsync($"name\nAnn\nBob\nCarl\nDora\n\"{new string('x', 40_000)}\n");
        await desk.Staff.SubmitAsync($"{uploaded.Location}?handler=Check", ("column-0", "Name"));
        await desk.UntilAsync(uploaded.Location!, ImportState.Uploaded);
        (await desk.Staff.OpenAsync(uploaded.Location!)).Page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("Is a quotation mark missing?");
        (await desk.Staff.SubmitAsync($"{uploaded.Location}?handler=Remove")).Location.ShouldBe("/console/import");
        ((await desk.CountAsync("import_job")) + (await desk.CountAsync("import_chunk"))).ShouldBe(0);

        using var viewer = await portal.StaffVisitAsync(desk.Storefront.OrganizationId, StaffRole.Staff);
        (await viewer.OpenAsync("/console/import")).Page.QuerySelector("main form").ShouldBeNull();
    }

    [Fact]
    public async Task A_template_is_understood_in_both_languages_and_rows_pasted_from_a_spreadsheet_are_read_as_a_file_is()
    {
        using var desk = await ImportDesk.OpenAsync(portal);
        foreach (string language in new[] { "fr", "en" })
        {
            await desk.Staff.OpenAsync($"/console/import?lang={language}");
            var template = await desk.Staff.OpenAsync("/console/import?handler=Template");
            template.Headers["Content-Disposition"].ShouldContain("import-template.csv");
            template.Body.ShouldContain(language == "fr" ? "Nom complet;Adresse courriel;Téléphone;" : "Full name,Email,Phone,");
            string address = await desk.CheckAsync(Encoding.UTF8.GetBytes(template.Body));
            (await portal.ScalarAsync<string>("select options from import_job where id = @id", new { id = Guid.Parse(address.Split('/')[^1]) })).ShouldNotContain("Unused");
            if (language == "fr") continue;
            var facts = await desk.FactsAsync(address);
            (facts["Rows read"], facts["New customers"], facts["Bad rows"], facts["New rentals or subscriptions"]).ShouldBe(("1", "1", "0", "1"));
        }

        // A cell with a line break in it comes in quotation marks.
        var pasted = await desk.UploadAsync(null, rows: "Full name\tEmail\tRemark\r\nZoë Pasted\tzoe@paste.example\t\"two\r\nlines\"\r\nO'Brien, Pat\tpat@paste.example\t\r\n");
        pasted.Status.ShouldBe(HttpStatusCode.Redirect, pasted.Text);
        await desk.Staff.SubmitAsync($"{pasted.Location}?handler=Check", ("column-0", "Name"), ("column-1", "Email"), ("column-2", "Unused"));
        await desk.UntilAsync(pasted.Location!, ImportState.Checked);
        await desk.Staff.SubmitAsync($"{pasted.Location}?handler=Run");
        await desk.UntilAsync(pasted.Location!, ImportState.Done);
        (await desk.NameAsync("zoe@paste.example")).ShouldBe("Zoë Pasted");
        (await desk.NameAsync("pat@paste.example")).ShouldBe("O'Brien, Pat");
        (await desk.Staff.OpenAsync("/console/import")).Rows().ShouldContain("Pasted rows");

        (byte[]? File, string Rows, string Reason)[] refused =
        [
            (null, " ", "Choose a file, or paste rows."),
            ("name\nAnn\n"u8.ToArray(), "name\nBob", "not both"),
            (null, $"name\tName\nAnn\t<b>Bob</b>{new string('x', 5_000_000)}", "is there 2 times"), // more than a form's field usually may have
        ];
        foreach (var (file, rows, reason) in refused)
        {
            var answer = await desk.UploadAsync(file, rows: rows);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, reason);
            answer.Page.QuerySelector("[role=alert]")!.TextContent.ShouldContain(reason);
            answer.Page.QuerySelector("#rows")!.TextContent.Length.ShouldBe(rows.Length, "what was pasted stays");
        }
    }

    [Fact]
    public async Task An_import_whose_server_died_goes_on_where_it_was()
    {
        using var desk = await ImportDesk.OpenAsync(portal);
        string[] rows = [.. Enumerable.Range(1, 500).Select(i => $"Row {i},row{i}@many.example")];
        // Line 450 says again what line 2 said: known only to whoever remembers the first half.
        rows[448] = "Row 1 Other,row1@many.example";
        string address = await desk.CheckAsync(Encoding.UTF8.GetBytes("name,email\n" + string.Join('\n', rows)));
        (await desk.FactsAsync(address))["Bad rows"].ShouldBe("1");
        await StumbleAsync();
        try
        {
            await desk.Staff.SubmitAsync($"{address}?handler=Run");
            await Portal.UntilAsync(() => Task.FromResult(portal.Log.Any(l => l.Contains("could not go on", StringComparison.Ordinal))));
        }
        finally
        {
            await GoOnAsync();
        }
        (await desk.CountAsync("contact")).ShouldBe(400);
        var half = await desk.Staff.OpenAsync($"{address}?handler=Progress");
        half.Page.QuerySelector("progress")!.GetAttribute("value").ShouldBe("80");
        half.Text.ShouldContain("400 of 500 rows: 400 new");
        half.Headers.Keys.ShouldNotContain("Latchkey-Live");

        portal.Clock.Advance(TimeSpan.FromMinutes(3)); // nobody renews the dead server's lease
        await desk.UntilAsync(address, ImportState.Done);

        var facts = await desk.FactsAsync(address);
        (facts["Rows read"], facts["New customers"], facts["Bad rows"]).ShouldBe(("500", "499", "1"));
        (await desk.CountAsync("contact")).ShouldBe(499);
        (await desk.Staff.OpenAsync(address)).Text.ShouldContain("Line 2 is the same customer with another name.");
        (await desk.Staff.OpenAsync($"{address}?handler=Progress")).Headers["Latchkey-Live"].ShouldBe("over");
        await desk.UndoAsync(address);
        (await desk.CountAsync("contact") + await desk.CountAsync("account")).ShouldBe(0);
    }

    [Fact]
    public async Task Undoing_gives_back_what_was_there_and_leaves_what_was_touched_since()
    {
        using var desk = await ImportDesk.OpenAsync(portal);
        var known = await portal.ContactAsync(desk.Storefront, "Kay Known", "kay@undo.example");
        await portal.AccountAsync(desk.Storefront, "pat@undo.example", "Pat Proven");
        string address = await desk.ImportAsync("""
            name,email,phone,facility,unit,unit type,price,currency
            Kay Newname,kay@undo.example,+1 555 0100,Riverside,B1,5x5,50,USD
            Ned New,ned@undo.example,,Riverside,B2,5x5,50,USD
            Eve Edited,eve@undo.example,,Riverside,B3,5x5,50,USD
            Sue Signedin,sue@undo.example,,,,,,
            Pat Renamed,pat@undo.example,,,,,,
            Ivy Invoiced,ivy@undo.example,,,,,,
            """.Replace("            ", "", StringComparison.Ordinal));
        (await desk.NameAsync("kay@undo.example")).ShouldBe("Kay Newname");
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        using (var sue = portal.Visit(desk.Storefront)) await sue.SignInAsync("sue@undo.example");
        var eve = await portal.ScalarGuidAsync("select id from contact where email = @email and organization_id = @OrganizationId", new { email = "eve@undo.example", desk.Storefront.OrganizationId });
        var edit = await desk.Staff.OpenAsync($"/console/contacts/{eve}/edit");
        await portal.ExecuteAsync("""
            insert into invoice (organization_id, id, storefront_id, contact_id, number, currency, subtotal, tax, total, state, issued_on, due_on, created_at)
            select organization_id, @id, storefront_id, id, 1, 'USD', 100, 0, 100, 'pending', '2026-11-21', '2026-11-30', @now from contact where email = 'ivy@undo.example' and organization_id = @OrganizationId
            """, new { id = Guid.CreateVersion7(), now = portal.Clock.GetUtcNow(), desk.Storefront.OrganizationId });
        (await desk.Staff.SubmitAsync($"/console/contacts/{eve}/edit", edit.Form(("phone", "+1 555 0199")))).Status.ShouldBe(HttpStatusCode.Redirect);

        await desk.UndoAsync(address);

        (await desk.NameAsync("kay@undo.example")).ShouldBe("Kay Known");
        (await portal.ScalarAsync<string?>("select phone from contact where id = @known", new { known })).ShouldBeNull();
        (await desk.NameAsync("ned@undo.example")).ShouldBeNull();
        (await desk.NameAsync("eve@undo.example")).ShouldBe("Eve Edited");
        (await desk.NameAsync("sue@undo.example")).ShouldBe("Sue Signedin");
        (await desk.NameAsync("ivy@undo.example")).ShouldBe("Ivy Invoiced");
        (await desk.NameAsync("pat@undo.example")).ShouldBe("Pat Proven", "an account from before the import does not keep it");
        (await portal.ScalarAsync<string>("select group_concat_of from (select min(number) || ' ' || min(state) as group_concat_of from unit where organization_id = @OrganizationId) u", new { desk.Storefront.OrganizationId }))
            .ShouldBe("B3 occupied", "the units it made are gone but the one that Eve rents");
        (await portal.ScalarAsync<long>("select count(*) from account where organization_id = @OrganizationId and email in ('ned@undo.example', 'kay@undo.example')", new { desk.Storefront.OrganizationId })).ShouldBe(0);

        var facts = await desk.FactsAsync(address);
        (facts["Removed"], facts["Given back"], facts["Left as they are"]).ShouldBe(("1", "2", "3"));
        var page = await desk.Staff.OpenAsync(address);
        page.Rows().ShouldBe(["Eve Edited", "Sue Signedin", "Ivy Invoiced"]);
        page.Text.ShouldContain("such as an invoice");
        page.Text.ShouldContain("Changed since the import.");
        page.Text.ShouldContain("Has signed in since.");
        (await portal.ScalarAsync<string>("select detail from activity where organization_id = @OrganizationId and event = 'import undone'", new { desk.Storefront.OrganizationId })).ShouldBe("1 removed, 2 restored, 3 left as they are");
        (await desk.Staff.SubmitAsync($"{address}?handler=Undo")).Location.ShouldBe(address);
        (await desk.StateAsync(address)).ShouldBe(nameof(ImportState.Undone), "it is undone once");

        await portal.Services.GetRequiredService<ForgetImports>().RunAsync(TestContext.Current.CancellationToken);
        (await desk.CountAsync("import_row")).ShouldBeGreaterThan(0);
        portal.Clock.Advance(TimeSpan.FromDays(32));
        await portal.Services.GetRequiredService<ForgetImports>().RunAsync(TestContext.Current.CancellationToken);
        (await desk.CountAsync("import_row")).ShouldBe(0);
    }

    /// <summary>The database fails in the third batch, as it does when a server dies: that batch is undone, and nothing after it runs.</summary>
    private Task StumbleAsync() => portal.ExecuteAsync(portal.Database.Engine == "sqlite"
        ? "create trigger stumble before insert on contact when new.full_name = 'Row 420' begin select raise(abort, 'power cut'); end"
        : """
          create function stumble() returns trigger language plpgsql as $$ begin if new.full_name = 'Row 420' then raise exception 'power cut'; end if; return new; end $$;
          create trigger stumble before insert on contact for each row execute function stumble()
          """);

    private Task GoOnAsync() => portal.ExecuteAsync(portal.Database.Engine == "sqlite" ? "drop trigger stumble" : "drop trigger stumble on contact; drop function stumble()");
}
