using Latchkey.Platform;

namespace Latchkey.Features.SignUps;

/// <summary>Somebody who is about to rent or subscribe, as far as they have come.</summary>
public sealed record SignUp
{
    public required Guid Id { get; init; }
    public required SignUpState State { get; init; }
    public required Guid FacilityId { get; init; }
    public required string Facility { get; init; }
    public string? Address { get; init; }
    public required Guid UnitTypeId { get; init; }
    public required string Type { get; init; }
    public required Money Price { get; init; }
    /// <summary>The unit that is held or rented; null for a plan, and when the hold is over.</summary>
    public Guid? UnitId { get; init; }
    public string? Unit { get; init; }
    /// <summary>Until when nobody else gets the unit.</summary>
    public DateTimeOffset? HeldUntil { get; init; }
    public DateOnly? StartsOn { get; init; }
    /// <summary>What was typed; null before, and for a customer who is known.</summary>
    public SignUpDetails? Details { get; init; }
    /// <summary>A link was asked for in case the address has an account.</summary>
    public bool LinkAsked { get; init; }
    /// <summary>What can be taken along here.</summary>
    public IReadOnlyList<Extra> Offered { get; init; } = [];
    public IReadOnlyList<Guid> Chosen { get; init; } = [];
    public Guid? InvoiceId { get; init; }
    /// <summary>The checkout that is open.</summary>
    public Guid? PaymentId { get; init; }
    /// <summary>What has become of it: pending, processing, failed, paid, refunded, void.</summary>
    public string? InvoiceState { get; init; }
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>The language it is filled in in.</summary>
    public string Locale { get; init; } = "en";

    public IEnumerable<Extra> Extras => Offered.Where(o => Chosen.Contains(o.Id));
}

public enum SignUpState
{
    /// <summary>Being filled in.</summary>
    Open,
    /// <summary>At the payment provider.</summary>
    Paying,
    /// <summary>Paid; what it was for has begun.</summary>
    Done,
    /// <summary>Paid when nothing was free any more; the money goes back.</summary>
    Refunded,
}

/// <summary>What somebody says of themselves. Nothing in it is proven.</summary>
public sealed record SignUpDetails(string FullName, string Email, string? Phone);

/// <summary>Something taken along with a unit or plan.</summary>
public sealed record Extra(Guid Id, string Name, Money Price, bool Monthly);
