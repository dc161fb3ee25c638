using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Payments;

/// <summary>A checkout to be started: one payment for one invoice, or for several of the same currency.</summary>
public sealed record WantedCheckout
{
    public required Storefront Storefront { get; init; }
    public required IReadOnlyList<Guid> InvoiceIds { get; init; }
    /// <summary>The customer who is signed in; null at a sign-up. Whether the invoices are theirs is for the caller to know.</summary>
    public Guid? AccountId { get; init; }
    /// <summary>Where the browser comes back to, absolute; <c>payment={id}</c> is added. Coming back proves nothing: ask what became of the payment.</summary>
    public required string ReturnUrl { get; init; }
    /// <summary>Where the browser comes back to when the customer changes their mind, absolute.</summary>
    public required string CancelUrl { get; init; }
    /// <summary>Whether the method is kept for what falls due later.</summary>
    public bool KeepMethod { get; init; }
    /// <summary>When the checkout ends if nobody pays, 30 minutes to 24 hours ahead; null: in 24 hours.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <param name="Outcome">Whether the customer can go and pay.</param>
/// <param name="Address">Where the browser goes, when it can.</param>
/// <param name="PaymentId">The payment, when there is one.</param>
public sealed record StartedCheckout(CheckoutStart Outcome, Uri? Address = null, Guid? PaymentId = null);

public enum CheckoutStart
{
    Started,
    /// <summary>Nothing of it is due: paid meanwhile, void, or never there.</summary>
    NothingDue,
    /// <summary>A payment of it is under way.</summary>
    Processing,
    /// <summary>A payment of it is not what was asked for, or nobody knows whether it was charged: staff have to look first.</summary>
    Doubted,
    /// <summary>The business takes no payments online.</summary>
    NotSetUp,
    /// <summary>The provider can't be reached, or refuses the business: nothing was charged.</summary>
    TryLater,
}
