using System.Data.Common;

namespace Latchkey.Features.Payments;

/// <summary>
/// What follows from a checkout that ended without a payment. Every one that is registered is called once for each of its invoices, in the
/// transaction that notes it. A bank debit may end so days later; until then the checkout goes on.
/// </summary>
public delegate Task CheckoutEnded(DbTransaction transaction, EndedCheckout checkout);

/// <summary>A checkout that ended without a payment, for one of its invoices.</summary>
public sealed record EndedCheckout
{
    public required Guid OrganizationId { get; init; }
    public required Guid StorefrontId { get; init; }
    public required Guid PaymentId { get; init; }
    public required Guid InvoiceId { get; init; }
    public Guid? SignUpId { get; init; }
    public required CheckoutEnd How { get; init; }
}

public enum CheckoutEnd
{
    /// <summary>Its time was over.</summary>
    Expired,
    /// <summary>The customer, or another checkout for the same invoice, took its place.</summary>
    Cancelled,
    /// <summary>The bank sent the debit back.</summary>
    Failed,
}
