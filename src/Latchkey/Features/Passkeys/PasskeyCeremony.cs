using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Latchkey.Features.Passkeys;

/// <summary>
/// The framework's WebAuthn for one storefront, with that storefront's own host. The framework may look at the request where an option
/// is not set; it is given an empty one, so nothing can be learned from there.
/// </summary>
public sealed class PasskeyCeremony
{
    private readonly PasskeyHandler<PasskeyOwner> handler;

    public PasskeyCeremony(Database database, PublicAddress addresses, Storefront storefront)
    {
        Site = PasskeySite.Of(addresses, storefront);
        // Of a user manager the handler uses what passes through to the store; passwords, names and tokens have no part in it.
        var users = new UserManager<PasskeyOwner>(
            new PasskeyStore(database, storefront, Site), Options.Create(new IdentityOptions()), null!, [], [], null!, null!, null!, NullLogger<UserManager<PasskeyOwner>>.Instance);
        handler = new PasskeyHandler<PasskeyOwner>(users, Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = Site.RpId,
            ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && string.Equals(asked.Origin, Site.Origin, StringComparison.Ordinal)),
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            AuthenticatorTimeout = PasskeyChallenges.Lifetime,
        }));
    }

    public PasskeySite Site { get; }

    public Task<PasskeyCreationOptionsResult> AskForNewAsync(Guid accountId, string name) =>
        handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = new PasskeyOwner(accountId).Handle, Name = name, DisplayName = name }, new DefaultHttpContext());

    public Task<PasskeyAttestationResult> CheckNewAsync(string state, string credential) => handler.PerformAttestationAsync(
        new PasskeyAttestationContext { HttpContext = new DefaultHttpContext(), CredentialJson = credential, AttestationState = state });

    public Task<PasskeyRequestOptionsResult> AskForAnyAsync() => handler.MakeRequestOptionsAsync(null, new DefaultHttpContext());

    public Task<PasskeyAssertionResult<PasskeyOwner>> CheckAsync(string state, string credential) => handler.PerformAssertionAsync(
        new PasskeyAssertionContext { HttpContext = new DefaultHttpContext(), CredentialJson = credential, AssertionState = state });
}
