using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignUps;

/// <summary>Keeps what one step was answered with, and the unit for the next: one that was lost meanwhile is found again, or another.</summary>
public sealed class SaveSignUp(Database database, FindSignUp findSignUp, HoldUnit holdUnit, SignInKey key, TimeProvider clock)
{
    /// <param name="storefront">The storefront.</param>
    /// <param name="signUp">As it is to be.</param>
    /// <param name="cancel">Cancels the work.</param>
    public Task<SaveOutcome> RunAsync(Storefront storefront, SignUp signUp, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var unitId = signUp.UnitId;
        if (storefront.Vocabulary == Vocabulary.Rental)
        {
            unitId = await holdUnit.RunAsync(t, storefront, signUp.Id, signUp.UnitTypeId, signUp.UnitId, holdUnit.Until(signUp.BegunAt));
            if (unitId is null) return SaveOutcome.SoldOut;
        }
        int saved = await t.Connection!.ExecuteAsync(SignUpSql.Save, new
        {
            storefront.OrganizationId,
            StorefrontId = storefront.Id,
            id = signUp.Id,
            startsOn = IsoDay.Of(signUp.StartsOn),
            options = string.Join(' ', signUp.Chosen),
            details = findSignUp.Seal(signUp.Details),
            nameHash = EmailAddress.TryRead(signUp.Details?.Email, out var email) ? key.Fingerprint(email.Value) : null,
            linkAsked = signUp.LinkAsked,
            unitId,
            locale = signUp.Locale,
            now = clock.GetUtcNow(),
        }, t);
        return saved == 1 ? SaveOutcome.Saved : SaveOutcome.Closed;
    }, cancel);
}

public enum SaveOutcome
{
    Saved,
    /// <summary>The hold was over, and somebody else has the last one.</summary>
    SoldOut,
    /// <summary>It is being paid, or done.</summary>
    Closed,
}
