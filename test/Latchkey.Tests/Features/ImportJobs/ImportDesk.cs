using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Latchkey.Features.ImportJobs;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.ImportJobs;

/// <summary>Somebody of the team who imports.</summary>
internal sealed class ImportDesk(Portal portal, Storefront storefront, Visit staff) : IDisposable
{
    public Storefront Storefront => storefront;
    public Visit Staff => staff;

    public static async Task<ImportDesk> OpenAsync(Portal portal)
    {
        var storefront = await portal.StorefrontAsync();
        await portal.FacilityAsync(storefront, "Riverside");
        return new(portal, storefront, await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager, "Max Manager"));
    }

    public Task<Answer> UploadAsync(string csv) => UploadAsync(Encoding.UTF8.GetBytes(csv));

    public async Task<Answer> UploadAsync(byte[]? bytes, string name = "customers.csv", string rows = "")
    {
        using var file = new ByteArrayContent(bytes ?? []);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var form = new MultipartFormDataContent { { new StringContent(storefront.Id.ToString()), "storefront" }, { new StringContent(rows), "rows" } };
        if (bytes is null) form.Add(new StringContent(""), "file");
        else form.Add(file, "file", name);
        return await staff.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Url, "/console/import")) { Content = form });
    }

    /// <summary>Uploads a file and lets it be checked with the columns as they were guessed.</summary>
    /// <returns>The import's address.</returns>
    public async Task<string> CheckAsync(byte[] bytes, params (string Name, string Value)[] typed)
    {
        var uploaded = await UploadAsync(bytes);
        uploaded.Status.ShouldBe(HttpStatusCode.Redirect, uploaded.Text);
        string address = uploaded.Location!;
        (await staff.SubmitAsync($"{address}?handler=Check", Form(await staff.OpenAsync(address), typed))).Location.ShouldBe(address);
        await UntilAsync(address, ImportState.Checked);
        return address;
    }

    public async Task<string> ImportAsync(string csv, params (string Name, string Value)[] typed)
    {
        string address = await CheckAsync(Encoding.UTF8.GetBytes(csv), typed);
        await staff.SubmitAsync($"{address}?handler=Run");
        await UntilAsync(address, ImportState.Done);
        return address;
    }

    public async Task UndoAsync(string address)
    {
        (await staff.SubmitAsync($"{address}?handler=Undo")).Location.ShouldBe(address);
        await UntilAsync(address, ImportState.Undone);
    }

    public Task UntilAsync(string address, ImportState state) => Portal.UntilAsync(async () =>
    {
        portal.Services.GetRequiredService<ImportSignal>().Set();
        var now = await StateAsync(address);
        return now == state.ToString() ? true : now == nameof(ImportState.Uploaded) && state == ImportState.Checked ? throw new InvalidOperationException((await staff.OpenAsync(address)).Text) : false;
    });

    public Task<string> StateAsync(string address) => portal.ScalarAsync<string>("select state from import_job where id = @id", new { id = Guid.Parse(address.Split('/')[^1]) });

    /// <summary>The numbers of the page, by their names.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FactsAsync(string address) => (await staff.OpenAsync(address)).Page.QuerySelectorAll("dl.facts > div")
        .ToDictionary(d => d.QuerySelector("dt")!.TextContent, d => d.QuerySelector("dd")!.TextContent, StringComparer.Ordinal);

    public Task<long> CountAsync(string table) => portal.ScalarAsync<long>($"select count(*) from {table} where organization_id = @OrganizationId", new { storefront.OrganizationId });

    public Task<string?> NameAsync(string email) => portal.ScalarAsync<string?>("select full_name from contact where organization_id = @OrganizationId and email = @email", new { storefront.OrganizationId, email });

    public void Dispose() => staff.Dispose();

    private static (string, string)[] Form(Answer page, (string Name, string Value)[] typed)
    {
        var fields = page.Page.QuerySelectorAll("form select[name]").ToDictionary(
            s => s.GetAttribute("name")!, s => (s.QuerySelector("option[selected]") ?? s.QuerySelector("option"))!.GetAttribute("value")!, StringComparer.Ordinal);
        foreach (var (name, value) in typed) fields[name] = value;
        return [.. fields.Select(f => (f.Key, f.Value))];
    }
}
