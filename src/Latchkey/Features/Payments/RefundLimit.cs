namespace Latchkey.Features.Payments;

/// <summary>What one person may give back of an invoice. Without one, each refund takes one person.</summary>
public sealed record RefundLimit
{
    /// <summary>Minor units.</summary>
    public required long Amount { get; init; }
    public required string Currency { get; init; }

    /// <summary>Whether a second person has to look at it. Sums of two currencies can't be compared, so another one always takes two.</summary>
    /// <param name="givenBack">With this refund and all before it: many small ones are no way around.</param>
    /// <param name="currency">Of the invoice.</param>
    public bool IsExceededBy(long givenBack, string currency) => currency != Currency || givenBack > Amount;
}
