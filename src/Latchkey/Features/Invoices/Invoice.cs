using Latchkey.Platform;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Invoices;

/// <summary>An invoice as lists and pages show it.</summary>
public record Invoice
{
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    public required Guid ContactId { get; init; }
    public required long Number { get; init; }
    /// <summary>Of one that was imported: its number in the system it is from.</summary>
    public string? Reference { get; init; }
    public required string Currency { get; init; }
    public required long Subtotal { get; init; }
    public required long Tax { get; init; }
    public required long Total { get; init; }
    public required long Refunded { get; init; }
    public required InvoiceState State { get; init; }
    public string? Reason { get; init; }
    public required string IssuedOn { get; init; }
    public required string DueOn { get; init; }
    public string? PeriodStart { get; init; }
    public string? PeriodEnd { get; init; }
    public string? PaidBy { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    /// <summary>The customer it is for, by name.</summary>
    public string? FullName { get; init; }
    public string? Email { get; init; }

    public string Name => InvoiceNumber.Of(Number, Reference);
    /// <summary>A number from elsewhere may hold what no file's name may.</summary>
    public string PdfName => $"{string.Concat(Name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-'))}.pdf";
    public DateOnly Issued => IsoDay.Read(IssuedOn);
    public DateOnly Due => IsoDay.Read(DueOn);
    public Money Sum => new(Total, Currency);

    /// <summary>The word of <see cref="Doubt"/>.</summary>
    public string? DoubtName { get; init; }

    /// <summary>What became of a charge of it is not known yet; null when there is none.</summary>
    public InvoiceDoubt? Doubt => DoubtName is null ? null : Enum.Parse<InvoiceDoubt>(DoubtName);

    /// <summary>Whether its money is still to come.</summary>
    public bool IsDue => State is InvoiceState.Pending or InvoiceState.Failed;

    /// <summary>Whether the customer can pay it now: nobody is charged twice.</summary>
    public bool IsPayable => IsDue && Doubt is null;

    /// <summary>Days since it was due; null when it is not late.</summary>
    public int? DaysLate(DateOnly today) => IsDue && Due < today ? today.DayNumber - Due.DayNumber : null;
}

/// <summary>An invoice with its lines.</summary>
public sealed record WholeInvoice(Invoice Invoice, IReadOnlyList<InvoiceLine> Lines);

public sealed record InvoiceLine
{
    public required string Description { get; init; }
    public required long Quantity { get; init; }
    public required long Amount { get; init; }
    /// <summary>Thousandths of a percent.</summary>
    public required int TaxRate { get; init; }
    public required long Tax { get; init; }

    public long Net => Quantity * Amount;
}

public enum InvoiceDoubt
{
    /// <summary>The provider has not answered, and is asked again.</summary>
    Unanswered,
    /// <summary>What the provider has is not what was asked for: staff look at it.</summary>
    Disbelieved,
}

public enum InvoiceState
{
    Pending,
    /// <summary>A bank debit is under way.</summary>
    Processing,
    /// <summary>The last payment failed; it can be paid again.</summary>
    Failed,
    Paid,
    Refunded,
    Void,
}
