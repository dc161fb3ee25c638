using System.Data.Common;
using Dapper;
using Latchkey.Features.Storefronts;
using Latchkey.Features.Weather;
using Latchkey.Platform.Data;
using Latchkey.Platform.Sms;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why;

/// <summary>Gathers what one organization has on record about one name.</summary>
public sealed class FindFacts(
    Database database, NearMisses nearMisses, StorefrontDirectory storefronts, SenderHealth senderHealth, WeatherNow weatherNow, SignInKey key, SmsChannel sms, TimeProvider clock)
{
    /// <summary>Mails of before are history.</summary>
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(60);
    private static readonly TimeSpan RelayLooksBack = TimeSpan.FromHours(24);

    public async Task<Record> RunAsync(Question question, CancellationToken cancel)
    {
        var who = await database.ReadAsync(c => WhoAsync(c, question, cancel), cancel);
        var history = await database.ReadAsync(c => HistoryAsync(c, question, who, cancel), cancel);
        var near = who.Account is null && who.Contact is null && question.Name is { } name ? await nearMisses.RunAsync(question.Storefront, name, cancel) : [];
        var weather = who.Account is null ? [] : await weatherNow.RunAsync(question.Storefront.OrganizationId, cancel);
        var elsewhere = await NamesAsync(question.Storefront.OrganizationId, who.Elsewhere, cancel);
        var facts = new DiagnosisFacts
        {
            Now = clock.GetUtcNow(),
            Policy = question.Storefront.Policy,
            IsPhone = question.Name?.Phone is not null,
            Account = who.Account is null ? null : FactsOf.Account(who, question),
            Contact = who.Contact is null ? null : FactsOf.Contact(who.Contact, who.Account),
            Attempts = [.. history.Attempts.Select(a => FactsOf.Attempt(a, history.Mails, question))],
            Sessions = [.. history.Sessions.Select(s => FactsOf.Session(s, question))],
            OtherMails = [.. history.Mails.Where(m => m.RequestId is null || !history.Attempts.Exists(a => a.Id == m.RequestId)).Select(FactsOf.Mail)
                .Where(m => m.About is MailAbout.Confirmation or MailAbout.Reset or MailAbout.HasAccount)],
            LimitedUntil = FactsOf.Until(history.Throttles, FactsOf.Asking),
            CodesLimitedUntil = FactsOf.Until(history.Throttles, "code", "code-account"),
            Suppression = history.Held is { } held ? new SuppressionFacts(held.CreatedAt, held.Reason) : null,
            Password = FactsOf.Password(who.Account, history, clock.GetUtcNow()),
            Elsewhere = elsewhere,
            Near = [.. near.Select(n => new NearFact(n.Email, n.Name, n.Distance, n.IsByName))],
            OtherAccounts = [.. history.Namesakes.Select(n => new OtherAccountFacts(n.Email, n.Holdings > 0))],
            Unlinked = history.Unlinked is null ? null : FactsOf.Contact(history.Unlinked, who.Account),
            AddressChangedAt = who.ChangedAt,
            Relay = FactsOf.Relay(history.Relay),
            Domain = FactsOf.Domain(who.Account, weather),
            Symptoms = FactsOf.Symptoms(history, Hash(question.Name?.Value), Mailbox(question.Name), clock.GetUtcNow()),
            SenderLacks = senderHealth.Lacks(question.Storefront),
            SmsIsOn = sms.IsOn,
            UnknownHost = question.UnknownHost,
            Page = question.Page,
        };
        return new Record(facts, who.Account?.Id, who.Contact?.Id, question.RequestId ?? (history.Attempts.Count > 0 ? history.Attempts[0].Id : null), near,
            who.Account?.Locale ?? who.Contact?.Locale ?? question.Storefront.Locale)
        {
            UnlinkedId = history.Unlinked?.Id,
            OtherAccountId = (history.Namesakes.Find(n => n.Holdings > 0) ?? history.Namesakes.FirstOrDefault())?.Id,
        };
    }

    private async Task<Who> WhoAsync(DbConnection c, Question question, CancellationToken cancel)
    {
        var where = Where(question, contactId: question.ContactId);
        var accounts = (await c.QueryAsync<WhyRows.Account>(new CommandDefinition(WhySql.Accounts, where, cancellationToken: cancel))).AsList();
        var contacts = (await c.QueryAsync<WhyRows.Contact>(new CommandDefinition(WhySql.Contacts, where, cancellationToken: cancel))).AsList();
        var here = contacts.FindAll(x => x.StorefrontId == question.Storefront.Id);
        // Of several records the one that would be missed: what is held and not linked.
        var contact = here.Find(x => x.Id == question.ContactId) ?? here.Find(x => x is { AccountId: null, Holdings: > 0 }) ?? here.Find(x => x.AccountId is not null) ?? here.FirstOrDefault();
        var account = accounts.Find(a => a.StorefrontId == question.Storefront.Id);
        var known = account;
        DateTimeOffset? changedAt = null;
        if ((account?.MergedInto ?? (account is null ? contact?.AccountId : null)) is { } other) account = await AccountAsync(c, question, other, cancel);
        if (account is null && contact is null && question.Name is not null && await FormerAsync(c, question, cancel) is { } former)
            (account, changedAt) = (await AccountAsync(c, question, former.AccountId, cancel), former.At);
        var elsewhere = accounts.Select(a => a.StorefrontId).Concat(contacts.Select(x => x.StorefrontId)).Where(s => s != question.Storefront.Id).Distinct().ToList();
        return new Who(account, known?.MergedInto is null ? null : known.Email, contact, elsewhere, changedAt);
    }

    /// <summary>The account that mails to the name were for, when it has another address by now.</summary>
    private async Task<FormerName?> FormerAsync(DbConnection c, Question question, CancellationToken cancel)
    {
        var mails = await c.QueryAsync<WhyRows.Mail>(new CommandDefinition(WhySql.Mails, Names(question, null, null), cancellationToken: cancel));
        return mails.FirstOrDefault(m => m.AccountId is not null) is { } mail ? new FormerName(mail.AccountId!.Value, mail.CreatedAt) : null;
    }

    private async Task<WhyRows.Account?> AccountAsync(DbConnection c, Question question, Guid accountId, CancellationToken cancel) =>
        await c.QuerySingleOrDefaultAsync<WhyRows.Account>(new CommandDefinition(WhySql.AccountById, Where(question, accountId), cancellationToken: cancel)) is { } found
            && found.StorefrontId == question.Storefront.Id ? found : null;

    private async Task<History> HistoryAsync(DbConnection c, Question question, Who who, CancellationToken cancel)
    {
        Task<IEnumerable<T>> Read<T>(string sql, object of) => c.QueryAsync<T>(new CommandDefinition(sql, of, cancellationToken: cancel));
        string? former = who.Account is null ? null : (await Read<string>(WhySql.Former, Where(question, who.Account.Id))).FirstOrDefault();
        var hashes = Hashes(question, who.Account, former);
        var names = Names(question, who.Account, former);
        var where = Where(question, who.Account?.Id, name: who.Contact?.FullName);
        var history = new History
        {
            // A sign-up asks in case there is an account: where there was none, nobody asked for a link.
            Attempts = [.. (await Read<WhyRows.Attempt>(WhySql.Attempts, hashes)).Where(a => a.AccountId is not null || !a.IsFromSignUp)],
            Mails = (await Read<WhyRows.Mail>(WhySql.Mails, names)).AsList(),
            Throttles = (await Read<WhyRows.Throttle>(WhySql.Throttles, hashes)).AsList(),
            Held = (await Read<WhyRows.Held>(WhySql.Suppression, new
            {
                question.Storefront.OrganizationId,
                channel = "email",
                address = who.Account?.Email ?? question.Name?.Value ?? "",
            })).FirstOrDefault(),
            Relay = (await Read<WhyRows.RelayMail>(WhySql.Relay, new { question.Storefront.OrganizationId, since = Guid.CreateVersion7(clock.GetUtcNow() - RelayLooksBack) })).AsList(),
        };
        if (who.Account is null) return history;
        history = history with
        {
            Sessions = (await Read<WhyRows.Session>(WhySql.Sessions, where)).AsList(),
            Unlinked = who.Contact?.AccountId != who.Account.Id ? null : (await Read<WhyRows.Contact>(WhySql.Unlinked, where)).FirstOrDefault(),
            Namesakes = who.Contact is null ? [] : (await Read<WhyRows.Namesake>(WhySql.SameName, where)).AsList(),
        };
        return !question.Storefront.Policy.Passwords ? history : history with
        {
            RefusedAt = (await Read<DateTimeOffset>(WhySql.RefusedPassword, where)).Cast<DateTimeOffset?>().FirstOrDefault(),
            Reset = (await Read<WhyRows.ResetLink>(WhySql.Reset, where)).FirstOrDefault(),
            Waiting = (await Read<long>(WhySql.Registration, where)).First() > 0,
        };
    }

    private object Where(Question question, Guid? accountId = null, Guid? contactId = null, string? name = null) => new
    {
        question.Storefront.OrganizationId,
        storefrontId = question.Storefront.Id,
        email = question.Name?.Email?.Value ?? "",
        phone = question.Name?.Phone?.Value ?? "",
        accountId = accountId ?? Guid.Empty,
        contactId = contactId ?? Guid.Empty,
        name = name ?? "",
        today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).ToString("O", System.Globalization.CultureInfo.InvariantCulture),
    };

    private object Names(Question question, WhyRows.Account? account, string? former) => new
    {
        question.Storefront.OrganizationId,
        storefrontId = question.Storefront.Id,
        first = question.Name?.Value ?? "",
        second = account?.Email ?? "",
        third = account?.Phone ?? "",
        former = former ?? "",
        since = clock.GetUtcNow() - LooksBack,
    };

    private object Hashes(Question question, WhyRows.Account? account, string? former) => new
    {
        question.Storefront.OrganizationId,
        storefrontId = question.Storefront.Id,
        first = Hash(question.Name?.Value),
        second = Hash(account?.Email),
        third = Hash(account?.Phone),
        former = Hash(former),
        fourth = account?.Id.ToString("n") ?? "",
        installation = Guid.Empty,
        mailbox = Mailbox(question.Name),
        ownMailbox = Mailbox(account is null ? null : SignInName.Of(account.Email)),
    };

    private string Mailbox(SignInName? name) => Hash(name?.Mailbox());

    private string Hash(string? name) => name is null ? "" : key.Fingerprint(name);

    private async Task<IReadOnlyList<string>> NamesAsync(Guid organization, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var names = new List<string>();
        foreach (var id in ids)
            if (await storefronts.ByKeyAsync(new StorefrontKey(organization, id), cancel) is { } storefront) names.Add(storefront.Name);
        return names;
    }

    private sealed record FormerName(Guid AccountId, DateTimeOffset At);
}

internal sealed record Who(WhyRows.Account? Account, string? MergedFrom, WhyRows.Contact? Contact, IReadOnlyList<Guid> Elsewhere, DateTimeOffset? ChangedAt);

internal sealed record History
{
    public List<WhyRows.Attempt> Attempts { get; init; } = [];
    public List<WhyRows.Mail> Mails { get; init; } = [];
    public List<WhyRows.Session> Sessions { get; init; } = [];
    public List<WhyRows.Throttle> Throttles { get; init; } = [];
    public List<WhyRows.Namesake> Namesakes { get; init; } = [];
    public WhyRows.Contact? Unlinked { get; init; }
    public List<WhyRows.RelayMail> Relay { get; init; } = [];
    public WhyRows.Held? Held { get; init; }
    public WhyRows.ResetLink? Reset { get; init; }
    public DateTimeOffset? RefusedAt { get; init; }
    public bool Waiting { get; init; }
}
