using System.Globalization;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Approvals.Console;

/// <summary>The words of approvals, for all pages that show them.</summary>
public sealed class ApprovalWords(IStringLocalizer<Texts> l)
{
    public string Kind(ApprovalKind kind) => kind switch
    {
        ApprovalKind.Merge => l["Merge accounts"],
        ApprovalKind.Reset => l["Reset account"],
        ApprovalKind.Link => l["Link a contact"],
        ApprovalKind.Unlink => l["Unlink a contact"],
        ApprovalKind.TakeOver => l["Take over an address"],
    };

    public string What(ApprovalKind kind) => kind switch
    {
        ApprovalKind.Merge => l["One customer has two accounts: what is in the first goes to the second. It can be undone for 30 days."],
        ApprovalKind.Reset => l["Password, passkeys, phone number and sessions go. The customer starts anew with a link."],
        ApprovalKind.Link => l["The account shows what a contact rents and pays."],
        ApprovalKind.Unlink => l["The account no longer shows a contact."],
        ApprovalKind.TakeOver => l["The account gets the address of another account, which is closed. Both mailboxes have 24 hours to object."],
    };

    public string First(ApprovalKind kind) => kind == ApprovalKind.Merge ? l["Account that ends"] : l["Account"];

    public string? Second(ApprovalKind kind) => kind switch
    {
        ApprovalKind.Merge => l["Account that stays"].Value,
        ApprovalKind.TakeOver => l["Account that has the address"].Value,
        ApprovalKind.Link or ApprovalKind.Unlink => l["Contact"].Value,
        ApprovalKind.Reset => null,
    };

    /// <summary>A chip's word, colour and picture.</summary>
    public (string Word, string Colour, string Icon) State(ApprovalState state) => state switch
    {
        ApprovalState.Requested => (l["Waiting for approval"], "info", "clock"),
        ApprovalState.Approved => (l["Approved, waiting 24 hours"], "warning", "clock"),
        ApprovalState.Rejected => (l["Rejected"], "danger", "alert"),
        ApprovalState.Done => (l["Done"], "success", "check"),
        ApprovalState.Expired => (l["Expired"], "neutral", "none"),
    };

    public string Obstacle(Obstacle obstacle) => obstacle switch
    {
        Approvals.Obstacle.Same => l["Both are the same account. Choose another one."],
        Approvals.Obstacle.OtherStorefront => l["They belong to two storefronts. Nothing moves from one storefront to another."],
        Approvals.Obstacle.NotProven => l["Nobody has signed in to one of the accounts, or it is disabled. Let the customer sign in to it first: that proves the mailbox is theirs."],
        Approvals.Obstacle.Closed => l["One of the accounts was merged or disabled already."],
        Approvals.Obstacle.Linked => l["The account shows this contact already."],
        Approvals.Obstacle.NotLinked => l["The account does not show this contact."],
    };

    public string Outcome(Decided decided) => decided.Outcome switch
    {
        Approvals.Outcome.Over => l["It was decided already, or its time is over."],
        Approvals.Outcome.NotYours => l["Your role does not allow this."],
        Approvals.Outcome.Own => l["Whoever asks does not approve. Another person of Support must look at it."],
        Approvals.Outcome.AskerLeft => l["Whoever asked for this may no longer do so. Reject it, and let somebody else ask."],
        Approvals.Outcome.TooEarly => l["The 24 hours are not over yet."],
        Approvals.Outcome.Changed => l["Something has changed since: {0}. Nothing was done.", Fields(decided.Changed)],
        Approvals.Outcome.Impossible => Obstacle(decided.Obstacle!.Value),
        Approvals.Outcome.TooLate => l["A merge can be undone for 30 days. They are over."],
        Approvals.Outcome.Unknown => l["There is no such approval."],
        Approvals.Outcome.Done or Approvals.Outcome.Waits or Approvals.Outcome.Rejected => "",
    };

