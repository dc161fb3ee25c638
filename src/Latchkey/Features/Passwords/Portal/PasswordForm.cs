using Latchkey.SignIn;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>What the sign-in form with a password shows.</summary>
/// <param name="Typed">The address as typed.</param>
/// <param name="Problem">Why the last try did not sign in.</param>
/// <param name="IsAboutAddress">Whether the problem is that the address is none.</param>
/// <param name="Next">Where the customer wanted to go.</param>
public sealed record PasswordForm(string? Typed = null, string? Problem = null, bool IsAboutAddress = false, ReturnPath? Next = null);
