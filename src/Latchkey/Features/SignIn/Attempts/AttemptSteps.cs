using Dapper;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn.Attempts;

/// <summary>What became of a sign-in request, step by step: read from the rows that the steps left, nothing is written twice.</summary>
public sealed class AttemptSteps(Database database, TimeProvider clock)
{
    /// <summary>The ids of refusals say when to the minute.</summary>
    private static readonly TimeSpan Roughly = TimeSpan.FromMinutes(1);

    /// <returns>Nothing when the organization has no such request, or it was forgotten.</returns>
    public Task<IReadOnlyList<AttemptStep>> OfRequestAsync(Guid organizationId, Guid requestId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<AttemptStep>>(async c =>
    {
        var of = new { organizationId, requestId };
        if (await c.QuerySingleOrDefaultAsync<AttemptSql.RequestRow>(new CommandDefinition(AttemptSql.Request, of, cancellationToken: cancel)) is not { } request) return [];
        var mails = await c.QueryAsync<AttemptSql.MailRow>(new CommandDefinition(AttemptSql.Mails, of, cancellationToken: cancel));
        var refusals = await c.QueryAsync<DateTimeOffset>(new CommandDefinition(AttemptSql.Refusals, new
        {
            organizationId,
            from = Guid.CreateVersion7(request.AskedAt - Roughly),
            before = Guid.CreateVersion7(request.HardEndAt + Roughly),
            request.StorefrontId,
            request.NameHash,
        }, cancellationToken: cancel));
        // In time; what has no time of its own comes where it usually happens.
        return [.. Asking(request).Concat(refusals.Select(at => new AttemptStep(AttemptStepKind.Limited, at))).Concat(mails.SelectMany(Mailing)).Concat(Opening(request)).Concat(Ending(request)).OrderBy(s => s.At ?? request.OpenedAt ?? request.AskedAt).ThenBy(s => s.Kind)];
    }, cancel);

    private static IEnumerable<AttemptStep> Asking(AttemptSql.RequestRow request)
    {
        yield return new(AttemptStepKind.Asked, request.AskedAt, Detail: request.MadeBy);
        if (request.Asks > 1) yield return new(AttemptStepKind.AskedAgain, request.LastAskedAt, request.Asks - 1);
        if (request.ResolvedAt is { } at) yield return new(request.AccountId is null ? AttemptStepKind.Unknown : AttemptStepKind.Resolved, at, Detail: request.AccountState);
    }

    private static IEnumerable<AttemptStep> Mailing(AttemptSql.MailRow mail)
    {
        var told = mail.Kind switch
        {
            WrongStorefrontMail.Kind => AttemptStepKind.ToldRightStorefront,
            NoAccountMail.Kind => AttemptStepKind.ToldUnknown,
            SignInCodeSms.Kind => AttemptStepKind.Texted,
            _ => AttemptStepKind.Sent,
        };
        yield return new(AttemptStepKind.Queued, mail.CreatedAt, Detail: mail.Kind);
        if (mail.SentAt is { } sent) yield return new(told, sent);
        if (mail.DeliveredAt is { } delivered) yield return new(AttemptStepKind.Delivered, delivered);
        if (mail.FailedAt is { } failed) yield return new(AttemptStepKind.Failed, failed, mail.Attempts, mail.Reply);
        else if (mail.DeliveryReason is { } reason) yield return new(AttemptStepKind.Failed, mail.SentAt, Detail: reason);
    }

    private static IEnumerable<AttemptStep> Opening(AttemptSql.RequestRow request)
    {
        int elsewhere = request.Opens - request.AskerOpens - request.ProgramOpens;
        if (request.ProgramOpens > 0) yield return new(AttemptStepKind.OpenedByProgram, null, request.ProgramOpens);
        if (elsewhere > 0) yield return new(AttemptStepKind.OpenedElsewhere, null, elsewhere);
        if (request.AskerOpens > 0) yield return new(AttemptStepKind.OpenedByAsker, null, request.AskerOpens);
        int wrongNumbers = request.NumberTries - (request.NumberTries > 0 && request.RedeemedElsewhere ? 1 : 0);
        if (wrongNumbers > 0) yield return new(AttemptStepKind.NumberWrong, null, wrongNumbers);
        int wrongCodes = request.CodeTries - (request.RedeemedBy == "code" ? 1 : 0);
        if (wrongCodes > 0) yield return new(AttemptStepKind.CodeWrong, null, wrongCodes);
    }

    private IEnumerable<AttemptStep> Ending(AttemptSql.RequestRow request)
    {
        if (request.RedeemedAt is { } redeemed)
        {
            if (request.RedeemedElsewhere) yield return new(AttemptStepKind.ConfirmedElsewhere, redeemed);
            yield return new(AttemptStepKind.Redeemed, redeemed, Detail: request.RedeemedBy);
            if (request.KeptAt is { } kept) yield return new(AttemptStepKind.CookieKept, kept);
            else if (request.EndedReason == Sessions.CookieLost) yield return new(AttemptStepKind.CookieNotKept, request.EndedAt);
        }
        else if (request.RevokedAt is { } revoked && revoked < request.ExpiresAt) yield return new(AttemptStepKind.Revoked, revoked, Detail: request.RevokedReason);
        else if (request.ExpiresAt <= clock.GetUtcNow()) yield return new(AttemptStepKind.Expired, request.ExpiresAt);
    }
}
