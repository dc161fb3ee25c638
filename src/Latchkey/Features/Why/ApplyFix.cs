using Latchkey.Features.Account;
using Latchkey.Features.Contacts;
using Latchkey.Features.Passwords;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Features.SuppressedAddresses;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why;

/// <summary>
/// Presses the button of a diagnosis: thinks once more, and does what it offers by the operation that everybody else uses. What is not
/// offered any more is not done.
/// </summary>
public sealed class ApplyFix(
    FindFacts findFacts, Database database, SendPortalLink sendPortalLink, CorrectAddress correctAddress, Limits limits, DisableAccount disableAccount,
    AskAboutPassword askAboutPassword, LiftAddress liftAddress, StorefrontDirectory storefronts, ActivityLog activity)
{
    /// <param name="question">Whom it is about.</param>
    /// <param name="fix">What to do.</param>
    /// <param name="newAddress">The right address, where one is corrected.</param>
    /// <param name="staff">Who does it: goes into the record. Their right to do it was checked.</param>
    /// <param name="cancel">Cancels the work.</param>
    public async Task<FixAnswer> RunAsync(Question question, Fix fix, string? newAddress, string staff, CancellationToken cancel)
    {
        var record = await findFacts.RunAsync(question, cancel);
        if (!Diagnose.Of(record.Facts).Any(f => f.Fix == fix)) return new(FixOutcome.NotOffered);
        var storefront = question.Storefront;
        return fix switch
        {
            Fix.SendSignInLink or Fix.CreateAccountAndSend => await SendAsync(storefront, record, staff, cancel),
            Fix.CorrectAddress => await CorrectAsync(storefront, record, newAddress, staff, cancel),
            Fix.ClearLimit => await ClearAsync(question, record, staff, cancel),
            Fix.EnableAccount => await EnableAsync(storefront, record, staff, cancel),
            Fix.ResendConfirmation => await MailAsync(storefront, record, PasswordAskKind.Confirm, cancel),
            Fix.SendResetLink => await MailAsync(storefront, record, PasswordAskKind.Reset, cancel),
            Fix.LiftSuppression => await LiftAsync(storefront, record, staff, cancel),
            Fix.LinkContact or Fix.MergeAccounts or Fix.None or Fix.WaitForRelay or Fix.TellCookies or Fix.GoToStorefront => new(FixOutcome.NotOffered),
        };
    }

    private async Task<FixAnswer> SendAsync(Storefront storefront, Record record, string staff, CancellationToken cancel)
    {
        // To whom an address with a slip in it may have been meant for: whoever reads that mailbox, and nobody else.
        var near = record.AccountId is null && record.ContactId is null ? record.Near.FirstOrDefault(n => n is { IsByName: false, ContactId: not null }) : null;
        if (near is not null && await storefronts.ByKeyAsync(new StorefrontKey(storefront.OrganizationId, near.StorefrontId), cancel) is { } there)
            return Of(await sendPortalLink.RunAsync(there, near.ContactId!.Value, staff, cancel));
        if (record.AccountId is { } account) return Of(await sendPortalLink.ToAccountAsync(storefront, account, staff, cancel));
        return record.ContactId is { } contact ? Of(await sendPortalLink.RunAsync(storefront, contact, staff, cancel)) : new(FixOutcome.NotOffered);
    }

    private async Task<FixAnswer> CorrectAsync(Storefront storefront, Record record, string? newAddress, string staff, CancellationToken cancel)
    {
        if ((record.ContactId ?? record.Near.FirstOrDefault(n => n.StorefrontId == storefront.Id)?.ContactId) is not { } contact) return new(FixOutcome.NotOffered);
        return await correctAddress.RunAsync(storefront, contact, newAddress, staff, cancel) switch
        {
            CorrectAddressOutcome.Corrected => Of(await sendPortalLink.RunAsync(storefront, contact, staff, cancel)),
            CorrectAddressOutcome.NotAnAddress => new(FixOutcome.NotAnAddress),
            CorrectAddressOutcome.AnothersAddress => new(FixOutcome.AnothersAddress),
            CorrectAddressOutcome.NoContact => new(FixOutcome.NotOffered),
        };
    }

    private async Task<FixAnswer> ClearAsync(Question question, Record record, string staff, CancellationToken cancel)
    {
        var names = new[] { question.Name, record.Facts.Account is { } account ? SignInName.Of(account.Email) : null }.OfType<SignInName>().DistinctBy(n => n.Value, StringComparer.Ordinal).ToList();
        await database.WriteAsync(async t =>
        {
            foreach (var name in names) await limits.ClearAsync(t, question.Storefront.Key, name, record.AccountId);
            await activity.AppendAsync(t, Did(question.Storefront, record, "cleared a limit", staff));
        }, cancel);
        return new(FixOutcome.Done);
    }

    private async Task<FixAnswer> EnableAsync(Storefront storefront, Record record, string staff, CancellationToken cancel)
    {
        await disableAccount.UndoAsync(storefront, record.AccountId!.Value, record.ContactId, staff, cancel);
        return Of(await sendPortalLink.ToAccountAsync(storefront, record.AccountId!.Value, staff, cancel));
    }

    private async Task<FixAnswer> LiftAsync(Storefront storefront, Record record, string staff, CancellationToken cancel) =>
        await liftAddress(storefront.OrganizationId, MailChannel.Email, record.Facts.Account!.Email, record.ContactId ?? record.AccountId, staff) switch
        {
            LiftOutcome.Lifted or LiftOutcome.NotSuppressed => Of(await sendPortalLink.ToAccountAsync(storefront, record.AccountId!.Value, staff, cancel)),
            LiftOutcome.ProviderDidNot => new(FixOutcome.ProviderDidNot),
        };

    private async Task<FixAnswer> MailAsync(Storefront storefront, Record record, PasswordAskKind kind, CancellationToken cancel)
    {
        var again = await askAboutPassword.RunAsync(storefront, new PasswordAsk
        {
            Kind = kind,
            Address = EmailAddress.Of(record.Facts.Account!.Email),
            Browser = BrowserSecret.Create(),
            Locale = storefront.Locale,
        }, cancel);
        return again is { } at ? new(FixOutcome.Limited) { AgainAt = at } : new(FixOutcome.Sent);
    }

    private static Happened Did(Storefront storefront, Record record, string what, string staff) => new(storefront.OrganizationId, ActivityType.STAFF, what)
    {
        StorefrontId = storefront.Id,
        AccountId = record.AccountId,
        ContactId = record.ContactId,
        Actor = staff,
    };

    private static FixAnswer Of(PortalLinkAnswer answer) => answer.Outcome switch
    {
        PortalLinkOutcome.Sent => new(FixOutcome.Sent),
        PortalLinkOutcome.Limited => new(FixOutcome.Limited) { AgainAt = answer.AgainAt },
        PortalLinkOutcome.NoAddress => new(FixOutcome.NotAnAddress),
        PortalLinkOutcome.NoContact or PortalLinkOutcome.AccountClosed => new(FixOutcome.NotOffered),
    };
}

/// <summary>The operation that lets mail go to an address again.</summary>
public delegate Task<LiftOutcome> LiftAddress(Guid organization, string channel, string address, Guid? subject, string staff);

/// <param name="Outcome">What became of it.</param>
public sealed record FixAnswer(FixOutcome Outcome)
{
    /// <summary>When to try again after too many mails.</summary>
    public DateTimeOffset AgainAt { get; init; }
}

public enum FixOutcome
{
    /// <summary>A mail is on its way.</summary>
    Sent,
    Done,
    Limited,
    /// <summary>What was typed, or what is on record, is no address that mail can reach.</summary>
    NotAnAddress,
    /// <summary>It belongs to another customer: Support decides.</summary>
    AnothersAddress,
    /// <summary>The mail provider did not take the address off its own list.</summary>
    ProviderDidNot,
    /// <summary>The record has changed since, and this is not the fix any more.</summary>
    NotOffered,
}
