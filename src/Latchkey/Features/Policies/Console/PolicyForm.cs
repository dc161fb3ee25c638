using System.Globalization;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Policies.Console;

/// <summary>The fields of a policy as people read and write them: durations with a unit, limits as “so many at once, one more every …”.</summary>
public sealed class PolicyForm(IStringLocalizer<Texts> l)
{
    public IReadOnlyList<PolicyGroup> Groups { get; } =
    [
        new(l["Link"],
        [
            new("linkLifetime", PolicyFieldKind.Duration, l["A link works for"], l["From the moment its mail was handed to the mail server."]),
            new("requestLifetime", PolicyFieldKind.Duration, l["A request ends after"], l["Whatever happens: asking again adds no more than this."]),
            new("resendAfter", PolicyFieldKind.Duration, l["Pause before asking again"], null),
            new("otherBrowser", PolicyFieldKind.Choice, l["Opened in another browser"], null),
            new("bindIp", PolicyFieldKind.Switch, l["A link works only from the network that asked"], l["Phones that change networks meet a page that leads on."]),
        ]),
        new(l["Code"],
        [
            new("codeDigits", PolicyFieldKind.Count, l["Digits of the code in the mail"], l["0 for no code."]),
            new("codeLifetime", PolicyFieldKind.Duration, l["A code works for"], null),
            new("codeTries", PolicyFieldKind.Count, l["Tries for one request"], null),
            new("codeBySms", PolicyFieldKind.Switch, l["Also by SMS when a phone is on file"], null),
        ]),
        new(l["Staying signed in"],
        [
            new("sessionLifetime", PolicyFieldKind.Duration, l["Signed in for"], null),
            new("sessionSlides", PolicyFieldKind.Switch, l["Counted from the last use"], null),
            new("sessionHardLifetime", PolicyFieldKind.Duration, l["At the most"], l["Then they sign in again, whatever happens."]),
        ]),
        new(l["Other ways in"],
        [
            new("passkeys", PolicyFieldKind.Switch, l["Offer passkeys"], null),
            new("staffMayCopyLinks", PolicyFieldKind.Switch, l["Staff may copy a link"], l["It signs in as the customer, who is told."]),
            new("staffLinkLifetime", PolicyFieldKind.Duration, l["A copied link works for"], null),
            new("tellUnknown", PolicyFieldKind.Switch, l["Mail an unknown address that it has no account"], l["The page says the same to all either way."]),
        ]),
        new(l["Passwords"],
        [
            new("passwords", PolicyFieldKind.Switch, l["Passwords too"], l["Signing in by link stays possible."]),
            new("passwordLeastCharacters", PolicyFieldKind.Count, l["Fewest characters"], null),
            new("passwordTries", PolicyFieldKind.Count, l["Wrong passwords before a pause"], null),
            new("passwordLockout", PolicyFieldKind.Duration, l["Length of the pause"], l["Link, code and passkey go on working."]),
        ]),
        new(l["Limits"],
        [
            new("limits.address", PolicyFieldKind.Limit, l["Asking, for one address"], l["5/00:03:00 is five at once, and one more every three minutes."]),
            new("limits.addressDay", PolicyFieldKind.Limit, l["Asking, for one address over a day"], null),
            new("limits.browser", PolicyFieldKind.Limit, l["Asking, in one browser"], null),
            new("limits.ip", PolicyFieldKind.Limit, l["Asking, from one network"], null),
            new("limits.storefront", PolicyFieldKind.Limit, l["Asking, everybody together"], null),
            new("limits.code", PolicyFieldKind.Limit, l["Typing codes, for one address"], null),
            new("limits.codeStorefront", PolicyFieldKind.Limit, l["Typing codes, everybody together"], null),
            new("limits.staff", PolicyFieldKind.Limit, l["Copied links, for one account"], null),
        ]),
    ];

    /// <summary>Units of durations, longest first.</summary>
    public static IReadOnlyList<(string Name, TimeSpan Of)> Units { get; } = [("days", TimeSpan.FromDays(1)), ("hours", TimeSpan.FromHours(1)), ("minutes", TimeSpan.FromMinutes(1)), ("seconds", TimeSpan.FromSeconds(1))];

