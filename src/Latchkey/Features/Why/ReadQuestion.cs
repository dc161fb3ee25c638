using Dapper;
using Latchkey.Features.Errors;
using Latchkey.Features.SignIn.Attempts;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why;

/// <summary>Understands what staff were told: an address, a number, a name, a help code, or the address of the page the customer is on.</summary>
public sealed class ReadQuestion(Database database, FindByHelpCode findByHelpCode, SignInRequests requests, NearMisses nearMisses, StorefrontDirectory storefronts)
{
    private const int MostTyped = 300;

    /// <param name="storefront">Where to look; a help code may lead to another storefront of the organization.</param>
    /// <param name="typed">What was typed; it may be anything.</param>
    /// <param name="cancel">Cancels the reading.</param>
    public async Task<ReadAnswer> RunAsync(Storefront storefront, string? typed, CancellationToken cancel)
    {
        string text = typed?.Trim() ?? "";
        if (text.Length is 0 or > MostTyped || text.Any(char.IsControl)) return new ReadAnswer(null, []);
        if (SignInName.TryRead(text, phones: true, storefront.CallingCode, out var name)) return new ReadAnswer(new Question(storefront, name, null, text), []);
        if (await ByHelpCodeAsync(storefront, text, cancel) is { } attempt) return new ReadAnswer(attempt, []);
        if (Host(text) is { } host) return new ReadAnswer(await ByHostAsync(storefront, host, text, cancel), []);
        var found = await nearMisses.ByNameAsync(storefront.OrganizationId, text, cancel);
        return found is [{ ContactId: { } only } one] && one.StorefrontId == storefront.Id
            ? new ReadAnswer(await ForContactAsync(storefront, only, text, cancel), []) : new ReadAnswer(null, found);
    }

    /// <summary>About a record; null when the storefront has none such.</summary>
    public async Task<Question?> ForContactAsync(Storefront storefront, Guid contactId, string? typed, CancellationToken cancel)
    {
        var of = new { storefront.OrganizationId, storefrontId = storefront.Id, contactId };
        var row = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<QuestionSql.ContactRow>(new CommandDefinition(QuestionSql.Contact, of, cancellationToken: cancel)), cancel);
        if (row is null) return null;
        SignInName.TryRead(row.Email, phones: false, null, out var name);
        return new Question(storefront, name, contactId, typed ?? row.Email ?? row.FullName);
    }

    private async Task<Question?> ByHelpCodeAsync(Storefront storefront, string text, CancellationToken cancel)
    {
        if (await findByHelpCode.RunAsync(storefront.OrganizationId, text, cancel) is not [var found, ..]) return null;
        var there = found.StorefrontId is { } id && await storefronts.ByKeyAsync(new StorefrontKey(storefront.OrganizationId, id), cancel) is { } other ? other : storefront;
        return found.Kind switch
        {
            FoundKind.Request => (await ByRequestAsync(there, found.Id, text, cancel)) with { HasLink = found.HasLink },
            FoundKind.Session => (await ByRowAsync(QuestionSql.EmailOfSession, there, found.Id, text, cancel)) with { SessionId = found.Id },
            FoundKind.OneTimeLink => await ByRowAsync(QuestionSql.EmailOfLink, there, found.Id, text, cancel),
            FoundKind.Mail => await ByRowAsync(QuestionSql.EmailOfMail, there, found.Id, text, cancel),
            FoundKind.Activity => await ByActivityAsync(there, found.Id, text, cancel),
        };
    }

    private async Task<Question> ByRequestAsync(Storefront storefront, Guid requestId, string text, CancellationToken cancel) =>
        new(storefront, await database.ReadAsync(c => requests.NameAsync(c, storefront.OrganizationId, requestId, cancel), cancel), null, text) { RequestId = requestId };

    private async Task<Question> ByRowAsync(string sql, Storefront storefront, Guid id, string text, CancellationToken cancel)
    {
        string? email = await database.ReadAsync(c => c.ExecuteScalarAsync<string?>(new CommandDefinition(sql, new { storefront.OrganizationId, id }, cancellationToken: cancel)), cancel);
        return new Question(storefront, email is null ? null : SignInName.Of(email), null, text);
    }

    private async Task<Question> ByActivityAsync(Storefront storefront, Guid id, string text, CancellationToken cancel)
    {
        var row = await database.ReadAsync(c => c.QuerySingleAsync<QuestionSql.ActivityRow>(
            new CommandDefinition(QuestionSql.Activity, new { storefront.OrganizationId, id }, cancellationToken: cancel)), cancel);
        if (row is { Event: Failures.Limited or Failures.PasswordsLimited, Detail: { } hash })
        {
            var request = await database.ReadAsync(c => c.ExecuteScalarAsync<Guid?>(
                new CommandDefinition(QuestionSql.RequestOfName, new { storefront.OrganizationId, storefrontId = storefront.Id, hash }, cancellationToken: cancel)), cancel);
            if (request is { } asked) return await ByRequestAsync(storefront, asked, text, cancel);
        }
        Cause? cause = row.Event switch
        {
            Failures.CookiesOff => Cause.CookiesOff,
            Failures.LinkDamaged or Failures.NotConfirmed or Failures.NotReset or Failures.AddressNotConfirmed or Failures.ChangeNotUndone => Cause.LinkDamaged,
            Failures.PasswordsLimited => Cause.PasswordLocked,
            _ => null,
        };
        return new Question(storefront, null, null, text) { Page = new PageFacts(row.At, cause) };
    }

    private async Task<Question> ByHostAsync(Storefront storefront, Uri address, string text, CancellationToken cancel)
    {
        string[] parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var found = parts is ["s", var slug, ..] ? await storefronts.BySlugAsync(slug, cancel) : await storefronts.ByHostAsync(address.Host, cancel);
        bool isOwn = found?.OrganizationId == storefront.OrganizationId;
        return new Question(isOwn ? found! : storefront, null, null, text) { UnknownHost = isOwn ? null : address.Host };
    }

    /// <summary>What has a dot and no blank is the address of a page.</summary>
    private static Uri? Host(string text) =>
        !text.Contains(' ', StringComparison.Ordinal) && text.Contains('.', StringComparison.Ordinal)
        && Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", UriKind.Absolute, out var uri) && uri.Host.Contains('.', StringComparison.Ordinal) ? uri : null;
}

/// <param name="Question">What was understood; null when it was nothing, or several people.</param>
/// <param name="Choices">The people it may be.</param>
public sealed record ReadAnswer(Question? Question, IReadOnlyList<NearMiss> Choices);
