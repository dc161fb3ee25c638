namespace Latchkey.SignIn.Tests.Rig;

/// <summary>What happens to accounts: their state, their address, their password, what was typed on their pages.</summary>
public sealed partial class Shop
{
    public Task<bool> DisableAsync(Guid account) => town.WriteAsync(t => accounts.DisableAsync(t, Key, account));
    public Task<bool> EnableAsync(Guid account) => town.WriteAsync(t => Accounts.EnableAsync(t, Key, account));
    public Task<bool> ResetAsync(Guid account) => town.WriteAsync(t => accounts.ResetAsync(t, Key, account));
    public Task<bool> MergeAsync(Guid from, Guid into) => town.WriteAsync(t => accounts.MergeAsync(t, Key, from, into));

    /// <summary>Asks for another address; the link as the mail to it carries it, or null when a limit was reached.</summary>
    public async Task<LinkToken?> ChangeAsync(Guid account, string address)
    {
        var asked = await town.WriteAsync(t => emailChanges.AskAsync(t, Key, Policy.Limits, account, EmailAddress.Of(address)));
        return asked.Link is { } link ? oneTimeLinks.Token(OneTimePurpose.ChangeEmail, link.Id) : null;
    }

    public async Task<EmailConfirmed> ConfirmAsync(LinkToken link, StartedSession session)
    {
        var live = (await FindAsync(session.Token)).ShouldNotBeNull();
        return await town.WriteAsync(t => emailChanges.ConfirmAsync(t, Key, link, live));
    }

    public Task<OneTimeLink?> PendingAsync(Guid account) => town.ReadAsync(c => emailChanges.PendingAsync(c, Key, account));
    public Task<EmailChange?> UndoAsync(LinkToken link) => town.WriteAsync(t => emailChanges.UndoAsync(t, Key, link));
    public LinkToken UndoLink(EmailChange change) => oneTimeLinks.Token(OneTimePurpose.UndoEmail, change.Undo!.Id);

    public Task<string?> EmailAsync(Guid account) =>
        town.ValueAsync<string>("select email from account where organization_id = @OrganizationId and id = @account", new { Key.OrganizationId, account });

    public Task<string?> StateAsync(Guid account) =>
        town.ValueAsync<string>("select state from account where organization_id = @OrganizationId and id = @account", new { Key.OrganizationId, account });

    public string Mark(BrowserSecret browser, Guid account) => drafts.Mark(browser, account);

    public Task<bool> KeepAsync(BrowserSecret browser, string page, string mark, string content) =>
        town.WriteAsync(t => drafts.KeepAsync(t, Key, browser, page, mark, content));

    public Task<FormDraft?> DraftAsync(BrowserSecret browser, string page, Guid account) => town.ReadAsync(c => drafts.FindAsync(c, Key, browser, page, account));

    public async Task<Guid> AccountWithPasswordAsync(string email)
    {
        var id = await AccountAsync(email);
        await SetPasswordAsync(id, "hash");
        return id;
    }

    public Task<AccountMailbox?> SetPasswordAsync(Guid account, string hash) => town.WriteAsync(t => passwords.SetAsync(t, Key, account, hash));

    /// <summary>A password is typed: counted and committed; it is not compared here.</summary>
    public Task<PasswordTry> CountPasswordAsync(string email, string ip = "192.0.2.7") =>
        town.WriteAsync(t => passwords.CountAsync(t, Key, Policy, EmailAddress.Of(email), ip));

    public Task<bool> RightPasswordAsync(Guid account, string compared) => town.WriteAsync(t => AccountPasswords.RightAsync(t, Key, account, compared, compared));
}
