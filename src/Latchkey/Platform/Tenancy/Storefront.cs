using System.Text.Json;
using System.Text.Json.Serialization;
using Latchkey.SignIn;

namespace Latchkey.Platform.Tenancy;

/// <summary>An organization's public site and portal, as every request needs it.</summary>
public sealed record Storefront
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required string Locale { get; init; }
    public required Vocabulary Vocabulary { get; init; }
    public required int BrandHue { get; init; }
    public required string SenderName { get; init; }
    public required string SenderAddress { get; init; }
    public string? HelpEmail { get; init; }
    public string? HelpPhone { get; init; }
    /// <summary>Country calling code of phone numbers typed without one.</summary>
    public string? CallingCode { get; init; }
    public StorefrontLogo? Logo { get; init; }
    /// <summary>Its own host name, when it has one: mails link there.</summary>
    public string? Host { get; init; }
    public required SignInPolicy Policy { get; init; }
    /// <summary>The policy as it is stored, so that a change is made on the version that was read.</summary>
    public required string PolicyText { get; init; }

    /// <summary>One more at each edit of what stands here.</summary>
    public int Version { get; init; } = 1;

    public StorefrontKey Key => new(OrganizationId, Id);
}

/// <param name="Mark">Of its content: part of its address.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Alternative">What it says, for who does not see it.</param>
public sealed record StorefrontLogo(string Mark, int Width, int Height, string Alternative)
{
    [JsonIgnore]
    public string Url => $"/assets/logo/{Mark}";
}

/// <summary>What the storefront calls the things its customers hold.</summary>
public enum Vocabulary
{
    Rental,
    Subscription,
    Membership,
}

/// <summary>The policy as the database keeps it.</summary>
public static class PolicyJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static string Write(SignInPolicy policy) => JsonSerializer.Serialize(policy, Options);

    public static SignInPolicy Read(string json) => JsonSerializer.Deserialize<SignInPolicy>(json, Options)!;
}
