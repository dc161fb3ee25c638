namespace Latchkey.Features.Payments;

/// <summary>Starts a checkout for invoices that are due.</summary>
public sealed class StartCheckout
{
    public Task<StartedCheckout> RunAsync(WantedCheckout wanted, CancellationToken cancel) => Task.FromResult(new StartedCheckout(CheckoutStart.NotSetUp));
}
