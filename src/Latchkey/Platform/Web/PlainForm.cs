using Microsoft.Net.Http.Headers;

namespace Latchkey.Platform.Web;

/// <summary>The forms of pages: what a browser sends without files. Whatever else is posted reads as an empty form.</summary>
public static class PlainForm
{
    public static async Task<IFormCollection> ReadPlainFormAsync(this HttpRequest request, CancellationToken cancel) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            ? await request.ReadFormAsync(cancel)
            : FormCollection.Empty;
}
