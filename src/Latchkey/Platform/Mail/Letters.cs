using System.Globalization;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Platform.Mail;

/// <summary>Makes mails of letters, in the current language.</summary>
public sealed class Letters(IStringLocalizer<Texts> l, IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <param name="letter">What it says.</param>
    /// <param name="secrets">What of it must not be stored: link tokens and codes.</param>
    public async Task<RenderedMail> RenderAsync(Letter letter, params IReadOnlyList<string> secrets) => new()
    {
        Subject = letter.Subject,
        Text = letter.ToText(l),
        Html = await HtmlAsync(letter, CultureInfo.CurrentUICulture.Name),
        Secrets = secrets,
    };

    private async Task<string> HtmlAsync(Letter letter, string language)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(LetterPage.Letter)] = letter,
                [nameof(LetterPage.Language)] = language,
            });
            return "<!doctype html>\n" + (await renderer.RenderComponentAsync<LetterPage>(parameters)).ToHtmlString();
        });
    }
}
