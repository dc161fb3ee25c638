using System.Text.RegularExpressions;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Staff;

/// <summary>An organization to be made, with its first storefront and its first Owner.</summary>
public sealed partial record NewBusiness
{
    public const int MostCharacters = 100;

    public required string Organization { get; init; }
    public required string Storefront { get; init; }
    public required string Slug { get; init; }
    public required string Locale { get; init; }
    public required EmailAddress Owner { get; init; }
    public string? OwnerName { get; init; }
    /// <summary>How its customers sign in, to begin with; what it calls the things they hold follows from it.</summary>
    public required SignInPolicy Policy { get; init; }

    public Vocabulary Vocabulary => Policy.Preset switch
    {
        "membership" => Vocabulary.Membership,
        "storage" => Vocabulary.Rental,
        _ => Vocabulary.Subscription,
    };

    /// <summary>Small letters, digits and single hyphens, 2 to 40 of them, and none of the addresses the installation keeps for itself.</summary>
    public static bool IsSlug(string text) => SlugPattern().IsMatch(text) && !Reserved.Contains(text);

    private static readonly HashSet<string> Reserved = ["console", "www", "api", "admin", "health", "assets", "hooks", "mailbox", "latchkey"];

    [GeneratedRegex("^[a-z0-9](?:-?[a-z0-9]){1,39}$", RegexOptions.None, 1000)]
    private static partial Regex SlugPattern();
}
