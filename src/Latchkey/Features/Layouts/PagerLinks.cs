namespace Latchkey.Features.Layouts;

/// <summary>Where a list goes on.</summary>
/// <param name="First">The first page; null when this is it.</param>
/// <param name="Next">The page after this; null when there is none.</param>
public sealed record PagerLinks(string? First, string? Next);
