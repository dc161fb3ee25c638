using Microsoft.AspNetCore.Http.Features;

namespace Latchkey.Platform.Web;

/// <summary>Forms with a file in them. What is large waits on the disk, not in the memory, and is gone with the request.</summary>
public static class UploadForm
{
    /// <summary>A page that calls this has a handler without parameters (binding them would read the form first) and says by <c>RequestSizeLimit</c> how much it takes.</summary>
    /// <returns>Null when there is more than that; an empty form when it is none.</returns>
    public static async Task<IFormCollection?> ReadUploadAsync(this HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasFormContentType) return FormCollection.Empty;
        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions { MultipartBodyLengthLimit = long.MaxValue }));
        try
        {
            return await request.ReadFormAsync(cancel);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }
}
