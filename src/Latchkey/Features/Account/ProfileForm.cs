using System.Globalization;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Account;

/// <summary>The form of the Account page as it was typed, and what is wrong with it.</summary>
public sealed class ProfileForm
{
    /// <summary>What a draft of it keeps.</summary>
    public const string Name = "name", Email = "email", Phone = "phone", Language = "language";
    public const int MostNameCharacters = 120;

    private readonly Dictionary<string, string> problems = new(StringComparer.Ordinal);

    public required string TypedName { get; init; }
    public required string TypedEmail { get; init; }
    public required string TypedPhone { get; init; }
    public required string TypedLanguage { get; init; }
    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string> Problems => problems;

    public static ProfileForm Of(Profile profile) => new()
    {
        TypedName = profile.FullName ?? "",
        TypedEmail = profile.Email,
        TypedPhone = profile.Phone ?? "",
        TypedLanguage = profile.Locale?.Split('-')[0] ?? "",
    };

    /// <param name="field">The value of a field, when there is exactly one.</param>
    public static ProfileForm Of(Func<string, string?> field) => new()
    {
        TypedName = field(Name) ?? "",
        TypedEmail = field(Email) ?? "",
        TypedPhone = field(Phone) ?? "",
        TypedLanguage = field(Language) ?? "",
    };

    /// <summary>Reads the fields into what would be saved; whatever was not touched stays as it is.</summary>
    /// <returns>The new profile and address, or nulls: then <see cref="Problems"/> says why.</returns>
    public (Profile? Profile, EmailAddress? Address) Read(IStringLocalizer<Texts> l, Storefront storefront, Profile now)
    {
        string name = TypedName.Trim();
        if (name.Length == 0) problems[Name] = l["Type your name."];
        else if (name.Length > MostNameCharacters || !IsPlain(name)) problems[Name] = l["That name is too long, or has characters that cannot be shown."];
        if (!EmailAddress.TryRead(TypedEmail, out var address) || !address.IsDeliverable)
            problems[Email] = l["That is not one e-mail address. Type it like name@example.com."];
        string? phone = now.Phone;
        if (TypedPhone.Trim() != (now.Phone ?? "")) phone = ReadPhone(l, storefront);
        string? locale = TypedLanguage == (now.Locale?.Split('-')[0] ?? "") ? now.Locale
            : Platform.Web.Language.Known.Contains(TypedLanguage, StringComparer.Ordinal) ? TypedLanguage : null;
        return problems.Count > 0 ? (null, null) : (now with { FullName = name, Phone = phone, Locale = locale }, address);
    }

    private string? ReadPhone(IStringLocalizer<Texts> l, Storefront storefront)
    {
        if (TypedPhone.AsSpan().Trim().IsEmpty) return null;
        if (PhoneNumber.TryRead(TypedPhone, storefront.CallingCode, out var number)) return number.Value;
        problems[Phone] = l["That is not one phone number. Type it with its country code, like +1 555 123 4567."];
        return null;
    }

    /// <summary>Whether a name can be shown: it has no control characters and no line breaks.</summary>
    public static bool IsPlain(string name) =>
        !name.Any(c => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
