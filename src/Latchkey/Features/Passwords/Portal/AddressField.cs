namespace Latchkey.Features.Passwords.Portal;

/// <summary>The field for an e-mail address, with what was typed and what is wrong with it.</summary>
public sealed record AddressField(string? Typed = null, string? Problem = null);
