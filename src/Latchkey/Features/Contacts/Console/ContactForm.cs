using Latchkey.Features.Account;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Contacts.Console;

/// <summary>The form of a record: what it was filled with, what was typed, and what is wrong with it.</summary>
public sealed record ContactForm
{
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string Phone { get; init; }
    public required string Language { get; init; }
    public required string Facility { get; init; }

    public static ContactForm Of(ContactDetails contact) => new()
    {
        Name = contact.FullName,
        Email = contact.Email ?? "",
        Phone = contact.Phone ?? "",
        Language = contact.Locale?.Split('-')[0] ?? "",
        Facility = contact.FacilityId?.ToString() ?? "",
    };

    /// <summary>On the record as it is now: what this form did not touch becomes what somebody else made of it.</summary>
    /// <param name="was">What the form was filled with.</param>
    /// <param name="now">The record as it is now.</param>
    public ContactForm On(ContactForm was, ContactForm now) => new()
    {
        Name = Name == was.Name ? now.Name : Name,
        Email = Email == was.Email ? now.Email : Email,
        Phone = Phone == was.Phone ? now.Phone : Phone,
        Language = Language == was.Language ? now.Language : Language,
        Facility = Facility == was.Facility ? now.Facility : Facility,
    };

    /// <summary>Reads what was typed; whatever was not touched stays as it is, even when it could not be typed today.</summary>
    /// <returns>The details, and what is wrong by field.</returns>
    public (ContactEdit Edit, Dictionary<string, string> Problems) Read(
        IStringLocalizer<Texts> l, Storefront storefront, ContactDetails contact, IReadOnlyList<HomeFacility> facilities)
    {
        var (problems, now) = (new Dictionary<string, string>(StringComparer.Ordinal), Of(contact));
        string name = Name == now.Name ? contact.FullName : Name.Trim();
        if (name.Length == 0) problems["name"] = l["Type the customer's name."];
        else if (Name != now.Name && (name.Length > ProfileForm.MostNameCharacters || !ProfileForm.IsPlain(name)))
            problems["name"] = l["That name is too long, or has characters that cannot be shown."];

        string? email = contact.Email, phone = contact.Phone, locale = contact.Locale;
        if (Email != now.Email)
        {
            if (string.IsNullOrWhiteSpace(Email)) email = null;
            else if (EmailAddress.TryRead(Email, out var address) && address.IsDeliverable) email = address.Value;
            else problems["email"] = l["That is not one e-mail address. Type it like name@example.com."];
        }
        if (Phone != now.Phone)
        {
            if (string.IsNullOrWhiteSpace(Phone)) phone = null;
            else if (PhoneNumber.TryRead(Phone, storefront.CallingCode, out var number)) phone = number.Value;
            else problems["phone"] = l["That is not one phone number. Type it with its country code, like +1 555 123 4567."];
        }
        if (Language != now.Language) locale = Platform.Web.Language.Known.Contains(Language, StringComparer.Ordinal) ? Language : null;
        var facility = Facility == now.Facility ? contact.FacilityId : facilities.FirstOrDefault(f => f.Id.ToString() == Facility)?.Id;
        if (Facility != now.Facility && Facility.Length > 0 && facility is null) problems["facility"] = l["Choose a facility of this storefront."];
        return (new() { FullName = name, Email = email, Phone = phone, Locale = locale, FacilityId = facility }, problems);
    }
}
