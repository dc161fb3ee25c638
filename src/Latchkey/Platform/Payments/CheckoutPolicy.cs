namespace Latchkey.Platform.Payments;

/// <summary>Lets a page's forms end at Stripe's checkout: browsers hold a form to the policy along its redirects too.</summary>
public static class CheckoutPolicy
{
    public static void AllowCheckout(this HttpContext context) => context.Response.Headers.ContentSecurityPolicy =
        context.Response.Headers.ContentSecurityPolicy.ToString().Replace("form-action 'self'", "form-action 'self' https://checkout.stripe.com", StringComparison.Ordinal);
}
