using System.Globalization;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn.Diagnosis;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Why.Console;

/// <summary>Why can't they sign in? By an address, a number, a name, a help code or a record: the cause, the button, and what to say.</summary>
public sealed class WhyPageModel(
    StorefrontDirectory storefronts, ProbableStorefront probableStorefront, ReadQuestion readQuestion, DiagnoseCustomer diagnose, ApplyFix applyFix, JudgeVerdict judge,
    PublicAddress addresses, IStringLocalizer<Texts> l) : PageModel
{
    public IReadOnlyList<Storefront> Storefronts { get; private set; } = [];
    public Storefront? Storefront { get; private set; }
    public string Typed { get; private set; } = "";
    public Diagnosed? Diagnosed { get; private set; }
    public IReadOnlyList<NearMiss> Choices { get; private set; } = [];
    /// <summary>Before anybody is asked about: how far the verdicts of the last days could be trusted.</summary>
    public IReadOnlyList<JudgedCause> LastWeek { get; private set; } = [];
    /// <summary>What the team acted on, once its button was pressed and the verdict may have changed; else the verdict.</summary>
    public Cause Judged => Was ?? Diagnosed!.Verdict.Cause;
    public string? Problem { get; private set; }
    public string? NewAddress { get; private set; }

    public string? Notice => Request.Query["done"].ToString() switch
    {
        nameof(FixOutcome.Sent) => FixTexts.Of(l, new FixAnswer(FixOutcome.Sent)),
        nameof(FixOutcome.Done) => FixTexts.Of(l, new FixAnswer(FixOutcome.Done)),
        "judged" => l["Thank you. It is noted."].Value,
        _ => null,
    };

    /// <summary>This page about the same customer.</summary>
    public string Here(string? handler = null) => QueryHelpers(handler, Diagnosed?.Question.Storefront ?? Storefront, Typed, Diagnosed?.Question.ContactId, Was);

    /// <summary>In the customer's language, whatever the staff's.</summary>
    public string Words(Say say) => SayTexts.In(Diagnosed!.Record.Locale, l, say, addresses.PortalOf(Diagnosed.Question.Storefront));

    public FixForm Fix(Finding finding, int number) => FixForm.Of(Diagnosed!, finding, HttpContext.Staff(), number) with { NewAddress = NewAddress };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await AskAsync(Request.Query["address"], Request.Query["storefront"], Request.Query["contact"], cancel);
        if (Diagnosed is null && Typed.Length == 0) LastWeek = await judge.LastWeekAsync(HttpContext.Staff().OrganizationId, cancel);
        return Page();
    }

    /// <summary>The part that changes while the customer tries again.</summary>
    public async Task<IActionResult> OnGetLiveAsync(CancellationToken cancel)
    {
        await AskAsync(Request.Query["address"], Request.Query["storefront"], Request.Query["contact"], cancel);
        if (Diagnosed is { Verdict.Cause: Cause.NothingWrong }) Response.Headers["Latchkey-Live"] = "over";
        return Diagnosed is null ? NotFound() : Partial("/Features/Why/Console/_Diagnosis.cshtml", this);
    }

    public async Task<IActionResult> OnPostFixAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        await AskAsync(form["address"], form["storefront"], form["contact"], cancel);
        if (Diagnosed is null || !Enum.TryParse<Fix>(form["fix"], out var fix)) return NotFound();
        if (Diagnosed.Findings.FirstOrDefault(f => f.Fix == fix) is { } finding && !FixForm.May(HttpContext.Staff(), finding)) return StatusCode(StatusCodes.Status403Forbidden);
        NewAddress = form["new"];
        var answer = await applyFix.RunAsync(Diagnosed.Question, fix, NewAddress, HttpContext.Staff().Name, cancel);
        if (answer.Outcome is FixOutcome.Sent or FixOutcome.Done) return Redirect($"{Here()}&was={Diagnosed.Verdict.Cause}&done={answer.Outcome}");
        Problem = FixTexts.Of(l, answer);
        Response.StatusCode = answer.Outcome == FixOutcome.Limited ? StatusCodes.Status429TooManyRequests : StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Whoever takes the call may say it.</summary>
    [Needs(Permission.See)]
    public async Task<IActionResult> OnPostJudgeAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        await AskAsync(form["address"], form["storefront"], form["contact"], cancel);
        if (Diagnosed is null || !Enum.TryParse<Cause>(form["cause"], out var cause) || !Enum.IsDefined(cause)) return NotFound();
        await judge.RunAsync(Diagnosed.Question, cause, form["right"] == "yes", form["actual"], HttpContext.Staff().Name, cancel);
        return Redirect($"{Here()}&done=judged");
    }

    private Cause? Was => Enum.TryParse<Cause>(Request.Query["was"], out var was) && Enum.IsDefined(was) ? was : null;

    private async Task AskAsync(string? address, string? slug, string? contact, CancellationToken cancel)
    {
        Typed = address?.Trim() ?? "";
        var organization = HttpContext.Staff().OrganizationId;
        Storefronts = await storefronts.OfOrganizationAsync(organization, cancel);
        var probable = slug is { Length: > 0 } ? null : await probableStorefront.FindAsync(organization, Typed, cancel);
        Storefront = Storefronts.FirstOrDefault(s => s.Slug == slug || $"{s.Id}" == slug) ?? Storefronts.FirstOrDefault(s => s.Id == probable) ?? (Storefronts.Count > 0 ? Storefronts[0] : null);
        if (Storefront is null) return;
        var question = Guid.TryParse(contact, CultureInfo.InvariantCulture, out var contactId) ? await readQuestion.ForContactAsync(Storefront, contactId, Typed.Length > 0 ? Typed : null, cancel) : null;
        if (question is null) (question, Choices) = await readQuestion.RunAsync(Storefront, Typed, cancel);
        if (question is not null) Diagnosed = await diagnose.RunAsync(question, cancel);
    }

    private static string QueryHelpers(string? handler, Storefront? storefront, string typed, Guid? contact, Cause? was)
    {
        string query = $"address={Uri.EscapeDataString(typed)}&storefront={storefront?.Slug}";
        if (contact is { } id) query += $"&contact={id}";
        if (was is { } cause) query += $"&was={cause}";
        return handler is null ? $"/console/why?{query}" : $"/console/why?handler={handler}&{query}";
    }
}