    public string Unit(string name) => name switch
    {
        "days" => l["days"],
        "hours" => l["hours"],
        "minutes" => l["minutes"],
        _ => l["seconds"],
    };

    public string Choice(OtherBrowser choice) => choice switch
    {
        OtherBrowser.Confirm => l["Ask with a button who is about to sign in"],
        OtherBrowser.Match => l["Ask for the number on the waiting page"],
        OtherBrowser.Refuse => l["Do not sign in there"],
    };

    /// <summary>A duration in its largest whole unit.</summary>
    public static (long Number, string Unit) Split(string value)
    {
        var time = TimeSpan.Parse(value, CultureInfo.InvariantCulture);
        var unit = Units.First(u => time.Ticks % u.Of.Ticks == 0 || u.Name == "seconds");
        return (time.Ticks / unit.Of.Ticks, unit.Name);
    }

    /// <summary>What was typed, as <see cref="PolicyFields.With"/> takes it. What cannot be read is left for it to refuse.</summary>
    public IEnumerable<(string Field, string Value)> Read(IFormCollection form)
    {
        foreach (var field in Groups.SelectMany(g => g.Fields))
        {
            string typed = form[field.Name].ToString().Trim();
            yield return (field.Name, field.Kind switch
            {
                PolicyFieldKind.Switch => typed == "true" ? "true" : "false",
                PolicyFieldKind.Duration when Units.FirstOrDefault(u => u.Name == form[$"{field.Name}-unit"]) is { Name: not null } unit
                    && int.TryParse(typed, CultureInfo.InvariantCulture, out int number) && number is >= 0 and <= 100_000 => (number * unit.Of).ToString("c", CultureInfo.InvariantCulture),
                _ => typed,
            });
        }
    }

    public string Problem(PolicyProblem problem) => problem.Kind switch
    {
        PolicyProblemKind.OutOfBounds => l["It must be between {0} and {1}.", Words(problem.Least), Words(problem.Most)],
        PolicyProblemKind.NoSuchChoice => l["Choose what happens in another browser."],
        PolicyProblemKind.CodeDigits => l["A code has {0} to {1} digits, or 0 for no code.", problem.Least, problem.Most],
        PolicyProblemKind.CodeTries => l["So many tries at so few digits are too easily guessed: at most {0}.", problem.Most],
        PolicyProblemKind.SmsWithoutCode => l["An SMS carries the code: give it {0} to {1} digits, or switch SMS off.", problem.Least, problem.Most],
    };

    public string Deviation(PolicyDeviation deviation) => deviation.Kind switch
    {
        PolicyDeviationKind.LinkLifetime => l["A link works for {0} minutes; the rule is 10.", deviation.Value],
        PolicyDeviationKind.CodeDigits => l["A code has {0} digits; the rule is 6.", deviation.Value],
        PolicyDeviationKind.SessionLifetime => l["Customers stay signed in for up to {0} days; the rule is 30.", deviation.Value],
        PolicyDeviationKind.CodeBySms => l["Codes go by SMS, which others can get hold of more easily; mail is the alternative."],
        PolicyDeviationKind.PasswordLength => l["A password that stands alone has {0} characters or more; the rule is 15.", deviation.Value],
        PolicyDeviationKind.StaffLinks => l["Staff may copy a link that signs in as the customer; each is recorded, and the customer is told."],
    };

    private string Words(object bound) => bound is TimeSpan time && Split(time.ToString("c", CultureInfo.InvariantCulture)) is var (number, unit)
        ? $"{number} {Unit(unit)}" : $"{bound}";
}

public sealed record PolicyGroup(string Title, IReadOnlyList<PolicyFieldRow> Fields);

public sealed record PolicyFieldRow(string Name, PolicyFieldKind Kind, string Label, string? Hint);

public enum PolicyFieldKind
{
    Duration,
    Count,
    Switch,
    Choice,
    Limit,
}
