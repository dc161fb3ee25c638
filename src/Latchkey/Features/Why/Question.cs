using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why;

/// <summary>Whom a diagnosis is about.</summary>
/// <param name="Storefront">On which storefront.</param>
/// <param name="Name">The address or number; null when a record without one was chosen, or there is none.</param>
/// <param name="ContactId">The record, when one was chosen.</param>
/// <param name="Typed">As it was typed, for the page to show again.</param>
public sealed record Question(Storefront Storefront, SignInName? Name, Guid? ContactId, string Typed)
{
    /// <summary>The attempt whose help code was given: it is the one that is shown.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>Whether that code was of its mail or of the page behind its link: the page that asked shows another one.</summary>
    public bool HasLink { get; init; }

    /// <summary>The session whose help code was given.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>What the page said whose help code was given, where there was no attempt.</summary>
    public PageFacts? Page { get; init; }

    /// <summary>A page address that is none of the organization's.</summary>
    public string? UnknownHost { get; init; }
}
