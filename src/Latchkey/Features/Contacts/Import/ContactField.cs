using Latchkey.Platform.Csv;

namespace Latchkey.Features.Contacts.Import;

/// <summary>What a column of the file may hold.</summary>
internal enum ContactField
{
    Name,
    FirstName,
    LastName,
    Email,
    Phone,
    ExternalId,
    Locale,
    Facility,
    Unit,
    UnitType,
    Plan,
    Price,
    Currency,
    StartDate,
    /// <summary>Of the password in the system the file is from.</summary>
    PasswordHash,
    /// <summary>The last column of an error file: read over.</summary>
    Reason,
    /// <summary>A column that somebody said to leave out, whatever its header.</summary>
    Unused,
}

/// <summary>The headers by which a field is known, English and French.</summary>
internal static class ContactFields
{
    public static readonly CsvFields<ContactField> Headers = new(new Dictionary<ContactField, string[]>
    {
        [ContactField.Name] = ["name", "full name", "customer name", "contact name", "customer", "tenant", "nom", "nom complet", "client"],
        [ContactField.FirstName] = ["first name", "given name", "forename", "prénom"],
        [ContactField.LastName] = ["last name", "surname", "family name", "nom de famille"],
        [ContactField.Email] = ["email", "e-mail", "email address", "mail", "courriel", "adresse courriel", "adresse e-mail"],
        [ContactField.Phone] = ["phone", "phone number", "mobile", "mobile phone", "cell", "cell phone", "telephone", "téléphone", "tél", "portable", "cellulaire"],
        [ContactField.ExternalId] = ["external id", "customer id", "id", "customer number", "customer no", "account number", "tenant id", "member id", "numéro client", "numéro de client", "no client", "identifiant"],
        [ContactField.Locale] = ["locale", "language", "langue"],
        [ContactField.Facility] = ["facility", "location", "site", "facility name", "emplacement", "établissement", "succursale"],
        [ContactField.Unit] = ["unit", "unit number", "unit no", "unité", "numéro d'unité", "local", "box"],
        [ContactField.UnitType] = ["unit type", "type", "size", "unit size", "type d'unité", "taille", "dimension", "dimensions"],
        [ContactField.Plan] = ["plan", "subscription", "membership", "plan name", "abonnement", "adhésion", "forfait", "formule"],
        [ContactField.Price] = ["price", "monthly rate", "rate", "rent", "monthly rent", "price a month", "amount", "loyer", "prix", "prix par mois", "tarif", "montant"],
        [ContactField.Currency] = ["currency", "devise", "monnaie"],
        [ContactField.StartDate] = ["start date", "started", "started on", "move-in", "move-in date", "since", "date de début", "début", "depuis", "date d'entrée", "emménagement"],
        [ContactField.PasswordHash] = ["password hash", "password_hash", "encrypted password", "hashed password", "hash du mot de passe"],
        [ContactField.Reason] = ["reason"],
    }, ContactField.Reason);
}
