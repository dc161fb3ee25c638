using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;

namespace Latchkey.Hosting;

/// <summary>Invoices and payments.</summary>
internal static class MoneyServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<CreateInvoice>().AddSingleton<StartCheckout>().AddSingleton<RequestRefund>();
    }
}
