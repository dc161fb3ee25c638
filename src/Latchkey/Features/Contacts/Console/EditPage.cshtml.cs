using System.Globalization;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Contacts.Console;

/// <summary>The details of one customer. Nothing typed is lost: not to a mistake, and not to somebody else's change.</summary>
[Needs(Permission.Act)]
public sealed class EditPageModel(FindContact findContact, EditContact editContact, SendPortalLink sendPortalLink, IStringLocalizer<Texts> l) : PageModel
{
    private Dictionary<string, string> problems = [];

    public ContactRecord Record { get; private set; } = null!;
    public IReadOnlyList<HomeFacility> Facilities { get; private set; } = [];
    public ContactForm Form { get; private set; } = null!;
    /// <summary>What the record says now.</summary>
    public ContactForm Now { get; private set; } = null!;
    /// <summary>Whether a sign-in link goes to the corrected address at once: whoever came from a mail that failed wants that.</summary>
    public bool SendsAfter { get; private set; }
    /// <summary>Whether somebody else saved the record while this form was open.</summary>
    public bool IsChangedMeanwhile { get; private set; }

    public IReadOnlyDictionary<string, string> Problems => problems;
    public string Address => $"/console/contacts/{Record.Contact.Id}";
    public string Version => Record.Contact.UpdatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where what was typed and what is on record differ, in words.</summary>
    public IEnumerable<(string Field, string OnRecord, string Typed)> Differences => new (string, string, string)[]
    {
        (l["Full name"], Now.Name, Form.Name), (l["Email"], Now.Email, Form.Email), (l["Phone"], Now.Phone, Form.Phone),
        (l["Language"], Now.Language, Form.Language), (l["Facility"], NameOf(Now.Facility), NameOf(Form.Facility)),
    }.Where(d => d.Item2 != d.Item3);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        (Form, SendsAfter) = (Now, Request.Query["then"] == "send");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        var form = await Request.ReadPlainFormAsync(cancel);
        SendsAfter = form["then"] == "send";
        var was = new ContactForm { Name = form["was-name"].ToString(), Email = form["was-email"].ToString(), Phone = form["was-phone"].ToString(), Language = form["was-language"].ToString(), Facility = form["was-facility"].ToString() };
        Form = new() { Name = form["name"].ToString(), Email = form["email"].ToString(), Phone = form["phone"].ToString(), Language = form["language"].ToString(), Facility = form["facility"].ToString() };
        if (form["version"] != Version) return Meanwhile(was);
        (var edit, problems) = Form.Read(l, Record.Storefront, Record.Contact, Facilities);
        if (problems.Count > 0) return Refuse(StatusCodes.Status400BadRequest);
        var saving = await editContact.RunAsync(Record.Storefront, id, Record.Contact.UpdatedAt, edit, HttpContext.Staff().Name, cancel);
        switch (saving)
        {
            case ContactSaving.Saved:
                return Redirect(await SentAsync(cancel) ?? $"{Address}?done=saved");
            case ContactSaving.SavedWithAccount:
                return Redirect(await SentAsync(cancel) ?? $"{Address}?done=saved-account");
            case ContactSaving.NoContact:
                return NotFound();
            case ContactSaving.ChangedMeanwhile:
                return await FindAsync(id, cancel) ? Meanwhile(was) : NotFound();
            case ContactSaving.AddressTaken:
                problems["email"] = l["Another customer's account has this address. Ask Support to take it over: a second person has to agree, so that nobody gets what is another's."];
                return Refuse(StatusCodes.Status409Conflict);
            case ContactSaving.AddressNeeded:
                problems["email"] = l["The customer signs in by this address. Type the new one, or disable the account instead."];
                return Refuse(StatusCodes.Status409Conflict);
            default:
                throw new InvalidOperationException($"Unknown outcome {saving}.");
        }
    }

    /// <returns>Where to see what becomes of the link; null when none was wanted, or none could be sent: the record says why.</returns>
    private async Task<string?> SentAsync(CancellationToken cancel)
    {
        if (!SendsAfter) return null;
        var answer = await sendPortalLink.RunAsync(Record.Storefront, Record.Contact.Id, HttpContext.Staff().Name, cancel);
        return answer.Outcome == PortalLinkOutcome.Sent ? $"{Address}?done=saved&sent={answer.RequestId}#account" : null;
    }

    private PageResult Meanwhile(ContactForm was)
    {
        (IsChangedMeanwhile, Form) = (true, Form.On(was, Now));
        return Refuse(StatusCodes.Status409Conflict);
    }

    private PageResult Refuse(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        if (await findContact.RunAsync(HttpContext.Staff().OrganizationId, id, cancel) is not { } record) return false;
        (Record, Now) = (record, ContactForm.Of(record.Contact));
        Facilities = await findContact.FacilitiesAsync(record.Storefront, cancel);
        return true;
    }

    private string NameOf(string facility) => Facilities.FirstOrDefault(f => f.Id.ToString() == facility)?.Name ?? "";
}
