using System.Data.Common;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>Signs a browser in by the code in the mail. Two transactions: the try counts whatever happens after.</summary>
public sealed class RedeemCode(Database database, SignInCodes codes, SignedIn signedIn)
{
    /// <param name="before">Who was signed in here before, if anybody: that session ends.</param>
    public async Task<(CodeTry Try, StartedSession? Session)> RunAsync(
        Storefront storefront, Guid requestId, string typed, Visitor visitor, LiveSession? before, CancellationToken cancel)
    {
        var counted = await database.WriteAsync(t => codes.CountAsync(t, storefront.Key, storefront.Policy, requestId, visitor.Browser), cancel);
        // Also when it cannot match: the time it takes tells nothing.
        var session = await database.WriteAsync(t => RedeemAsync(t, storefront, counted, typed, visitor, before), cancel);
        return (counted, session);
    }

    private async Task<StartedSession?> RedeemAsync(
        DbTransaction transaction, Storefront storefront, CodeTry counted, string typed, Visitor visitor, LiveSession? before)
    {
        var session = await codes.RedeemAsync(transaction, storefront.Key, storefront.Policy, counted, typed, visitor);
        if (session is not null) await signedIn.NoteAsync(transaction, storefront, session, before);
        return session;
    }
}
