using System.Buffers.Text;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using Dapper;
using Latchkey.Features.SignIn;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Identity;

namespace Latchkey.Features.Passkeys;

/// <summary>Signs in by a passkey that the device finds itself: first the challenge, then the device's answer.</summary>
public sealed class SignInByPasskey(
    Database database, PublicAddress addresses, PasskeyChallenges challenges, Sessions sessions, SignedIn signedIn, ActivityLog activity, TimeProvider clock)
{
    private const int MostCredentialBytes = 1023; // WebAuthn Level 3, 5.1

    public async Task<PasskeyQuestion> AskAsync(Storefront storefront, Visitor visitor, CancellationToken cancel)
    {
        var made = await new PasskeyCeremony(database, addresses, storefront).AskForAnyAsync();
        var issued = await database.WriteAsync(
            t => challenges.IssueAsync(t, storefront.Key, storefront.Policy, visitor, accountId: null, made.AssertionState!, cancel), cancel);
        return new PasskeyQuestion(issued, made.RequestOptionsJson);
    }

    /// <param name="before">Who was signed in here before, if anybody: that session ends.</param>
    public async Task<PasskeySignIn> RunAsync(Storefront storefront, Visitor visitor, LiveSession? before, PasskeyAnswer answer, CancellationToken cancel)
    {
        string? state = await database.WriteAsync(t => challenges.TakeAsync(t, storefront.Key, answer.Challenge, visitor.Browser, null, cancel), cancel);
        if (state is null) return PasskeySignIn.Refused;

        var ceremony = new PasskeyCeremony(database, addresses, storefront);
        var found = await ceremony.CheckAsync(state, answer.Credential);
        var session = found.Succeeded ? await database.WriteAsync(t => StartAsync(t, storefront, visitor, before, found), cancel) : null;
        if (session is not null) return new PasskeySignIn(session, PasskeyRefusal.None, null);

        var refused = found.Succeeded ? PasskeySignIn.Refused with { Refusal = PasskeyRefusal.Unknown } : await WhyAsync(storefront, ceremony.Site, answer.Credential, cancel);
        await database.WriteAsync(t => activity.AppendAsync(t, PasskeyEvents.Of("passkey refused", storefront, found.User?.AccountId, null, refused.Refusal.ToString())), cancel);
        return refused;
    }

    private async Task<StartedSession?> StartAsync(
        DbTransaction transaction, Storefront storefront, Visitor visitor, LiveSession? before, PasskeyAssertionResult<PasskeyOwner> found)
    {
        var account = new { storefront.OrganizationId, found.User!.AccountId };
        if (await transaction.Connection!.ExecuteAsync(PasskeySql.HoldAccount, account, transaction) == 0) return null;
        int used = await transaction.Connection!.ExecuteAsync(PasskeySql.Use, new
        {
            storefront.OrganizationId,
            StorefrontId = storefront.Id,
            account.AccountId,
            found.Passkey!.CredentialId,
            SignCount = (long)found.Passkey.SignCount,
            found.Passkey.IsBackedUp,
            now = clock.GetUtcNow(),
        }, transaction);
        if (used == 0 || await sessions.StartAsync(transaction, storefront.Key, storefront.Policy, account.AccountId, "passkey", visitor) is not { } session) return null;
        await signedIn.NoteAsync(transaction, storefront, session, before);
        return session;
    }

    /// <summary>
    /// One that was removed, or one that is not as it should be. The device may forget it only when no storefront at this host knows it.
    /// </summary>
    private async Task<PasskeySignIn> WhyAsync(Storefront storefront, PasskeySite site, string credential, CancellationToken cancel)
    {
        if (CredentialId(credential) is not { } credentialId) return PasskeySignIn.Refused;
        var owner = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Passkey>(
            new CommandDefinition(PasskeySql.ByCredential, new { storefront.OrganizationId, storefront.Id, credentialId, site.RpId }, cancellationToken: cancel)), cancel);
        if (owner is not null) return PasskeySignIn.Refused;
        long elsewhere = await database.ReadAsync(c => c.ExecuteScalarAsync<long>(
            new CommandDefinition(PasskeySql.IsKnownAtHost, new { credentialId, site.RpId }, cancellationToken: cancel)), cancel);
        return new PasskeySignIn(null, PasskeyRefusal.Unknown, elsewhere > 0 ? null : new ForgottenPasskey(site.RpId, Base64Url.EncodeToString(credentialId)));
    }

    private static byte[]? CredentialId(string credential)
    {
        using var json = JsonDocument.Parse(credential);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String) return null;
        byte[] text = Encoding.UTF8.GetBytes(id.GetString()!);
        return text.Length <= MostCredentialBytes * 2 && Base64Url.IsValid(text, out int length) && length is > 0 and <= MostCredentialBytes
            ? Base64Url.DecodeFromUtf8(text) : null;
    }
}

/// <param name="Session">Null when refused.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Forgotten">What the device may forget, when nobody here knows it any more.</param>
public sealed record PasskeySignIn(StartedSession? Session, PasskeyRefusal Refusal, ForgottenPasskey? Forgotten)
{
    public static PasskeySignIn Refused { get; } = new(null, PasskeyRefusal.Failed, null);
}

public enum PasskeyRefusal
{
    None,
    /// <summary>Nobody has it here, or its account is closed.</summary>
    Unknown,
    /// <summary>The answer is not what was asked for.</summary>
    Failed,
}

/// <summary>The argument of PublicKeyCredential.signalUnknownCredential.</summary>
public sealed record ForgottenPasskey(string RpId, string CredentialId);
