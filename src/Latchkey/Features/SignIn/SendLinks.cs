using System.Data.Common;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Sms;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>Wakes <see cref="SendLinks"/> on this node.</summary>
public sealed class SendLinksSignal : Signal;

/// <summary>
/// Turns stored requests into mails: looks the account up, makes the link, and writes the mail to the outbox, all in one transaction.
/// This is the only place where a request meets an account.
/// </summary>
public sealed class SendLinks(
    Database database, SignInRequests requests, Outbox outbox, StorefrontDirectory storefronts, SmsChannel sms, WithoutAccount withoutAccount,
    SendLinksSignal signal, TimeProvider clock, ILogger<SendLinks> log) : AnswersByMail(database, outbox, signal, log)
{
    protected override async Task<AnsweredAsks> AnswerAsync(DbTransaction transaction, int most)
    {
        var resolved = await requests.ResolveAsync(transaction, most);
        var mails = resolved.Where(r => r.IsMailed).Select(r => ForAccount(r, SignInLinkMail.Kind, r.Email!)).ToList();
        var texts = new List<NewMail>();
        foreach (var request in resolved)
        {
            if (request is { IsMailed: true, Phone: { } phone } && !IsSignUp(request) && await TextsAsync(request)) texts.Add(ForAccount(request, SignInCodeSms.Kind, phone));
            // Whoever signs up has no account yet as a rule: nothing to be told about.
            if (request is { AccountId: null, Name.Email: { } address } && !IsSignUp(request)) mails.AddRange(await withoutAccount.MailsAsync(transaction, request, address));
        }
        return new AnsweredAsks(resolved.Count, mails) { Texts = texts };
    }

    private async Task<bool> TextsAsync(ResolvedRequest request) =>
        sms.IsOn && await storefronts.ByKeyAsync(request.Where, CancellationToken.None) is { Policy: { CodeBySms: true } policy } && request.CodeTries < policy.CodeTries;

    private static bool IsSignUp(ResolvedRequest request) => request.ReturnTo?.Value == AskForLink.SignUpPage;

    private NewMail ForAccount(ResolvedRequest request, string kind, string to)
    {
        var now = clock.GetUtcNow();
        return new NewMail
        {
            OrganizationId = request.Where.OrganizationId,
            Id = Guid.CreateVersion7(now),
            StorefrontId = request.Where.StorefrontId,
            Kind = kind,
            AccountId = request.AccountId,
            RequestId = request.Id,
            LinkNumber = request.Mails,
            About = SignInLinkMail.About(request.AskedAt, request.Device, request.IsByStaff, request.CodeTries, IsSignUp(request)),
            ToAddress = to,
            Locale = request.Locale,
            CreatedAt = now,
            GiveUpAt = request.EndsAt,
        };
    }
}
