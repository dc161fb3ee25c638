using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignUps;

/// <summary>Finds the sign-up that a browser is about, by the hash of its cookie and on this storefront alone.</summary>
public sealed class FindSignUp(Database database, SignInKey key)
{
    public Task<SignUp?> RunAsync(Storefront storefront, BrowserSecret browser, CancellationToken cancel)
    {
        string locale = CultureInfo.CurrentUICulture.Name; // of the page: readers have threads of their own
        return database.ReadAsync(c => ReadAsync(c, storefront, browser, locale, cancel), cancel);
    }

    private async Task<SignUp?> ReadAsync(DbConnection c, Storefront storefront, BrowserSecret browser, string locale, CancellationToken cancel)
    {
        var where = new { storefront.OrganizationId, StorefrontId = storefront.Id, browser = Hash(browser) };
        if (await c.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(SignUpSql.Find, where, cancellationToken: cancel)) is not { } row) return null;
        var options = await c.QueryAsync<OptionRow>(new CommandDefinition(SignUpSql.Options, new { storefront.OrganizationId, facilityId = row.FacilityId }, cancellationToken: cancel));
        return row.ToSignUp(Read(row.Details)) with { Offered = [.. options.Select(o => new Extra(o.Id, o.Name, new Money(o.Price, o.Currency), o.Monthly))], Locale = locale };
    }

    internal static byte[] Hash(BrowserSecret browser) => SHA256.HashData(Encoding.ASCII.GetBytes(browser.Value));

    internal byte[]? Seal(SignUpDetails? details) => details is null ? null : key.Seal(JsonSerializer.Serialize(details));

    private SignUpDetails? Read(byte[]? details) => details is not null && key.Unseal(details) is { } text ? JsonSerializer.Deserialize<SignUpDetails>(text) : null;

    private sealed record OptionRow
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public required long Price { get; init; }
        public required string Currency { get; init; }
        public required bool Monthly { get; init; }
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required SignUpState State { get; init; }
        public required Guid FacilityId { get; init; }
        public required string Facility { get; init; }
        public string? Address { get; init; }
        public required Guid UnitTypeId { get; init; }
        public required string Type { get; init; }
        public required long Price { get; init; }
        public required string Currency { get; init; }
        public Guid? UnitId { get; init; }
        public string? Unit { get; init; }
        public DateTimeOffset? HeldUntil { get; init; }
        public string? StartsOn { get; init; }
        public required string Options { get; init; }
        public byte[]? Details { get; init; }
        public required bool LinkAsked { get; init; }
        public Guid? InvoiceId { get; init; }
        public Guid? PaymentId { get; init; }
        public string? InvoiceState { get; init; }
        public required DateTimeOffset BegunAt { get; init; }

        public SignUp ToSignUp(SignUpDetails? details) => new()
        {
            Id = Id,
            State = State,
            FacilityId = FacilityId,
            Facility = Facility,
            Address = Address,
            UnitTypeId = UnitTypeId,
            Type = Type,
            Price = new Money(Price, Currency),
            UnitId = UnitId,
            Unit = Unit,
            HeldUntil = HeldUntil,
            StartsOn = IsoDay.TryRead(StartsOn),
            Details = details,
            LinkAsked = LinkAsked,
            Chosen = [.. Options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)],
            InvoiceId = InvoiceId,
            PaymentId = PaymentId,
            InvoiceState = InvoiceState,
            BegunAt = BegunAt,
        };
    }
}