    /// <summary>The names of facts that changed.</summary>
    public string Fields(IEnumerable<string> facts)
    {
        var names = facts.Select(f => f.Split('.')[1] switch
        {
            "email" => l["Address"].Value.ToLower(CultureInfo.CurrentCulture),
            "state" => l["state of the account"].Value,
            "name" => l["Name"].Value.ToLower(CultureInfo.CurrentCulture),
            "phone" => l["phone number"].Value,
            "passkeys" => l["Passkeys"].Value.ToLower(CultureInfo.CurrentCulture),
            "password" => l["Password"].Value.ToLower(CultureInfo.CurrentCulture),
            "contacts" => l["linked contacts"].Value,
            _ => l["earlier merges"].Value,
        }).Distinct(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? l["a record is gone or not as it was"] : string.Join(", ", names);
    }

    public string AccountState(string state) => state switch
    {
        "proven" => l["Active"],
        "unproven" => l["Never signed in"],
        "disabled" => l["Disabled"],
        _ => l["Merged"],
    };

    /// <summary>What follows from it, each in a sentence.</summary>
    public IReadOnlyList<string> Consequences(ApprovalKind kind, Subjects of) => kind switch
    {
        ApprovalKind.Merge =>
        [
            l["Sign-in links for {0} go to {1} from then on.", of.Account.Email, of.Other!.Email],
            l["Password and passkeys ({0}) of {1} no longer sign in. An undo brings them back.", of.Account.Passkeys, of.Account.Email],
            l["Both are signed out everywhere (sessions: {0}). Links and codes that are on their way end too.", of.Account.Sessions + of.Other.Sessions],
            l["Name, phone number and language of {0} stay as they are.", of.Other.Email],
            l["Both mailboxes are told."],
        ],
        ApprovalKind.Reset =>
        [
            l["Password, phone number and passkeys ({0}) are deleted.", of.Account.Passkeys],
            l["The customer is signed out everywhere (sessions: {0}). Links and codes that are on their way end too.", of.Account.Sessions],
            l["Address, contacts, subscriptions and invoices stay. This cannot be undone."],
            l["The mailbox is told."],
        ],
        ApprovalKind.Link =>
        [
            of.Contact!.Email == of.Account.Email ? l["Account and contact have the same address."].Value
                : l["Account and contact have different addresses: make sure that they are the same person."].Value,
            l["Whoever signs in as {0} sees the subscriptions and invoices of {1} at once.", of.Account.Email, of.Contact.FullName],
            l["Both mailboxes are told."],
        ],
        ApprovalKind.Unlink =>
        [
            l["Whoever signs in as {0} no longer sees {1}, at once.", of.Account.Email, of.Contact!.FullName],
            l["Both mailboxes are told."],
        ],
        ApprovalKind.TakeOver =>
        [
            l["After the approval both mailboxes are told, and have 24 hours to object. Then somebody of Support carries it out."],
            l["{0} becomes the address of the account that has {1} now. Who reads {0} signs in to it.", of.Other!.Email, of.Account.Email],
            l["The account that has {0} now is closed and has no address. What it shows stays with it.", of.Other.Email],
            l["Both are signed out everywhere (sessions: {0}). Links and codes that are on their way end too.", of.Account.Sessions + of.Other.Sessions],
        ],
    };

    /// <summary>Both sides, field by field. Of a contact there is less to say.</summary>
    public IReadOnlyList<(string Label, string First, string Second)> Rows(ApprovalKind kind, Subjects of)
    {
        var a = of.Account;
        var rows = new List<(string, string, string)>();
        Add(l["Email"], a.Email, of.Other?.Email ?? of.Contact?.Email);
        Add(l["Name"], a.FullName ?? a.Contacts.Select(c => c.FullName).FirstOrDefault(), of.Other is { } o ? o.FullName ?? o.Contacts.Select(c => c.FullName).FirstOrDefault() : of.Contact?.FullName);
        Add(l["Phone"], a.Phone, of.Other?.Phone ?? of.Contact?.Phone);
        if (kind is ApprovalKind.Link or ApprovalKind.Unlink) return rows;
        Add(l["State"], AccountState(a.State), of.Other is null ? null : AccountState(of.Other.State));
        Add(l["Since"], Day(a.CreatedAt), Day(of.Other?.CreatedAt));
        Add(l["Last sign-in"], Day(a.LastSignedInAt) ?? l["Never"].Value, of.Other is null ? null : Day(of.Other.LastSignedInAt) ?? l["Never"].Value);
        Add(l["Contacts"], Count(a.Contacts.Count), Count(of.Other?.Contacts.Count));
        Add(l["Active subscriptions"], Count(a.Subscriptions), Count(of.Other?.Subscriptions));
        Add(l["Passkeys"], Count(a.Passkeys), Count(of.Other?.Passkeys));
        Add(l["Password"], YesNo(a.PasswordSetAt is not null), of.Other is null ? null : YesNo(of.Other.PasswordSetAt is not null));
        return rows;

        string YesNo(bool holds) => holds ? l["Yes"] : l["No"];

        void Add(string label, string? first, string? second) => rows.Add((label, first ?? "–", second ?? "–"));
    }

    private static string? Day(DateTimeOffset? at) => at is { } moment ? Dates.Day(DateOnly.FromDateTime(moment.UtcDateTime)) : null;

    private static string? Count(long? count) => count?.ToString(CultureInfo.CurrentCulture);
}
