using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Weather;

/// <summary>The weather in words, for staff.</summary>
public static class WeatherTexts
{
    public static string Of(IStringLocalizer<Texts> l, Noticed weather) => weather.Kind switch
    {
        WeatherKind.RelayDown => l["The mail server takes no mail."],
        WeatherKind.RelaySlow => l["Mails leave late."],
        WeatherKind.DomainFailing => l["Mails to {0} are refused.", weather.Domain],
        WeatherKind.DomainSlow => l["Mails to {0} are put off.", weather.Domain],
        WeatherKind.WebhookSilent => l["The mail provider has stopped reporting what becomes of mails."],
    };

    public static string Waiting(IStringLocalizer<Texts> l, long customers) => customers switch
    {
        0 => l["No customer waits."],
        1 => l["One customer waits."],
        _ => l["{0} customers wait.", customers],
    };

    /// <summary>What to do, or what happens by itself.</summary>
    public static string Advice(IStringLocalizer<Texts> l, WeatherKind kind) => kind switch
    {
        WeatherKind.RelayDown => l["Nothing is lost: the mails leave by themselves when the server takes them. Ask whoever runs it."],
        WeatherKind.RelaySlow => l["The mails leave by themselves. If it goes on, ask whoever runs the mail server."],
        WeatherKind.DomainFailing => l["The answer says why. Often it is the sender’s reputation: check the sender’s records under Settings."],
        WeatherKind.DomainSlow => l["The mails are tried again by themselves. Many domains put off what comes in large numbers."],
        WeatherKind.WebhookSilent => l["Mails go on being sent. Check the address of the webhook in the provider’s console."],
    };

    public static string Of(IStringLocalizer<Texts> l, WaitOutcome? outcome) => outcome is not { } settled ? l["waits"] : settled switch
    {
        WaitOutcome.In => l["got in"],
        WaitOutcome.Mailed => l["the mail left after all"],
        WaitOutcome.Told => l["a fresh mail was sent"],
        WaitOutcome.Limited => l["too many mails for one more"],
        WaitOutcome.Closed => l["the account was closed"],
    };
}
