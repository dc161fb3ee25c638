using System.Runtime.InteropServices;

namespace Latchkey.SignIn;

/// <summary>The storefront that everything here belongs to: accounts, requests, sessions and limits of one never meet another's.</summary>
/// <param name="OrganizationId">The tenant. It is the first part of every key.</param>
/// <param name="StorefrontId">The storefront within the tenant.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StorefrontKey(Guid OrganizationId, Guid StorefrontId);
