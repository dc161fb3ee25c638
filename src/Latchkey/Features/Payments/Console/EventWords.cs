using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Console;

/// <summary>Why an event was left, in the language of the page. It is stored in English.</summary>
internal static class EventWords
{
    public static string Reason(IStringLocalizer<Texts> l, string reason) => reason switch
    {
        "It is about nothing that is kept here." => l["It is about nothing that is kept here."],
        "Amount, currency or customer differ from what was asked for. Nothing was marked paid." => l["Amount, currency or customer differ from what was asked for. Nothing was marked paid."],
        "It names nothing that is known here." => l["It names nothing that is known here."],
        "It names nothing that is known here yet." => l["It names nothing that is known here yet."],
        "The provider could not be asked." => l["The provider could not be asked."],
        "The provider could not be asked for too long." => l["The provider could not be asked for too long."],
        "It cannot be read with this installation's key." => l["It cannot be read with this installation's key."],
        _ => l["It could not be worked off. The log says why."],
    };
}
