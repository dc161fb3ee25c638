using Latchkey.SignIn;

namespace Latchkey.Features.Passkeys;

/// <summary>What the browser is asked.</summary>
/// <param name="Issued">The challenge, or until when there is none.</param>
/// <param name="Options">The options of navigator.credentials, as JSON.</param>
public sealed record PasskeyQuestion(IssuedChallenge Issued, string Options);

/// <summary>What the browser answers.</summary>
/// <param name="Challenge">The question it belongs to.</param>
/// <param name="Credential">The credential, as JSON; it may be anything.</param>
public sealed record PasskeyAnswer(Guid Challenge, string Credential);
