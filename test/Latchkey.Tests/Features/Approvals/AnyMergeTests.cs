using System.Text.RegularExpressions;
using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Latchkey.Platform.Data;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Approvals;

/// <summary>Whatever two accounts have: a merge and its undo return every row to where it was.</summary>
public sealed partial class AnyMergeTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly Config Few = Config.QuickThrowOnFailure.WithMaxTest(25).WithQuietOnSuccess(true);

    private static readonly string[] Names = ["Ann Archer", "O'Brien", "<script>alert(1)</script>", "Zoë \u202eevil", "; drop table account; --", "{\"a\":1}", "\u00a0"];

    /// <summary>What the record of what happened says, and what a merge ends for good.</summary>
    private static readonly string[] Records = ["activity", "mail", "approval", "merge_record"];
    private static readonly string[] Endings = ["ended_at", "ended_reason", "revoked_at", "revoked_reason", "closed_at", "resolve_at"];

    private static readonly string[] Tables = [.. Migrator.All.SelectMany(m => TenantTable().Matches(m.Sql)).Select(m => m.Groups["table"].Value).Except(Records)];

    private static Gen<Side> Sides =>
        from contacts in Gen.Choose(0, 3)
        from passkeys in Gen.Choose(0, 2)
        from followers in Gen.Choose(0, 2)
        from sessions in Gen.Choose(0, 2)
        from password in Gen.Elements(true, false)
        from phone in Gen.Elements(true, false)
        from name in Gen.Elements(Names)
        select new Side(contacts, passkeys, followers, sessions, password, phone, name);

    private static Gen<(Side From, Side Into, int Shared)> Pairs =>
        from one in Sides
        from two in Sides
        from shared in Gen.Choose(0, 2)
        select (one, two, shared);

    [Fact]
    public async Task Is_undone_to_the_last_row()
    {
        using var desk = await Desk.OpenAsync(portal);

        Prop.ForAll(Arb.From(Pairs), pair => Wait(() => ReturnsAsync(desk, pair.From, pair.Into, pair.Shared))).Check(Few);
    }

    private static void Wait(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();

    private async Task ReturnsAsync(Desk desk, Side one, Side two, int shared)
    {
        var (from, into) = (await MakeAsync(desk, one), await MakeAsync(desk, two));
        for (int i = 0; i < shared; i++)
        {
            var contact = await ContactAsync(desk, one.Name);
            await LinkAsync(desk, from, contact);
            await LinkAsync(desk, into, contact);
        }
        string before = await RowsAsync(desk);

        var approval = await desk.RequestAsync("Merge", from, into);
        (await desk.ApproveAsync(approval)).Location.ShouldEndWith("?done=Done");
        (await desk.LinksAsync(into)).ShouldBe(one.Contacts + two.Contacts + shared);
        (await desk.LinksAsync(from)).ShouldBe(0);
        (await RowsAsync(desk)).ShouldNotBe(before);
        (await desk.Support.PostAsync($"{approval}?handler=Undo")).Location.ShouldEndWith("?done=undone");

        (await RowsAsync(desk)).ShouldBe(before);
    }

    private async Task<Guid> MakeAsync(Desk desk, Side side)
    {
        var (id, now) = (Guid.CreateVersion7(), portal.Clock.GetUtcNow());
        await portal.ExecuteAsync("""
            insert into account (organization_id, id, storefront_id, email, state, full_name, phone, created_at, proven_at, password_hash, password_set_at, password_by)
            values (@OrganizationId, @id, @storefront, @email, 'proven', @Name, @phone, @now, @now, @hash, @setAt, @by)
            """, new
        {
            desk.Storefront.OrganizationId, id, storefront = desk.Storefront.Id, email = $"{id:n}@any.example", side.Name, phone = side.Phone ? "+15550001111" : null, now,
            hash = side.Password ? "a hash" : null, setAt = side.Password ? now : (DateTimeOffset?)null, by = side.Password ? "customer" : null,
        });
        for (int i = 0; i < side.Contacts; i++) await LinkAsync(desk, id, await ContactAsync(desk, side.Name));
        for (int i = 0; i < side.Passkeys; i++)
            await portal.ExecuteAsync("""
                insert into passkey (organization_id, id, storefront_id, account_id, credential_id, public_key, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, rp_id, name, created_at)
                values (@OrganizationId, @key, @storefront, @id, @credential, @credential, 3, 'usb', true, false, false, 'localhost', @Name, @now)
                """, new { desk.Storefront.OrganizationId, key = Guid.CreateVersion7(), storefront = desk.Storefront.Id, id, credential = Guid.NewGuid().ToByteArray(), side.Name, now });
        for (int i = 0; i < side.Followers; i++)
            await portal.ExecuteAsync("""
                insert into account (organization_id, id, storefront_id, email, state, created_at, proven_at, merged_into) values (@OrganizationId, @follower, @storefront, @email, 'merged', @now, @now, @id)
                """, new { desk.Storefront.OrganizationId, follower = Guid.CreateVersion7(), storefront = desk.Storefront.Id, email = $"{Guid.NewGuid():n}@any.example", id, now });
        for (int i = 0; i < side.Sessions; i++)
            await portal.ExecuteAsync("""
                insert into session (organization_id, id, storefront_id, account_id, means, token_hash, started_at, renewed_at, ends_at, hard_end_at)
                values (@OrganizationId, @session, @storefront, @id, 'link', @token, @now, @now, @end, @end)
                """, new { desk.Storefront.OrganizationId, session = Guid.CreateVersion7(), storefront = desk.Storefront.Id, id, token = Guid.NewGuid().ToByteArray(), now, end = now.AddDays(1) });
        return id;
    }

    private async Task<Guid> ContactAsync(Desk desk, string name)
    {
        var id = Guid.CreateVersion7();
        await portal.ExecuteAsync("insert into contact (organization_id, id, storefront_id, full_name, created_at, updated_at) values (@OrganizationId, @id, @storefront, @name, @now, @now)",
            new { desk.Storefront.OrganizationId, id, storefront = desk.Storefront.Id, name, now = portal.Clock.GetUtcNow() });
        return id;
    }

    private Task LinkAsync(Desk desk, Guid account, Guid contact) => portal.ExecuteAsync(
        "insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by) values (@OrganizationId, @account, @contact, @at, @by); update contact set linked = true where id = @contact",
        new { desk.Storefront.OrganizationId, account, contact, at = portal.Clock.GetUtcNow().AddMinutes(-Random.Shared.Next(1, 9999)), by = Random.Shared.Next(2) == 0 ? "import" : "address" });

    private async Task<string> RowsAsync(Desk desk)
    {
        var rows = new List<string>();
        foreach (var table in Tables)
            rows.AddRange((await portal.Database.ReadAsync(c => c.QueryAsync($"select * from {table} where organization_id = @OrganizationId", new { desk.Storefront.OrganizationId })))
                .Select(r => $"{table}: {string.Join('|', ((IDictionary<string, object>)r).Where(v => !Endings.Contains(v.Key)).Select(v => v.Value is byte[] b ? Convert.ToHexString(b) : v.Value?.ToString()))}")
                .Order(StringComparer.Ordinal));
        return string.Join('\n', rows);
    }

    private sealed record Side(int Contacts, int Passkeys, int Followers, int Sessions, bool Password, bool Phone, string Name);

    [GeneratedRegex("create table (?<table>\\w+) \\(\\s*organization_id", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TenantTable();
}
